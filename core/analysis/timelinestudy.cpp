#include "core/analysis/timelinestudy.h"

#include "core/base/error.h"
#include "core/cluster/consensusfrom.h"
#include "core/graph/weighting.h"
#include "core/store/messages.h"
#include "core/store/people.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace kith {
namespace {

using Length = std::chrono::milliseconds;

constexpr std::size_t fewestMembers = 5;  ///< nothing is said of smaller groups
constexpr double wantedPeople = 50;       ///< in the median window
constexpr std::int64_t mostWindows = 2000;
constexpr std::array<int, 5> usualDays{30, 60, 90, 180, 365};

/// All timed ties of a selection, in time order.
struct Events {
    std::vector<TieEvent> ties;
    std::vector<PersonId> people;  ///< by vertex
    std::uint64_t untimed = 0;

    Time first() const { return *ties.front().time; }
    Time last() const { return *ties.back().time; }
};

Events eventsOf(const Workspace& workspace, const TimelineOptions& options, Task& task)
{
    auto graph = interactionGraph(workspace, options.selection, options.weights, task);
    Events events;
    eachTie(
        workspace, options.selection,
        [&](const TieRow& row) {
            const auto from = graph.vertexOf(row.from);
            const auto to = graph.vertexOf(row.to);
            if (!from || !to) return;  // programs
            if (!row.time) {
                ++events.untimed;
                return;
            }
            events.ties.push_back({*from, *to, row.kind, row.time, row.weight});
        },
        task);
    if (events.ties.empty()) {
        throw Error(Error::Kind::TooLittleData,
                    "no ties in this selection have a time, so nothing can be said over time", {},
                    "Import conversations with dates, or widen the selection.");
    }
    std::stable_sort(events.ties.begin(), events.ties.end(),
                     [](const TieEvent& a, const TieEvent& b) { return *a.time < *b.time; });
    events.people = std::move(graph.people);
    return events;
}

/// Where the windows of a length begin; the last one ends after the last tie.
std::vector<Time> startsOf(const Events& events, Length length)
{
    const Time first = std::chrono::floor<std::chrono::days>(events.first());
    const auto count = (events.last() - first) / length + 1;
    if (count > mostWindows) {
        throw Error(Error::Kind::Usage,
                    "windows of " + lengthText(length) + " would be more than 2,000", {},
                    "Choose longer windows or a shorter time.");
    }
    std::vector<Time> starts;
    for (std::int64_t i = 0; i < count; ++i) starts.push_back(first + length * i);
    return starts;
}

std::span<const TieEvent> within(const Events& events, Time from, Time until)
{
    const auto at = [&](Time time) {
        return std::lower_bound(events.ties.begin(), events.ties.end(), time,
                                [](const TieEvent& tie, Time t) { return *tie.time < t; });
    };
    return {at(from), at(until)};
}

double medianPeople(const Events& events, Length length)
{
    std::vector<std::size_t> counts;
    std::vector<std::size_t> seenIn(events.people.size(), ~std::size_t{0});
    for (const Time start : startsOf(events, length)) {
        std::size_t count = 0;
        for (const auto& tie : within(events, start, start + length))
            for (const Vertex v : {tie.from, tie.to})
                if (std::exchange(seenIn[v], counts.size()) != counts.size()) ++count;
        counts.push_back(count);
    }
    std::sort(counts.begin(), counts.end());
    return static_cast<double>(counts[(counts.size() - 1) / 2]);
}

/// The shortest usual length whose median window has enough people; without one, 30 days.
Length usualLength(const Events& events)
{
    for (const int days : usualDays) {
        const Length length = std::chrono::days(days);
        if (medianPeople(events, length) >= wantedPeople && events.last() - events.first() > length)
            return length;
    }
    return std::chrono::days(usualDays.front());
}

/// The arcs of one window and, faded, of the window before along the same ties.
class Smoother {
public:
    Smoother(std::size_t people, const TimelineOptions& options)
        : people_(people), options_(options)
    {
        weights_ = options.weights;
        weights_.halfLifeDays = 0;
    }

    Graph next(std::span<const TieEvent> ties)
    {
        const auto arcs = strongArcs(weighArcs({ties.begin(), ties.end()}, weights_, std::nullopt),
                                     options_.selection.minWeight);
        std::vector<WeightedTie> plain;
        for (const auto& arc : arcs) plain.push_back({arc.from, arc.to, arc.weight});
        Graph now = buildGraph(people_, plain);
        Graph result = smoothed(now);
        before_ = std::move(now);
        return result;
    }

private:
    Graph smoothed(const Graph& now) const
    {
        if (before_.people() == 0) return now;
        std::vector<WeightedTie> ties;
        for (std::size_t i = 0; i < now.people(); ++i) {
            const auto v = static_cast<Vertex>(i);
            const auto row = now.neighbours(v);
            for (std::size_t j = 0; j < row.size(); ++j) {
                if (v >= row[j]) continue;
                const auto share = static_cast<float>(options_.smoothing);
                ties.push_back({v, row[j], now.weights(v)[j] + share * before_.between(v, row[j])});
            }
        }
        return buildGraph(now.people(), std::move(ties));
    }

