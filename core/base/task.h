#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace kith {

/// Thrown by Task::advance() once the user has cancelled. Deliberately no std::exception: a
/// `catch (const std::exception&)` on the way cannot mistake it for a failure.
struct Cancelled {};

/// How long work speaks to whoever started it. Passed by reference as the last parameter; a
/// default-built Task is silent and cannot be cancelled, which is what tests want. Used from one
/// thread at a time.
class Task {
public:
    /// Called on the working thread, at most once per percent. `fraction` is in [0, 1], or
    /// negative when the total is not known.
    using Listener = std::function<void(const std::string& phase, double fraction)>;

    Task() = default;
    Task(std::stop_token stop, Listener listener);

    /// Starts a new phase, in words a user understands: "Reading chat.txt". `totalSteps` 0 =
    /// unknown.
    void begin(std::string phase, std::uint64_t totalSteps);

    /// The cancellation point: call it at least once per line, person or iteration. A step is
    /// whatever begin() counted, often bytes.
    /// @throws Cancelled
    void advance(std::uint64_t steps = 1);

    /// True once the user has cancelled; for worker threads that must not throw.
    bool cancelled() const { return stop_.stop_requested(); }

private:
    std::stop_token stop_;
    Listener listener_;
    std::string phase_;
    std::uint64_t total_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t reportedPercent_ = 0;
};

}  // namespace kith
