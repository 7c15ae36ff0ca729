#include "core/graph/interaction.h"

#include "core/base/error.h"
#include "core/base/release.h"
#include "core/graph/interest.h"
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

std::vector<TieEvent> eventsOf(const std::vector<StoredTie>& ties, const PeopleGraph& people,
                               Task& task)
{
    task.begin("Weighing ties", ties.size());
    std::vector<TieEvent> events;
    events.reserve(ties.size());
    for (const auto& tie : ties) {
        task.advance();
        events.push_back(
            {*people.vertexOf(tie.from), *people.vertexOf(tie.to), tie.kind, tie.time, tie.weight});
    }
    return events;
}

Graph undirected(std::size_t people, const std::vector<Arc>& arcs)
{
    std::vector<WeightedTie> ties;
    ties.reserve(arcs.size());
    for (const auto& arc : arcs) ties.push_back({arc.from, arc.to, arc.weight});
    return buildGraph(people, std::move(ties));
}

}  // namespace

PeopleGraph interactionGraph(const Workspace& workspace, const Selection& selection,
                             const WeightOptions& options, Task& task)
{
    if (selection.layer == Layer::Interest)
        return interestLayer(workspace, selection, {}, task).people;
    PeopleGraph result;
    const auto except = exceptions(workspace);
    auto ties = storedTies(workspace, selection, except, result, task);
    collectPeople(workspace, selection, ties, except, result);
    auto events = eventsOf(ties, result, task);
    const auto readOut = lastTime(ties);
    release(ties);
    result.arcs = strongArcs(weighArcs(events, options, readOut), selection.minWeight);
    release(events);
    result.graph = undirected(result.people.size(), result.arcs);
    return result;
}

std::vector<KindArcs> arcsByKind(const Workspace& workspace, const Selection& selection,
                                 const WeightOptions& options, Task& task)
{
    if (selection.layer == Layer::Interest)
        throw Error(Error::Kind::Usage, "the layer interest has no kinds of ties to weigh");
    PeopleGraph people;
    const auto except = exceptions(workspace);
    const auto ties = storedTies(workspace, selection, except, people, task);
    collectPeople(workspace, selection, ties, except, people);
    const auto events = eventsOf(ties, people, task);
    const auto readOut = lastTime(ties);
    std::vector<KindArcs> kinds;
    for (const auto& [kind, rows] : people.tieRows) {
        const auto at = static_cast<std::size_t>(kind);
        if (!(options.lambda.at(at) > 0)) continue;
        WeightOptions only = options;
        only.lambda.fill(0);
        only.lambda.at(at) = options.lambda.at(at);
        kinds.push_back({kind, weighArcs(events, only, readOut)});
    }
    return kinds;
}

Graph scaledGraph(std::size_t people, const std::vector<KindArcs>& kinds,
                  const std::vector<double>& factors, double minWeight)
{
    std::vector<Arc> all;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        for (Arc arc : kinds[k].arcs) {
            arc.weight = static_cast<float>(static_cast<double>(arc.weight) * factors.at(k));
            all.push_back(arc);
        }
    }
    const auto pair = [](const Arc& arc) { return std::pair(arc.from, arc.to); };
    std::stable_sort(all.begin(), all.end(),
                     [&](const Arc& a, const Arc& b) { return pair(a) < pair(b); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (kept > 0 && pair(all[kept - 1]) == pair(all[i]))
            all[kept - 1].weight += all[i].weight;
        else
            all[kept++] = all[i];
    }
    all.resize(kept);
    return undirected(people, strongArcs(std::move(all), minWeight));
}

}  // namespace kith
