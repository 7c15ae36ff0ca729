#pragma once

#include "core/analysis/activity.h"

#include <optional>
#include <span>
#include <vector>

namespace kith {

/// When each person of a selection wrote: what retention is worked out from.
class Lives {
public:
    struct Life {
        PersonId person;
        Time first{};  ///< of all their messages, also before the selection's time
        std::size_t begin = 0;
        std::size_t end = 0;  ///< of times(), within the selection's time; never empty
    };

    /// Reads all of the selection's messages, whatever their time.
    Lives(const Workspace& workspace, const Selection& selection, Task& task);

    const std::vector<Life>& all() const { return lives_; }  ///< by person
    const Life* of(PersonId person) const;                   ///< O(log people)
    std::span<const Time> times(const Life& life) const      ///< ascending
    {
        return std::span(times_).subspan(life.begin, life.end - life.begin);
    }

    /// The events within the selection's time, in time order.
    const std::vector<Activity::Event>& events() const { return events_; }

    Time from() const { return from_; }    ///< start of what is watched
    Time until() const { return until_; }  ///< its end
    const Zone& zone() const { return zone_; }

private:
    std::vector<Activity::Event> events_;
    std::vector<Time> times_;  ///< by person, then time
    std::vector<Life> lives_;
    Zone zone_;
    Time from_{};
    Time until_{};
};

/// Milliseconds as days.
double daysOf(std::chrono::milliseconds length);

}  // namespace kith
