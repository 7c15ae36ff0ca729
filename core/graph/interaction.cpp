#include "core/graph/interaction.h"

#include "core/graph/weighting.h"
#include "core/store/messages.h"

#include <algorithm>

namespace kith {
namespace {

/// A stored tie, kept until the vertices are known.
struct StoredTie {
    PersonId from;
    PersonId to;
    std::optional<Time> time;
    double weight;
    TieKind kind;
};

std::vector<StoredTie> storedTies(const Workspace& workspace, const Selection& selection,
                                  PeopleGraph& result, Task& task)
{
    std::vector<StoredTie> ties;
    eachTie(
        workspace, selection,
        [&](const TieRow& row) {
            ++result.tieRows[row.kind];
            ties.push_back({row.from, row.to, row.time, row.weight, row.kind});
        },
        task);
    return ties;
}

void collectPeople(const Workspace& workspace, const Selection& selection,
                   const std::vector<StoredTie>& ties, PeopleGraph& result)
{
    auto& people = result.people;
    for (const auto& tie : ties) {
        people.push_back(tie.from);
        people.push_back(tie.to);
    }
    for (const auto& [person, count] : messageCounts(workspace, selection)) {
        if (person) people.push_back(person);
        result.messages += count;
    }
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    people.shrink_to_fit();
}

std::optional<Time> lastTime(const std::vector<StoredTie>& ties)
{
    std::optional<Time> last;
    for (const auto& tie : ties)
        if (tie.time && (!last || *tie.time > *last)) last = tie.time;
    return last;
}

}  // namespace

PeopleGraph interactionGraph(const Workspace& workspace, const Selection& selection,
                             const WeightOptions& options, Task& task)
{
    PeopleGraph result;
    auto ties = storedTies(workspace, selection, result, task);
    collectPeople(workspace, selection, ties, result);

    task.begin("Weighing ties", ties.size());
    std::vector<TieEvent> events;
    events.reserve(ties.size());
    for (const auto& tie : ties) {
        task.advance();
        events.push_back(
            {*result.vertexOf(tie.from), *result.vertexOf(tie.to), tie.kind, tie.time, tie.weight});
    }
    const auto readOut = lastTime(ties);
    std::vector<StoredTie>().swap(ties);
    result.arcs = strongArcs(weighArcs(events, options, readOut), selection.minWeight);
    std::vector<TieEvent>().swap(events);

    std::vector<WeightedTie> undirected;
    undirected.reserve(result.arcs.size());
    for (const auto& arc : result.arcs) undirected.push_back({arc.from, arc.to, arc.weight});
    result.graph = buildGraph(result.people.size(), std::move(undirected));
    return result;
}

}  // namespace kith
