#include "core/measure/baseline.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kith {

namespace {

constexpr double longestStep = 6;

std::size_t stepsIn(double horizon)
{
    constexpr double fewest = 100;
    return static_cast<std::size_t>(std::max(fewest, std::ceil(horizon / longestStep)));
}

}  // namespace

TrendPlace trendPlace(double hours, double horizon, std::size_t moments)
{
    const auto stretches = static_cast<double>(moments - 1);
    const double place = std::clamp(hours / horizon, 0.0, 1.0) * stretches;
    const auto left = std::min(moments - 2, static_cast<std::size_t>(place));
    return {left, place - static_cast<double>(left)};
}

double Trend::at(double hours) const
{
    if (logs_.empty()) return 1;
    const auto [left, part] = trendPlace(hours, horizon_, logs_.size());
    return std::exp(logs_[left] * (1 - part) + logs_[left + 1] * part);
}

Baseline::Baseline(double horizon, DailyShape shape, Trend trend)
    : horizon_(horizon), shape_(std::move(shape)), trend_(std::move(trend))
{
    const auto all = steps(horizon, shape_);
    length_ = horizon / static_cast<double>(all.size());
    upTo_.push_back(0);
    for (const Step& step : all)
        upTo_.push_back(upTo_.back() + step.shape * trend_.at(step.middle));
}

double Baseline::integral(double until) const
{
    const double place = std::clamp(until, 0.0, horizon_) / length_;
    const auto step = std::min(upTo_.size() - 2, static_cast<std::size_t>(place));
    const double begin = static_cast<double>(step) * length_;
    return upTo_[step] +
           (shape_.integral(until) - shape_.integral(begin)) * trend_.at(begin + length_ / 2);
}

std::vector<Baseline::Step> Baseline::steps(double horizon, const DailyShape& shape)
{
    std::vector<Step> all(stepsIn(horizon));
    const double length = horizon / static_cast<double>(all.size());
    double before = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double end = i + 1 == all.size() ? horizon : static_cast<double>(i + 1) * length;
        const double upTo = shape.integral(end);
        all[i] = {(static_cast<double>(i) + 0.5) * length, upTo - before};
        before = upTo;
    }
    return all;
}

std::vector<std::size_t> trendMoments(std::size_t events, double horizon)
{
    constexpr double fortnight = 14 * 24;
    constexpr std::size_t fewest = 50;
    constexpr std::size_t most = 16;
    std::vector<std::size_t> choices = {2};
    for (std::size_t stretches = 2; stretches <= most; stretches *= 2) {
        if (horizon < fortnight * static_cast<double>(stretches)) break;
        if (events < fewest * stretches) break;
        choices.push_back(stretches + 1);
    }
    return choices;
}

}  // namespace kith
