#include "core/analysis/activity.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/programs.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace kith {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds day = std::chrono::hours(24);

/// The zone that most messages were written in, as far as their sources say.
Zone commonZone(const Workspace& workspace)
{
    std::map<std::string, std::uint64_t> messages;
    for (const auto& source : sources(workspace)) {
        if (!source.zone.empty()) messages[source.zone] += source.messages;
    }
    const auto most = std::ranges::max_element(
        messages, [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == messages.end()) return {};
    return Zone::find(most->first).value_or(Zone());
}

}  // namespace

std::size_t Activity::people() const
{
    std::unordered_set<PersonId> all;
    for (const Event& event : events) all.insert(event.person);
    return all.size();
}

Activity activityOf(const Workspace& workspace, const Selection& selection, Task& task)
{
    Activity activity;
    activity.zone = commonZone(workspace);
    const auto bots = programs(accounts(workspace));
    task.begin("Reading who wrote when", 0);
    eachMessage(
        workspace, selection,
        [&](const MessageRow& row) {
            if (!row.author || bots.contains(row.author)) return;
            if (!row.time) {
                ++activity.untimed;
                return;
            }
            activity.events.push_back({*row.time, row.author, row.id});
        },
        task);
    std::ranges::sort(activity.events, [](const auto& a, const auto& b) {
        return std::pair(a.time, a.message) < std::pair(b.time, b.message);
    });
    return activity;
}

Bins binned(const Activity& activity, milliseconds length)
{
    constexpr std::int64_t most = 1'000'000;
    Bins bins;
    bins.length = length;
    if (activity.events.empty()) return bins;
    const auto wallOf = [&](Time time) { return activity.zone.toWall(time).time_since_epoch(); };
    const auto unit = length < day ? std::min(length, milliseconds(std::chrono::hours(1))) : day;
    const auto first = wallOf(activity.events.front().time) / unit * unit;
    const auto last = wallOf(activity.events.back().time);
    const auto count = (last - first) / length + 1;
    if (count > most) {
        throw Error(Error::Kind::Usage, "there would be " + withSeparators(count) + " bins", {},
                    "Choose longer ones, for instance 1d.");
    }
    bins.from = activity.zone.toUtc(WallTime(first)).time;
    const auto size = static_cast<std::size_t>(count);
    bins.messages.resize(size);
    bins.newcomers.resize(size);
    bins.people.resize(size);
    std::unordered_set<PersonId> ever;
    std::unordered_set<PersonId> here;
    std::size_t current = 0;
    for (const auto& event : activity.events) {
        // Where the clock went back, a later message may show an earlier wall time.
        const auto at = std::max(wallOf(event.time) - first, milliseconds(0)) / length;
        const auto bin = std::max(current, static_cast<std::size_t>(at));
        if (bin != current) here.clear();
        current = std::min(bin, size - 1);
        ++bins.messages[current];
        if (here.insert(event.person).second) ++bins.people[current];
        if (ever.insert(event.person).second) ++bins.newcomers[current];
    }
    return bins;
}

milliseconds lengthFrom(const std::string& text)
{
    static const std::map<char, milliseconds> units{
        {'m', std::chrono::minutes(1)}, {'h', std::chrono::hours(1)}, {'d', day}, {'w', 7 * day}};
    constexpr std::int64_t most = 10'000;
    const auto unit = text.empty() ? units.end() : units.find(text.back());
    const auto number = text.empty()
                            ? std::nullopt
                            : parseInteger(std::string_view(text).substr(0, text.size() - 1));
    if (unit == units.end() || !number || *number <= 0 || *number > most) {
        throw Error(Error::Kind::Usage, "\"" + text + "\" is no length of time", {},
                    "Write for instance 1d, 12h or 2w.");
    }
    return *number * unit->second;
}

}  // namespace kith
