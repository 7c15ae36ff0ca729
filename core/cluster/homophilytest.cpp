#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/cluster/knownties.h"
#include "core/cluster/permutation.h"
#include "core/cluster/shuffledties.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <numeric>

namespace kith::known {
namespace {

constexpr unsigned permutationsOfMany = 99;

// A stream apart from those of the free shuffles, which are numbered from 0.
constexpr std::uint64_t strataStream = 0x73747261'74610000;

constexpr std::size_t bands = 10;  ///< of people by activity
constexpr double differs = 0.05;

/// Mean and variance of the number of ties inside when values are shuffled over everybody: ties
/// that share a person go together, ties apart nearly do not (join counts; Cliff and Ord 1981).
struct Moments {
    double mean = 0;
    double sd = 0;
};

double falling(std::size_t n, int factors)
{
    double product = 1;
    for (int i = 0; i < factors; ++i) product *= static_cast<double>(n) - i;
    return product;
}

Moments momentsOf(const Part& part)
{
    double two = 0, three = 0, four = 0, squares = 0;
    for (const std::size_t size : part.sizes) {
        two += falling(size, 2);
        three += falling(size, 3);
        four += falling(size, 4);
        squares += falling(size, 2) * falling(size, 2);
    }
    const std::size_t people = part.values.size();
    const double same = two / falling(people, 2);
    const double chain = three / falling(people, 3);
    const double apart = (four + two * two - squares) / falling(people, 4);

    std::vector<std::size_t> degree(people);
    for (const auto& tie : part.ties) {
        ++degree[tie.a];
        ++degree[tie.b];
    }
    double sharing = 0;
    for (const std::size_t d : degree) sharing += pairsOf(d);
    const auto ties = static_cast<double>(part.ties.size());
    const double disjoint = pairsOf(part.ties.size()) - sharing;
    const double variance = ties * same * (1 - same) + 2 * sharing * (chain - same * same) +
                            2 * disjoint * (apart - same * same);
    return {ties * same, std::sqrt(std::max(0.0, variance))};
}

/// Ranks of people by how many ties they have in the whole graph; equals share the mean rank.
std::vector<double> activityRanks(const Graph& graph, const Part& part)
{
    std::vector<std::uint32_t> order(part.people.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto degree = [&](std::uint32_t i) { return graph.degree(part.people[i]); };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return degree(a) < degree(b); });
    std::vector<double> ranks(order.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last < order.size() && degree(order[last]) == degree(order[first])) ++last;
        for (std::size_t i = first; i < last; ++i)
            ranks[order[i]] = static_cast<double>(first + last - 1) / 2;
        first = last;
    }
    return ranks;
}

/// What Kruskal and Wallis (1952) compare, up to constants: sum over groups of (rank sum)^2/size.
template <class Value>
double spreadOfRanks(const std::vector<double>& ranks, const std::vector<Value>& values,
                     const std::vector<std::size_t>& sizes)
{
    std::vector<double> sums(sizes.size());
    for (std::size_t i = 0; i < ranks.size(); ++i)
        sums[static_cast<std::size_t>(values[i])] += ranks[i];
    double spread = 0;
    for (std::size_t k = 0; k < sizes.size(); ++k)
        if (sizes[k] > 0) spread += sums[k] * sums[k] / static_cast<double>(sizes[k]);
    return spread;
}

/// People in order of their tenth by activity, and where each tenth begins. People as active as
/// each other are in one tenth.
struct Tenths {
    std::vector<std::uint32_t> order;
    std::vector<std::size_t> starts;
};

Tenths tenthsOf(const std::vector<double>& ranks)
{
    Tenths result;
    result.order.resize(ranks.size());
    std::iota(result.order.begin(), result.order.end(), 0U);
    const auto tenth = [&](std::uint32_t i) {
        return static_cast<std::size_t>(ranks[i] * static_cast<double>(bands) /
                                        static_cast<double>(ranks.size()));
    };
    std::stable_sort(result.order.begin(), result.order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return tenth(a) < tenth(b); });
    for (std::size_t i = 0; i < result.order.size(); ++i)
        if (i == 0 || tenth(result.order[i]) != tenth(result.order[i - 1]))
            result.starts.push_back(i);
    result.starts.push_back(result.order.size());
    return result;
}

template <class Value>
std::vector<Value> shuffledFreely(const ShuffledTies<Value>& part, std::uint64_t seed,
                                  std::uint64_t permutation)
{
    Random random(seed, permutation);
    auto values = part.values();
    random.shuffle(std::span(values));
    return values;
}

template <class Value>
std::vector<Value> shuffledInTenths(const ShuffledTies<Value>& part, const Tenths& tenths,
                                    std::uint64_t seed, std::uint64_t permutation)
{
    Random random(seed, strataStream + permutation);
    std::vector<Value> inOrder;
    inOrder.reserve(tenths.order.size());
    for (const std::uint32_t i : tenths.order) inOrder.push_back(part.values()[i]);
    for (std::size_t t = 0; t + 1 < tenths.starts.size(); ++t)
        random.shuffle(
            std::span(inOrder).subspan(tenths.starts[t], tenths.starts[t + 1] - tenths.starts[t]));
    std::vector<Value> values(inOrder.size());
    for (std::size_t i = 0; i < inOrder.size(); ++i) values[tenths.order[i]] = inOrder[i];
    return values;
}

double normalTail(double z)
{
    constexpr double least = 1e-300;  // never print p = 0
    return std::max(least, 0.5 * std::erfc(z / std::numbers::sqrt2));
}

