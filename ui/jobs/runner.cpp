#include "ui/jobs/runner.h"

#include <QMetaObject>

#include "ui/jobs/explain.h"

#include <chrono>
#include <memory>

namespace kith {

namespace {

/// Lets a report through at most twenty times a second.
class Throttle {
public:
    bool open()
    {
        const auto now = std::chrono::steady_clock::now();
        if (now - last_ < std::chrono::milliseconds(50)) return false;
        last_ = now;
        return true;
    }

private:
    std::chrono::steady_clock::time_point last_;
};

}  // namespace

JobRunner::JobRunner(QObject* parent) : QObject(parent)
{
    pool_.setMaxThreadCount(1);
}

JobRunner::~JobRunner()
{
    release();
}

void JobRunner::release()
{
    ++number_;
    stop_.request_stop();
    pool_.clear();
    pool_.waitForDone();
}

void JobRunner::stop()
{
    release();
    if (!std::exchange(running_, false)) return;
    fraction_ = 1;
    Q_EMIT ended();
}

void JobRunner::cancel()
{
    stop_.request_stop();
}

void JobRunner::run(const QString& what, Work work, std::function<void(const Stopped&)> stopped)
{
    stop_.request_stop();
    stop_ = std::stop_source();
    const std::uint64_t number = ++number_;
    what_ = what;
    phase_.clear();
    fraction_ = -1;
    running_ = true;
    Q_EMIT started();

    pool_.start([this, number, stop = stop_.get_token(), work = std::move(work),
                 stopped = std::move(stopped)] {
        auto throttle = std::make_shared<Throttle>();
        Task task(stop, [this, number, throttle](const std::string& phase, double fraction) {
            if (!throttle->open()) return;
            post(number, [this, text = QString::fromStdString(phase), fraction] {
                phase_ = text;
                fraction_ = fraction;
                Q_EMIT progressed();
            });
        });
        Stopped how;
        try {
            if (stop.stop_requested()) throw Cancelled{};
            post(number, [this, deliver = work(task)] { finish(deliver); });
            return;
        } catch (const Cancelled&) {
            how.cancelled = true;
        } catch (...) {
            how.reason = std::current_exception();
            how.text = explain(how.reason);
        }
        post(number, [this, how, stopped] {
            finish([&] {
                if (stopped) stopped(how);
                if (!stopped && !how.cancelled) Q_EMIT failed(how.text);
            });
        });
    });
}

void JobRunner::finish(const std::function<void()>& deliver)
{
    running_ = false;
    fraction_ = 1;
    const std::uint64_t number = number_;
    deliver();
    // A callback may have started the next job; then this one has been superseded.
    if (number == number_) Q_EMIT ended();
}

void JobRunner::post(std::uint64_t number, std::function<void()> deliver)
{
    QMetaObject::invokeMethod(
        this,
        [this, number, deliver = std::move(deliver)] {
            if (number == number_) deliver();
        },
        Qt::QueuedConnection);
}

}  // namespace kith
