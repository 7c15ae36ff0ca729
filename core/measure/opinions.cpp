#include "core/measure/opinions.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/measure/quantile.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith {

namespace {

constexpr double passing = 1.2816;  ///< 90 % of a normal distribution lie below

struct Tally {
    double agrees = 0;
    double disagrees = 0;
    double votes = 0;

    double side(bool agree) const { return agree ? agrees : disagrees; }
};

/// Votes of every statement in a group and in the rest of the groups.
struct Tallies {
    std::vector<Tally> group;
    std::vector<Tally> rest;

    Tallies(const VoteTable& votes, std::span<const std::int32_t> groupOf, std::uint32_t wanted)
        : group(votes.statements), rest(votes.statements)
    {
        for (std::size_t person = 0; person < votes.cast.size(); ++person) {
            if (groupOf[person] < 0) continue;
            auto& side = groupOf[person] == static_cast<std::int32_t>(wanted) ? group : rest;
            for (const CastVote& vote : votes.cast[person]) {
                Tally& tally = side[vote.statement];
                ++tally.votes;
                if (vote.value > 0) ++tally.agrees;
                if (vote.value < 0) ++tally.disagrees;
            }
        }
    }
};

Representative compare(const Tally& own, const Tally& rest, std::uint32_t group,
                       std::uint32_t statement, bool agree)
{
    Representative one{group, statement, agree, 0, 0, 0, 0, 0, 0};
    const double a = own.side(agree);
    const double b = rest.side(agree);
    const double s = own.votes;
    const double t = rest.votes;
    one.votes = static_cast<std::uint64_t>(s);
    one.p = (a + 1) / (s + 2);
    one.zP = 2 * std::sqrt(s + 1) * ((a + 1) / (s + 1) - 0.5);
    one.r = one.p / ((b + 1) / (t + 2));
    const double p1 = (a + 1) / (s + 1);
    const double p2 = (b + 1) / (t + 1);
    const double both = (a + b + 2) / (s + t + 2);
    const double spread = both * (1 - both) * (1 / (s + 1) + 1 / (t + 1));
    one.zR = spread > 0 ? (p1 - p2) / std::sqrt(spread) : 0;
    one.metric = one.r * one.zR * one.p * one.zP;
    return one;
}

/// People with enough votes: by number, ascending.
std::vector<std::size_t> peopleToGroup(const VoteTable& votes, unsigned minVotes)
{
    constexpr std::size_t fewest = 15;
    const auto wanted = std::min<std::size_t>(minVotes, votes.statements);
    std::vector<std::size_t> all(votes.cast.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::ranges::stable_sort(all, [&](std::size_t a, std::size_t b) {
        return votes.cast[a].size() > votes.cast[b].size();
    });
    std::size_t kept = 0;
    while (kept < all.size() && votes.cast[all[kept]].size() >= wanted) ++kept;
    kept = std::min(std::max(kept, fewest), all.size());
    while (kept > 0 && votes.cast[all[kept - 1]].empty()) --kept;
    all.resize(kept);
    std::ranges::sort(all);
    return all;
}

std::uint32_t mostGroups(std::size_t people)
{
    return static_cast<std::uint32_t>(std::min<std::size_t>(5, 2 + people / 12));
}

/// Groups for k = 2 ... and which of them has the highest silhouette.
struct Grouping {
    std::vector<KMeans> byK;
    std::size_t best = 0;
};

Grouping group(const OpinionSpace& space, const std::vector<std::size_t>& people, unsigned starts,
               std::uint64_t seed, std::uint64_t stream)
{
    std::vector<std::array<double, 2>> points;
    for (const std::size_t person : people) points.push_back(space.place[person]);
    Grouping grouping;
    for (std::uint32_t k = 2; k <= mostGroups(people.size()); ++k) {
        grouping.byK.push_back(kMeans(points, k, starts, seed, stream * 8 + k));
        if (grouping.byK.back().silhouette > grouping.byK[grouping.best].silhouette)
            grouping.best = grouping.byK.size() - 1;
    }
    return grouping;
}

/// The same votes on every statement by the same people, dealt out anew among them.
VoteTable shuffled(const VoteTable& votes, Random random)
{
    std::vector<std::vector<std::int8_t>> values(votes.statements);
    for (const auto& row : votes.cast) {
        for (const CastVote& vote : row) values[vote.statement].push_back(vote.value);
    }
    for (auto& column : values) random.shuffle(std::span(column));
    std::vector<std::size_t> next(votes.statements);
    VoteTable again = votes;
    for (auto& row : again.cast) {
        for (CastVote& vote : row) vote.value = values[vote.statement][next[vote.statement]++];
    }
    return again;
}

/// Votes on four statements of five.
VoteTable thinned(const VoteTable& votes, Random random)
{
    constexpr std::uint32_t absent = ~0U;
    std::vector<std::uint32_t> order(votes.statements);
    std::iota(order.begin(), order.end(), 0U);
    random.shuffle(std::span(order));
    const auto kept = std::max<std::uint32_t>(2, votes.statements * 4 / 5);
    std::vector<std::uint32_t> number(votes.statements, absent);
    for (std::uint32_t i = 0; i < kept; ++i) number[order[i]] = i;
    VoteTable fewer;
    fewer.statements = kept;
    for (const auto& row : votes.cast) {
        auto& target = fewer.cast.emplace_back();
        for (const CastVote& vote : row) {
            if (number[vote.statement] != absent)
                target.push_back({number[vote.statement], vote.value});
        }
        std::ranges::sort(target, {}, &CastVote::statement);
    }
    return fewer;
}

void compareWithShuffled(const VoteTable& votes, const std::vector<std::size_t>& people,
                         const OpinionOptions& options, double observed, OpinionGroups& result,
                         Task& task)
{
    constexpr unsigned starts = 10;
    std::vector<double> best(options.shuffles);
    task.begin("Comparing with shuffled votes", options.shuffles);
    parallelFor(best.size(), options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        const auto random = shuffled(votes, Random(options.seed, 1000 + i));
        const auto grouping = group(opinionSpace(random), people, starts, options.seed, 1000 + i);
        best[i] = grouping.byK[grouping.best].silhouette;
    });
    task.advance(best.size());
    if (best.empty()) return;
    std::ranges::sort(best);
    result.shuffledP95 = lowerQuantile(best, 0.95);
    const auto reached = best.end() - std::ranges::lower_bound(best, observed);
    result.p = (1 + static_cast<double>(reached)) / (1 + static_cast<double>(best.size()));
}

void measureStability(const VoteTable& votes, const std::vector<std::size_t>& people,
                      const OpinionOptions& options, const KMeans& chosen, OpinionGroups& result,
                      Task& task)
{
    constexpr unsigned starts = 20;
    const auto whole = partitionOf(chosen.groupOf);
    std::vector<double> agreement(options.reruns);
    task.begin("Grouping by fewer statements", options.reruns);
    parallelFor(agreement.size(), options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        const auto space = opinionSpace(thinned(votes, Random(options.seed, 5000 + i)));
        std::vector<std::array<double, 2>> points;
        for (const std::size_t person : people) points.push_back(space.place[person]);
        const auto again = kMeans(points, result.groups, starts, options.seed, 50'000 + i);
        agreement[i] = adjustedMutualInformation(whole, partitionOf(again.groupOf));
    });
    task.advance(agreement.size());
    for (const double one : agreement) {
        result.stability += one / static_cast<double>(agreement.size());
    }
}

}  // namespace