/// The shuffles numbered first, first + 1, ...
/// @param shuffle shuffle(number)
template <class Shuffle>
auto shufflesFrom(std::uint64_t first, std::size_t count, const Shuffle& shuffle)
{
    std::vector<decltype(shuffle(first))> shuffles;
    for (std::size_t i = 0; i < count; ++i) shuffles.push_back(shuffle(first + i));
    return shuffles;
}

/// For graphs with too many ties: mean and sd of the ties inside from few shuffles.
/// @param shuffle shuffle(number)
template <class Value, class Shuffle>
PermutationTest::Result approximate(const ShuffledTies<Value>& part, const Shuffle& shuffle,
                                    const PermutationOptions& options, Task& task)
{
    constexpr std::size_t together = ShuffledTies<Value>::together;
    std::vector<double> inside(std::min(options.permutations, permutationsOfMany));
    parallelFor((inside.size() + together - 1) / together, options.threads, [&](std::size_t g) {
        if (task.cancelled()) throw Cancelled{};
        const std::size_t first = g * together;
        const std::size_t many = std::min(together, inside.size() - first);
        const auto counts = part.inside(shufflesFrom(first, many, shuffle));
        std::copy_n(counts.begin(), many, inside.begin() + static_cast<std::ptrdiff_t>(first));
    });
    const auto count = static_cast<double>(inside.size());
    const double mean = std::accumulate(inside.begin(), inside.end(), 0.0) / count;
    double squares = 0;
    for (const double one : inside) squares += (one - mean) * (one - mean);
    const double sd = std::sqrt(squares / std::max(1.0, count - 1));
    const auto observed = static_cast<double>(part.inside(part.values()));
    return {sd > 0 ? normalTail((observed - mean) / sd) : 1, static_cast<unsigned>(inside.size())};
}

template <class Value>
PermutationTest::Result amongLike(const ShuffledTies<Value>& part, const std::vector<double>& ranks,
                                  const PermutationOptions& options, Task& task)
{
    const auto tenths = tenthsOf(ranks);
    const auto shuffle = [&](std::uint64_t permutation) {
        return shuffledInTenths(part, tenths, options.seed, permutation);
    };
    if (part.ties() > mostTiesToPermute) return approximate(part, shuffle, options, task);
    const std::size_t observed = part.inside(part.values());
    const auto outcome = PermutationTest(options).runTogether(
        1, part.together,
        [&](const PermutationTest::Group& group) {
            const auto counts = part.inside(shufflesFrom(group.first, group.flags.size(), shuffle));
            for (std::size_t i = 0; i < group.flags.size(); ++i)
                group.flags[i][0] = counts[i] >= observed;
        },
        task);
    return outcome.front();
}

/// Free shuffles, which say both whether ties stay inside and whether groups differ in activity.
template <class Value>
void fillFree(HomophilyPanel& result, const ShuffledTies<Value>& part,
              const std::vector<double>& ranks, const PermutationOptions& options, Task& task)
{
    const bool many = part.ties() > mostTiesToPermute;
    PermutationOptions fewer = options;
    if (many) fewer.permutations = std::min(options.permutations, permutationsOfMany);
    const std::size_t observed = part.inside(part.values());
    const double spread = spreadOfRanks(ranks, part.values(), part.sizes()) * (1 - 1e-12);
    constexpr std::size_t activity = 0, ties = 1;
    const auto outcome = PermutationTest(fewer).runTogether(
        many ? 1 : 2, part.together,
        [&](const PermutationTest::Group& group) {
            const auto shuffles =
                shufflesFrom(group.first, group.flags.size(), [&](std::uint64_t permutation) {
                    return shuffledFreely(part, options.seed, permutation);
                });
            for (std::size_t i = 0; i < shuffles.size() && group.counts(activity); ++i)
                group.flags[i][activity] =
                    spreadOfRanks(ranks, shuffles[i], part.sizes()) >= spread;
            if (many || !group.counts(ties)) return;
            const auto counts = part.inside(shuffles);
            for (std::size_t i = 0; i < shuffles.size(); ++i)
                group.flags[i][ties] = counts[i] >= observed;
        },
        task);
    result.pFree = many ? normalTail(result.z) : outcome[ties].p;
    result.permutations = many ? 0 : outcome[ties].permutations;
    result.pActivity = outcome[activity].p;
}

template <class Value>
void fillTestOf(HomophilyPanel& result, const Graph& graph, const Part& all,
                const PermutationOptions& options, Task& task)
{
    const ShuffledTies<Value> part(all);
    const auto moments = momentsOf(all);
    const auto observed = static_cast<double>(part.inside(part.values()));
    result.z = moments.sd > 0 ? (observed - moments.mean) / moments.sd : 0;
    if (options.permutations == 0) return;
    const auto ranks = activityRanks(graph, all);
    fillFree(result, part, ranks, options, task);
    result.p = result.pFree;
    result.byActivity = result.pActivity <= differs;
    if (!result.byActivity) return;
    const auto among = amongLike(part, ranks, options, task);
    result.p = among.p;
    result.permutations = among.permutations;
}

}  // namespace

void fillTest(HomophilyPanel& result, const Graph& graph, const Part& part,
              const PermutationOptions& options, Task& task)
{
    if (part.sizes.size() <= std::numeric_limits<std::uint8_t>::max())
        fillTestOf<std::uint8_t>(result, graph, part, options, task);
    else
        fillTestOf<std::int32_t>(result, graph, part, options, task);
}

}  // namespace kith::known