    std::size_t people_;
    const TimelineOptions& options_;
    WeightOptions weights_;
    Graph before_;
};

/// The windows of one length, with the story of their groups.
struct Told {
    Length length{};
    std::vector<TimelineWindow> windows;
    std::vector<WindowGroups> groups;
    Evolution story;
};

void findGroups(const Graph& graph, const Consensus& consensus, TimelineWindow& window,
                WindowGroups& groups)
{
    window.ties = graph.ties();
    window.modularity = consensus.modularity;
    window.instability = groups.instability = consensus.instability;
    for (std::size_t v = 0; v < graph.people(); ++v)
        if (graph.degree(static_cast<Vertex>(v)) > 0)
            groups.active.push_back(static_cast<std::uint32_t>(v));
    window.people = groups.active.size();
    for (auto& members : consensus.partition.members()) {
        if (members.size() < fewestMembers) break;  // by descending size
        groups.groups.push_back(members);
        window.groups.push_back({0, std::move(members)});
    }
}

Told tell(const Events& events, Length length, const TimelineOptions& options, Task& task)
{
    Told told;
    told.length = length;
    Smoother smoother(events.people.size(), options);
    Partition before;
    for (const Time start : startsOf(events, length)) {
        if (task.cancelled()) throw Cancelled{};
        TimelineWindow window;
        window.from = start;
        window.until = start + length;
        const Graph graph = smoother.next(within(events, window.from, window.until));
        ConsensusOptions consensus;
        consensus.leiden.resolution = options.resolution;
        consensus.leiden.seed = options.seed;
        consensus.runs = options.runs;
        consensus.threads = options.threads;
        auto found = before.clusterOf.empty() ? consensusClusters(graph, consensus, task)
                                              : consensusFrom(graph, before, consensus, task);
        WindowGroups groups;
        findGroups(graph, found, window, groups);
        before = std::move(found.partition);
        told.windows.push_back(std::move(window));
        told.groups.push_back(std::move(groups));
    }
    told.story = follow(told.groups, {});
    for (std::size_t w = 0; w < told.windows.size(); ++w)
        for (std::size_t g = 0; g < told.windows[w].groups.size(); ++g)
            told.windows[w].groups[g].lineage = told.story.lineage[w][g];
    return told;
}

/// Everybody an event is about.
std::set<Vertex> peopleOf(const Told& told, const GroupEvent& event)
{
    std::set<Vertex> people;
    const std::size_t back = event.kind == GroupEventKind::Return ? 2 : 1;
    for (const auto group : event.from) {
        const auto& members = told.groups[event.window - back].groups[group];
        people.insert(members.begin(), members.end());
    }
    for (const auto group : event.to) {
        const auto& members = told.groups[event.window].groups[group];
        people.insert(members.begin(), members.end());
    }
    return people;
}

/// True when another length of window tells the same: an event of the kind, at about the time, of
/// about the people.
bool tells(const Told& other, const Told& told, const GroupEvent& event)
{
    const auto people = peopleOf(told, event);
    const Time when = told.windows[event.window].from;
    const auto slack = std::max(other.length, told.length);
    return std::ranges::any_of(other.story.events, [&](const GroupEvent& candidate) {
        if (candidate.kind != event.kind) return false;
        const auto apart = other.windows[candidate.window].from - when;
        if (apart > slack || -apart > slack) return false;
        const auto theirs = peopleOf(other, candidate);
        const auto shared = static_cast<std::size_t>(
            std::ranges::count_if(theirs, [&](Vertex v) { return people.contains(v); }));
        return shared * 2 >= std::min(people.size(), theirs.size());
    });
}

std::vector<TimelineEvent> eventsFrom(const Told& told, const std::vector<Told>& others)
{
    std::vector<TimelineEvent> events;
    for (const auto& event : told.story.events) {
        TimelineEvent one;
        one.event = event;
        const std::size_t back = event.kind == GroupEventKind::Return ? 2 : 1;
        for (const auto group : event.from)
            one.from.push_back(told.story.lineage[event.window - back][group]);
        for (const auto group : event.to) one.to.push_back(told.story.lineage[event.window][group]);
        for (const auto& other : others) one.seenIn += tells(other, told, event) ? 1U : 0U;
        one.firm = one.seenIn >= 2;
        events.push_back(std::move(one));
    }
    return events;
}

void refuseTooLittle(const Told& told)
{
    const auto holding = std::ranges::count_if(
        told.windows, [](const TimelineWindow& window) { return !window.groups.empty(); });
    if (holding >= 2) return;
    throw Error(
        Error::Kind::TooLittleData,
        "fewer than two windows of " + lengthText(told.length) + " hold a group of five people", {},
        "Choose another length of window, or widen the selection.");
}

}  // namespace

std::string lengthText(Length length)
{
    const auto days = std::chrono::duration_cast<std::chrono::days>(length);
    if (days == length)
        return std::to_string(days.count()) + (days.count() == 1 ? " day" : " days");
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(length);
    return std::to_string(hours.count()) + (hours.count() == 1 ? " hour" : " hours");
}

TimelineStudy studyTimeline(const Workspace& workspace, const TimelineOptions& options, Task& task)
{
    if (options.window && *options.window < std::chrono::hours(1))
        throw Error(Error::Kind::Usage, "windows must be an hour or longer", {},
                    "Write it as 30d, 2w or 12h.");
    const auto events = eventsOf(workspace, options, task);
    TimelineStudy study;
    study.window = options.window.value_or(usualLength(events));
    study.medianPeople = medianPeople(events, study.window);
    study.untimed = events.untimed;
    const Told told = tell(events, study.window, options, task);
    refuseTooLittle(told);
    study.lengths = {study.window};
    std::vector<Told> others;
    if (options.firm) {
        for (const Length other : {study.window / 2, study.window * 2}) {
            study.lengths.push_back(other);
            others.push_back(tell(events, other, options, task));
        }
    }
    study.events = eventsFrom(told, others);
    study.windows = told.windows;
    study.links = told.story.links;
    study.people = events.people;
    std::map<PersonId, std::string> names;
    for (auto& person : people(workspace)) names.emplace(person.id, std::move(person.name));
    for (const auto id : study.people) study.names.push_back(names.at(id));
    return study;
}

}  // namespace kith
