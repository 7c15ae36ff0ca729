#include "core/analysis/lives.h"

#include <algorithm>
#include <map>

namespace kith {

Lives::Lives(const Workspace& workspace, const Selection& selection, Task& task)
{
    Selection always = selection;
    always.from.reset();
    always.until.reset();
    auto activity = activityOf(workspace, always, task);
    zone_ = activity.zone;
    if (activity.events.empty()) return;
    from_ = std::max(activity.events.front().time,
                     selection.from.value_or(activity.events.front().time));
    until_ = std::min(activity.events.back().time,
                      selection.until.value_or(activity.events.back().time));
    std::map<PersonId, Time> first;
    for (const auto& event : activity.events) first.try_emplace(event.person, event.time);
    std::erase_if(activity.events, [&](const Activity::Event& event) {
        return event.time < from_ || (selection.until && event.time >= *selection.until);
    });
    events_ = std::move(activity.events);

    std::vector<std::pair<PersonId, Time>> byPerson;
    byPerson.reserve(events_.size());
    for (const auto& event : events_) byPerson.emplace_back(event.person, event.time);
    std::ranges::sort(byPerson);
    times_.reserve(byPerson.size());
    for (const auto& [person, time] : byPerson) {
        if (lives_.empty() || lives_.back().person != person) {
            lives_.push_back({person, first.at(person), times_.size(), 0});
        }
        times_.push_back(time);
        lives_.back().end = times_.size();
    }
}

const Lives::Life* Lives::of(PersonId person) const
{
    const auto found = std::ranges::lower_bound(lives_, person, {}, &Life::person);
    return found != lives_.end() && found->person == person ? &*found : nullptr;
}

double daysOf(std::chrono::milliseconds length)
{
    constexpr double day = 86'400'000;
    return static_cast<double>(length.count()) / day;
}

}  // namespace kith
