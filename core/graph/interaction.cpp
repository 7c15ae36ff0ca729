#include "core/graph/interaction.h"

#include "core/graph/weighting.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/programs.h"

#include <algorithm>
#include <unordered_set>

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

/// Who is on the map without saying anything, and who is not although they do.
struct Exceptions {
    std::unordered_set<PersonId> bots;  ///< all of their accounts are programs
    std::vector<PersonId> drawn;        ///< people of graph files, there even without a tie
};

Exceptions exceptions(const Workspace& workspace)
{
    const auto all = accounts(workspace);
    Exceptions found{programs(all), {}};
    for (const auto& account : all) {
        if (account.platform == "graph") found.drawn.push_back(account.person);
    }
    return found;
}

/// True when nothing is left out that could have tied somebody of a graph file.
bool seesEverybody(const Selection& selection)
{
    return !selection.from && !selection.until && selection.sources.empty() &&
           selection.kinds.empty() && !selection.concern && !selection.community;
}

std::vector<StoredTie> storedTies(const Workspace& workspace, const Selection& selection,
                                  const Exceptions& except, PeopleGraph& result, Task& task)
{
    std::vector<StoredTie> ties;
    eachTie(
        workspace, selection,
        [&](const TieRow& row) {
            if (except.bots.contains(row.from) || except.bots.contains(row.to)) return;
            ++result.tieRows[row.kind];
            ties.push_back({row.from, row.to, row.time, row.weight, row.kind});
        },
        task);
    return ties;
}

void collectPeople(const Workspace& workspace, const Selection& selection,
                   const std::vector<StoredTie>& ties, const Exceptions& except,
                   PeopleGraph& result)
{
    auto& people = result.people;
    if (seesEverybody(selection)) people = except.drawn;
    for (const auto& tie : ties) {
        people.push_back(tie.from);
        people.push_back(tie.to);
    }
    for (const auto& [person, count] : messageCounts(workspace, selection)) {
        if (person && !except.bots.contains(person)) people.push_back(person);
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
    const auto except = exceptions(workspace);
    auto ties = storedTies(workspace, selection, except, result, task);
    collectPeople(workspace, selection, ties, except, result);

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