Representative representative(const VoteTable& votes, std::span<const std::int32_t> groupOf,
                              std::uint32_t group, std::uint32_t statement, bool agree)
{
    const Tallies tallies(votes, groupOf, group);
    return compare(tallies.group.at(statement), tallies.rest.at(statement), group, statement,
                   agree);
}

std::vector<Representative> representatives(const VoteTable& votes,
                                            std::span<const std::int32_t> groupOf,
                                            std::uint32_t group)
{
    const Tallies tallies(votes, groupOf, group);
    std::vector<Representative> all;
    for (std::uint32_t s = 0; s < votes.statements; ++s) {
        for (const bool agree : {true, false}) {
            auto one = compare(tallies.group[s], tallies.rest[s], group, s, agree);
            if (one.zP > passing && one.zR > passing) all.push_back(one);
        }
    }
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a.metric > b.metric; });
    return all;
}

std::vector<Consensual> groupInformedConsensus(const VoteTable& votes,
                                               std::span<const std::int32_t> groupOf,
                                               std::uint32_t groups)
{
    std::vector<Consensual> all(votes.statements);
    std::vector<double> seen(votes.statements);
    for (std::uint32_t s = 0; s < votes.statements; ++s) all[s] = {s, 1, 1};
    for (std::uint32_t g = 0; g < groups; ++g) {
        const Tallies tallies(votes, groupOf, g);
        for (std::uint32_t s = 0; s < votes.statements; ++s) {
            const double p = (tallies.group[s].agrees + 1) / (tallies.group[s].votes + 2);
            all[s].value *= p;
            all[s].lowestGroup = std::min(all[s].lowestGroup, p);
            seen[s] += tallies.group[s].votes;
        }
    }
    std::erase_if(all, [&](const Consensual& one) { return seen[one.statement] == 0; });
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a.value > b.value; });
    return all;
}

OpinionGroups opinionGroups(const VoteTable& votes, const OpinionOptions& options, Task& task)
{
    constexpr std::size_t fewest = 8;
    constexpr std::size_t listed = 5;
    const auto people = peopleToGroup(votes, options.minVotes);
    if (people.size() < fewest) {
        throw Error(Error::Kind::TooLittleData,
                    "opinion groups need at least 8 people who voted on several statements");
    }
    OpinionGroups result;
    task.begin("Finding opinion groups", 0);
    result.space = opinionSpace(votes);
    const auto grouping = group(result.space, people, options.starts, options.seed, 0);
    for (const KMeans& one : grouping.byK) {
        result.silhouettes.push_back(one.silhouette);
        result.inertias.push_back(one.inertia);
    }
    const KMeans& chosen = grouping.byK[grouping.best];
    result.groups = static_cast<std::uint32_t>(grouping.best + 2);
    result.used = people.size();
    result.sizes.resize(result.groups);
    result.groupOf.assign(votes.cast.size(), -1);
    for (std::size_t i = 0; i < people.size(); ++i) {
        result.groupOf[people[i]] = static_cast<std::int32_t>(chosen.groupOf[i]);
        ++result.sizes[chosen.groupOf[i]];
    }
    compareWithShuffled(votes, people, options, chosen.silhouette, result, task);
    measureStability(votes, people, options, chosen, result, task);
    result.consensus = groupInformedConsensus(votes, result.groupOf, result.groups);
    for (std::uint32_t g = 0; g < result.groups; ++g) {
        auto best = representatives(votes, result.groupOf, g);
        best.resize(std::min(best.size(), listed));
        result.representative.insert(result.representative.end(), best.begin(), best.end());
    }
    return result;
}

}  // namespace kith
