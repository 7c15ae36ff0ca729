#pragma once

#include "core/base/task.h"
#include "core/base/time.h"
#include "core/model/ids.h"
#include "core/model/selection.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// Who said something when, in a selection, in time order. Programs and messages without a time or
/// a known author are left out.
struct Activity {
    struct Event {
        Time time;
        PersonId person;
        MessageId message;
    };
    std::vector<Event> events;
    Zone zone;                  ///< in which days begin: that of most messages, else UTC
    std::uint64_t untimed = 0;  ///< messages left out for want of a time

    std::size_t people() const;
};

/// Memory 24 bytes a message.
Activity activityOf(const Workspace& workspace, const Selection& selection, Task& task);

/// Messages by local day (or other length of bin), from the day of the first to that of the last.
struct Bins {
    Time from{};  ///< start of the first, in UTC
    std::chrono::milliseconds length{};
    std::vector<std::uint64_t> messages;
    std::vector<std::uint64_t> newcomers;  ///< people whose first message of all falls here
    std::vector<std::uint64_t> people;     ///< who wrote
};

/// @param length a day or longer begins at local midnight; shorter ones on the hour
/// @throws Error Usage when the bins would be more than a million
Bins binned(const Activity& activity, std::chrono::milliseconds length);

/// "1d", "12h", "2w", "30m" as a length.
/// @throws Error Usage
std::chrono::milliseconds lengthFrom(const std::string& text);

}  // namespace kith
