#include "core/base/error.h"
#include "core/cluster/combinatorics.h"
#include "core/cluster/partition.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace kith {
namespace {

double sizeAsReal(std::size_t n)
{
    return static_cast<double>(n);
}

double pairsOf(double n)
{
    return n * (n - 1) / 2;
}

std::vector<std::size_t> sizesOf(const Partition& partition)
{
    std::vector<std::size_t> sizes(partition.clusters);
    for (const std::uint32_t cluster : partition.clusterOf) ++sizes[cluster];
    return sizes;
}

/// How many people two partitions put into each pair of clusters.
struct Table {
    struct Cell {
        std::uint32_t a = 0;
        std::uint32_t b = 0;
        std::size_t count = 0;
    };
    double people = 0;
    std::vector<std::size_t> sizesA;
    std::vector<std::size_t> sizesB;
    std::vector<Cell> cells;  ///< those that are not 0
};

Table tableOf(const Partition& a, const Partition& b)
{
    if (a.clusterOf.size() != b.clusterOf.size())
        throw Error(Error::Kind::Usage, "only clusters of the same people can be compared");
    Table table{sizeAsReal(a.clusterOf.size()), sizesOf(a), sizesOf(b), {}};

    std::vector<std::size_t> next(a.clusters + std::size_t{1});
    for (std::size_t c = 0; c < table.sizesA.size(); ++c) next[c + 1] = next[c] + table.sizesA[c];
    std::vector<std::uint32_t> sorted(a.clusterOf.size());  // b's cluster, people in order of a's
    for (std::size_t v = 0; v < sorted.size(); ++v) sorted[next[a.clusterOf[v]]++] = b.clusterOf[v];

    std::vector<std::size_t> count(b.clusters);
    std::size_t at = 0;
    for (std::uint32_t c = 0; c < a.clusters; ++c) {
        const std::size_t first = table.cells.size();
        for (const std::size_t end = at + table.sizesA[c]; at < end; ++at)
            if (count[sorted[at]]++ == 0) table.cells.push_back({c, sorted[at], 0});
        for (std::size_t i = first; i < table.cells.size(); ++i)
            table.cells[i].count = std::exchange(count[table.cells[i].b], 0);
    }
    return table;
}

double entropy(const std::vector<std::size_t>& sizes, double people)
{
    double sum = 0;
    for (const std::size_t size : sizes)
        if (size > 0) sum -= sizeAsReal(size) / people * std::log(sizeAsReal(size) / people);
    return sum;
}

double mutualInformation(const Table& table)
{
    double sum = 0;
    for (const auto& cell : table.cells) {
        const double together = sizeAsReal(cell.count);
        sum += together / table.people *
               std::log(table.people * together /
                        (sizeAsReal(table.sizesA[cell.a]) * sizeAsReal(table.sizesB[cell.b])));
    }
    return std::max(0.0, sum);
}

/// What two clusters of these sizes add to the mutual information when their people are drawn
/// independently: a sum over the hypergeometric distribution of their overlap.
double expectedShare(std::size_t a, std::size_t b, std::size_t people)
{
    const std::size_t least = std::max<std::size_t>(1, a + b > people ? a + b - people : 0);
    const std::size_t most = std::min(a, b);
    const double n = sizeAsReal(people);
    double sum = 0;
    for (std::size_t overlap = least; overlap <= most; ++overlap) {
        const double together = sizeAsReal(overlap);
        sum += std::exp(logHypergeometric(overlap, a, b, people)) * together / n *
               std::log(n * together / (sizeAsReal(a) * sizeAsReal(b)));
    }
    return sum;
}

/// Clusters of one size give equal shares, so each pair of sizes is worked out once.
double expectedInformation(const Table& table)
{
    std::map<std::size_t, double> timesA;
    std::map<std::size_t, double> timesB;
    for (const std::size_t size : table.sizesA) timesA[size] += 1;
    for (const std::size_t size : table.sizesB) timesB[size] += 1;
    const auto people = static_cast<std::size_t>(table.people);
    double sum = 0;
    for (const auto& [a, howManyA] : timesA)
        for (const auto& [b, howManyB] : timesB)
            sum += howManyA * howManyB * expectedShare(a, b, people);
    return sum;
}

}  // namespace

double normalisedMutualInformation(const Partition& a, const Partition& b)
{
    const Table table = tableOf(a, b);
    const double mean =
        (entropy(table.sizesA, table.people) + entropy(table.sizesB, table.people)) / 2;
    if (!(mean > 0)) return 1;  // both have one cluster
    return std::min(1.0, mutualInformation(table) / mean);
}

// Source: Vinh, Epps and Bailey, Journal of Machine Learning Research 11:2837, 2010.
double adjustedMutualInformation(const Partition& a, const Partition& b)
{
    const Table table = tableOf(a, b);
    const double mean =
        (entropy(table.sizesA, table.people) + entropy(table.sizesB, table.people)) / 2;
    const double expected = expectedInformation(table);
    const double range = mean - expected;
    // Without range (one cluster each, or everybody alone in both) they are the same partition.
    if (std::abs(range) < 1e-12)
        return table.cells.size() == a.clusters && a.clusters == b.clusters;
    return (mutualInformation(table) - expected) / range;
}

// Source: Hubert and Arabie, Journal of Classification 2:193, 1985.
double adjustedRandIndex(const Partition& a, const Partition& b)
{
    const Table table = tableOf(a, b);
    double both = 0;
    double inA = 0;
    double inB = 0;
    for (const auto& cell : table.cells) both += pairsOf(sizeAsReal(cell.count));
    for (const std::size_t size : table.sizesA) inA += pairsOf(sizeAsReal(size));
    for (const std::size_t size : table.sizesB) inB += pairsOf(sizeAsReal(size));
    const double all = pairsOf(table.people);
    const double expected = all > 0 ? inA * inB / all : 0;
    const double range = (inA + inB) / 2 - expected;
    if (!(std::abs(range) > 0)) return 1;
    return (both - expected) / range;
}

// Source: Meila, Journal of Multivariate Analysis 98:873, 2007.
double variationOfInformation(const Partition& a, const Partition& b)
{
    const Table table = tableOf(a, b);
    return std::max(0.0, entropy(table.sizesA, table.people) + entropy(table.sizesB, table.people) -
                             2 * mutualInformation(table));
}

}  // namespace kith
