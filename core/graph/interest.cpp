#include "core/graph/interest.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/graph/weighting.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/programs.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>

namespace kith {
namespace {

/// Numbers the places that messages stand in, from 0: threads, or days in conversations.
class Places {
public:
    /// @param author whose day it is; 0 = everybody's
    std::uint32_t of(const MessageRow& message, PersonId author = {})
    {
        constexpr std::int64_t dayLength = 86'400'000;
        const auto day = message.time ? toMillis(*message.time) / dayLength + 1 : 0;
        const auto key = message.thread != 0 ? Key{message.thread, 0, -1}
                                             : Key{message.conversation, author.value, day};
        const auto next = static_cast<std::uint32_t>(numberOf_.size());
        return numberOf_.try_emplace(key, next).first->second;
    }

private:
    using Key = std::array<std::int64_t, 3>;
    struct KeyHash {
        std::size_t operator()(const Key& key) const
        {
            std::uint64_t mixed = 0;
            for (const auto part : key)
                mixed = (mixed ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15U +
                        (mixed >> 29U);
            return mixed;
        }
    };

    std::unordered_map<Key, std::uint32_t, KeyHash> numberOf_;
};

/// Calls each(person, message) for what people said, by their order; others are passed over.
template <class Each>
void eachSaid(const Workspace& workspace, const Selection& selection,
              const std::vector<PersonId>& people, Task& task, Each each)
{
    task.begin("Reading what people talk about", 0);
    eachMessage(
        workspace, selection,
        [&](const MessageRow& message) {
            const auto found = std::lower_bound(people.begin(), people.end(), message.author);
            if (found != people.end() && *found == message.author)
                each(static_cast<std::uint32_t>(found - people.begin()), message);
        },
        task);
}

PeopleGraph writers(const Workspace& workspace, const Selection& selection)
{
    PeopleGraph found;
    const auto bots = programs(accounts(workspace));
    for (const auto& [person, count] : messageCounts(workspace, selection)) {
        if (person && !bots.contains(person)) found.people.push_back(person);
        found.messages += count;
    }
    return found;
}

/// @param least weight of an arc
std::vector<Arc> arcsTo(const Neighbours& neighbours, double least)
{
    std::vector<Arc> arcs;
    for (Vertex v = 0; v < neighbours.of.size(); ++v) {
        const std::size_t first = arcs.size();
        for (const auto& one : neighbours.of[v]) arcs.push_back({v, one.person, one.likeness});
        std::sort(arcs.begin() + static_cast<std::ptrdiff_t>(first), arcs.end(),
                  [](const Arc& a, const Arc& b) { return a.to < b.to; });
    }
    std::erase_if(arcs, [&](const Arc& arc) { return static_cast<double>(arc.weight) < least; });
    return arcs;
}

/// Each pair once, whoever of the two found the other.
Graph tied(std::size_t people, const std::vector<Arc>& arcs)
{
    std::vector<WeightedTie> ties;
    ties.reserve(arcs.size());
    for (const auto& arc : arcs)
        ties.push_back({std::min(arc.from, arc.to), std::max(arc.from, arc.to), arc.weight});
    const auto pair = [](const WeightedTie& tie) { return std::pair(tie.a, tie.b); };
    std::sort(ties.begin(), ties.end(), [&](const auto& x, const auto& y) {
        return pair(x) != pair(y) ? pair(x) < pair(y) : x.weight > y.weight;
    });
    ties.erase(std::unique(ties.begin(), ties.end(),
                           [&](const auto& x, const auto& y) { return pair(x) == pair(y); }),
               ties.end());
    return buildGraph(people, std::move(ties));
}

TalkCounter countTalk(const Workspace& workspace, const Selection& selection,
                      const std::vector<PersonId>& people, Task& task)
{
    TalkCounter counter(people.size(), allNames(workspace));
    Places places;
    eachSaid(workspace, selection, people, task,
             [&](std::uint32_t person, const MessageRow& message) {
                 counter.add(person, places.of(message), message.text);
             });
    return counter;
}

NeighbourOptions searchFor(const InterestOptions& options)
{
    NeighbourOptions search;
    search.most = options.neighbours;
    search.least = options.least;
    search.exactUpTo = options.exactUpTo;
    search.seed = options.seed;
    search.threads = options.threads;
    return search;
}

}  // namespace

std::vector<std::string> allNames(const Workspace& workspace)
{
    std::vector<std::string> names;
    for (const auto& account : accounts(workspace)) names.push_back(account.name);
    for (const auto& person : people(workspace)) names.push_back(person.name);
    return names;
}

TalkProfiles talkOf(const Workspace& workspace, const Selection& selection,
                    const std::vector<PersonId>& people, Task& task)
{
    return countTalk(workspace, selection, people, task).profiles();
}

TalkPools poolsOf(const Workspace& workspace, const Selection& selection, Task& task)
{
    const auto people = writers(workspace, selection).people;
    TalkCounter counter(people.size(), allNames(workspace));
    Places places;
    eachSaid(workspace, selection, people, task,
             [&](std::uint32_t person, const MessageRow& message) {
                 counter.add(person, places.of(message, message.author), message.text);
             });
    return counter.pools();
}

Error tooFewTalkers(std::size_t some, std::size_t people)
{
    return {Error::Kind::TooLittleData,
            fmt::format("{} of {} people say enough to compare what they talk about, and {} are "
                        "needed",
                        some, people, fewestTalkers),
            {},
            "Choose a longer time, or more sources."};
}

InterestLayer interestLayer(const Workspace& workspace, const Selection& selection,
                            const InterestOptions& options, Task& task)
{
    if (!selection.kinds.empty())
        throw Error(Error::Kind::Usage, "the layer interest has no kinds of ties", {},
                    "Leave the kinds out, or look at the layer interaction.");
    InterestLayer layer;
    layer.people = writers(workspace, selection);
    layer.profiles = talkOf(workspace, selection, layer.people.people, task);
    if (const auto some = layer.profiles.profiled(); some < fewestTalkers)
        throw tooFewTalkers(some, layer.people.people.size());
    const auto found = findNeighbours(layer.profiles, searchFor(options), task);
    layer.exact = found.exact;
    layer.recall = found.recall;
    layer.recallSample = found.recallSample;
    layer.people.arcs = arcsTo(found, selection.minWeight);
    layer.people.graph = tied(layer.people.people.size(), layer.people.arcs);
    return layer;
}

DealtInterest::DealtInterest(const Workspace& workspace, const Selection& selection,
                             const std::vector<PersonId>& people, const InterestOptions& options,
                             Task& task)
    : options_(options),
      minWeight_(selection.minWeight),
      said_(countTalk(workspace, selection, people, task))
{
    options_.threads = 1;
}

Graph DealtInterest::graph(std::uint64_t number) const
{
    constexpr std::uint64_t salt = 0x7a1f;
    Random random(options_.seed ^ salt, number);
    const auto profiles = said_.dealtProfiles(random);
    Task silent;
    return tied(profiles.people(),
                arcsTo(findNeighbours(profiles, searchFor(options_), silent), minWeight_));
}

}  // namespace kith
