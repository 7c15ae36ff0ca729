#include "core/graph/interaction.h"

#include "core/base/error.h"
#include "core/base/release.h"
#include "core/graph/interest.h"
#include "core/graph/weighting.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/programs.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

namespace kith {
namespace {

/// Everybody there is, numbered by ascending id until it is known who is in the selection.
class Everybody {
public:
    explicit Everybody(const std::vector<Account>& accounts)
    {
        people_.reserve(accounts.size());
        for (const auto& account : accounts) people_.push_back(account.person);
        std::ranges::sort(people_);
        people_.erase(std::unique(people_.begin(), people_.end()), people_.end());
        // Ids are handed out one after the other: a table of them all is small, and quick to ask.
        const auto last = people_.empty() ? 0 : people_.back().value;
        if (people_.empty() || people_.front().value < 0 || last / 4 > std::ssize(people_)) return;
        byId_.assign(static_cast<std::size_t>(last) + 1, nobody);
        for (std::size_t i = 0; i < people_.size(); ++i)
            byId_[static_cast<std::size_t>(people_[i].value)] = static_cast<Vertex>(i);
    }

    const std::vector<PersonId>& people() const { return people_; }

    /// @throws Error WorkspaceDamaged where nobody has that id
    Vertex numberOf(PersonId person) const
    {
        const auto number = find(person);
        if (number != nobody) return number;
        throw Error(Error::Kind::WorkspaceDamaged,
                    "the workspace is damaged: somebody who said something is not there", {},
                    "Open a copy that you kept.");
    }

private:
    static constexpr Vertex nobody = std::numeric_limits<Vertex>::max();

    Vertex find(PersonId person) const
    {
        if (!byId_.empty()) {
            const bool known =
                person.value >= 0 && static_cast<std::uint64_t>(person.value) < byId_.size();
            return known ? byId_[static_cast<std::size_t>(person.value)] : nobody;
        }
        const auto found = std::ranges::lower_bound(people_, person);
        if (found == people_.end() || *found != person) return nobody;
        return static_cast<Vertex>(found - people_.begin());
    }

    std::vector<PersonId> people_;
    std::vector<Vertex> byId_;
};

/// True when nothing is left out that could have tied somebody of a graph file.
bool seesEverybody(const Selection& selection)
{
    return !selection.from && !selection.until && selection.sources.empty() &&
           selection.kinds.empty() && !selection.concern && !selection.community;
}

struct Interactions {
    std::vector<DayEvent> events;
    std::optional<Time> last;
};

/// Gathers the events and who is there, both numbered as in Everybody.
class Gathering {
public:
    Gathering(const Workspace& workspace, const std::vector<Account>& accounts)
        : workspace_(workspace),
          bots_(programs(accounts)),
          everybody_(accounts),
          there_(everybody_.people().size())
    {}

    /// People of graph files are there even without a tie.
    void addDrawn(const std::vector<Account>& accounts)
    {
        for (const auto& account : accounts)
            if (account.platform == "graph") there_[everybody_.numberOf(account.person)] = true;
    }

    /// @param wanted kinds whose events are gathered; empty = all
    void addTies(const Selection& selection, const std::set<TieKind>& wanted, PeopleGraph& result,
                 Task& task)
    {
        eachTie(
            workspace_, selection,
            [&](const TieRow& row) {
                if (bots_.contains(row.from) || bots_.contains(row.to)) return;
                ++result.tieRows[row.kind];
                const auto from = everybody_.numberOf(row.from);
                const auto to = everybody_.numberOf(row.to);
                there_[from] = there_[to] = true;
                if (from != to && row.weight > 0 && (wanted.empty() || wanted.contains(row.kind)))
                    found_.events.push_back({from, to, dayOf(row.time), row.kind, row.weight});
                if (row.time) found_.last = std::max(found_.last.value_or(*row.time), *row.time);
            },
            task);
    }

    void addSpeakers(const Selection& selection, PeopleGraph& result)
    {
        for (const auto& [person, count] : messageCounts(workspace_, selection)) {
            if (person && !bots_.contains(person)) there_[everybody_.numberOf(person)] = true;
            result.messages += count;
        }
    }

    /// Numbers those who are there as vertices.
    Interactions settle(PeopleGraph& result, Task& task)
    {
        std::vector<Vertex> vertexOf(there_.size());
        for (std::size_t i = 0; i < there_.size(); ++i) {
            if (!there_[i]) continue;
            vertexOf[i] = static_cast<Vertex>(result.people.size());
            result.people.push_back(everybody_.people()[i]);
        }
        result.people.shrink_to_fit();
        task.begin("Weighing ties", found_.events.size());
        for (auto& event : found_.events) {
            task.advance();
            event.from = vertexOf[event.from];
            event.to = vertexOf[event.to];
        }
        return std::move(found_);
    }

private:
    const Workspace& workspace_;
    std::unordered_set<PersonId> bots_;  ///< all of their accounts are programs
    Everybody everybody_;
    std::vector<bool> there_;
    Interactions found_;
};

Interactions interactions(const Workspace& workspace, const Selection& selection,
                          const std::set<TieKind>& wanted, PeopleGraph& result, Task& task)
{
    auto all = accounts(workspace);
    Gathering gathering(workspace, all);
    if (seesEverybody(selection)) gathering.addDrawn(all);
    release(all);
    gathering.addTies(selection, wanted, result, task);
    gathering.addSpeakers(selection, result);
    return gathering.settle(result, task);
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
    auto found = interactions(workspace, selection, {}, result, task);
    result.arcs = strongArcs(weighDays(found.events, options, found.last), selection.minWeight);
    release(found.events);
    result.graph = undirected(result.people.size(), result.arcs);
    return result;
}

std::vector<KindArcs> arcsByKind(const Workspace& workspace, const Selection& selection,
                                 const WeightOptions& options, const std::set<TieKind>& wanted,
                                 Task& task)
{
    if (selection.layer == Layer::Interest)
        throw Error(Error::Kind::Usage, "the layer interest has no kinds of ties to weigh");
    PeopleGraph people;
    auto found = interactions(workspace, selection, wanted, people, task);
    std::ranges::sort(found.events, {}, &DayEvent::kind);
    std::vector<KindArcs> kinds;
    for (const auto& [kind, rows] : people.tieRows) {
        if (!(options.lambda.at(static_cast<std::size_t>(kind)) > 0)) continue;
        if (!wanted.empty() && !wanted.contains(kind)) continue;
        const auto ofKind = std::ranges::equal_range(found.events, kind, {}, &DayEvent::kind);
        kinds.push_back({kind, weighDays({ofKind.begin(), ofKind.end()}, options, found.last)});
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
