#include "core/base/task.h"

#include <algorithm>
#include <utility>

namespace kith {

Task::Task(std::stop_token stop, Listener listener)
    : stop_(std::move(stop)), listener_(std::move(listener))
{}

void Task::begin(std::string phase, std::uint64_t totalSteps)
{
    phase_ = std::move(phase);
    total_ = totalSteps;
    done_ = 0;
    reportedPercent_ = 0;
    if (listener_) listener_(phase_, total_ ? 0.0 : -1.0);
    advance(0);
}

void Task::advance(std::uint64_t steps)
{
    if (stop_.stop_requested()) throw Cancelled{};
    done_ += steps;
    if (!listener_ || total_ == 0) return;
    const auto percent = std::min<std::uint64_t>(100, done_ * 100 / total_);
    if (percent <= reportedPercent_) return;
    reportedPercent_ = percent;
    listener_(phase_, static_cast<double>(percent) / 100.0);
}

}  // namespace kith
