#include "core/cluster/partition.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

Partition randomPartition(std::size_t people, std::size_t labels, Random& random)
{
    std::vector<std::uint32_t> label(people);
    for (auto& l : label) l = static_cast<std::uint32_t>(random.below(labels));
    return partitionOf(label);
}

/// Straight from the definition by pairs: (1/2m) sum_ij (w_ij - gamma k_i k_j / 2m) [same cluster].
double slowModularity(const Graph& graph, const Partition& partition, double resolution)
{
    double sum = 0;
    for (Vertex a = 0; a < graph.people(); ++a)
        for (Vertex b = 0; b < graph.people(); ++b)
            if (partition.clusterOf[a] == partition.clusterOf[b])
                sum += static_cast<double>(graph.between(a, b)) -
                       resolution * graph.strength[a] * graph.strength[b] / (2 * graph.total);
    return sum / (2 * graph.total);
}

double slowCpm(const Graph& graph, const Partition& partition, double resolution)
{
    double sum = 0;
    for (Vertex a = 0; a < graph.people(); ++a)
        for (Vertex b = 0; b < a; ++b)
            if (partition.clusterOf[a] == partition.clusterOf[b])
                sum += static_cast<double>(graph.between(a, b)) - resolution;
    return sum;
}

double slowConductance(const Graph& graph, const Partition& partition, std::uint32_t cluster)
{
    double cut = 0;
    double volume = 0;
    double rest = 0;
    for (Vertex a = 0; a < graph.people(); ++a) {
        (partition.clusterOf[a] == cluster ? volume : rest) += graph.strength[a];
        for (Vertex b = 0; b < graph.people(); ++b)
            if (partition.clusterOf[a] == cluster && partition.clusterOf[b] != cluster)
                cut += static_cast<double>(graph.between(a, b));
    }
    if (volume <= 0) return 1;
    return cut > 0 ? cut / std::min(volume, rest) : 0;
}

double information(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b)
{
    const auto n = static_cast<double>(a.size());
    const auto share = [&](auto holds) {
        double count = 0;
        for (std::size_t v = 0; v < a.size(); ++v) count += holds(v) ? 1 : 0;
        return count / n;
    };
    double sum = 0;
    for (std::uint32_t i = 0; i < a.size(); ++i)
        for (std::uint32_t j = 0; j < b.size(); ++j) {
            const double both = share([&](std::size_t v) { return a[v] == i && b[v] == j; });
            if (both > 0)
                sum += both * std::log(both / (share([&](std::size_t v) { return a[v] == i; }) *
                                               share([&](std::size_t v) { return b[v] == j; })));
        }
    return sum;
}

/// The expected information by dealing out b in every possible order.
double slowAmi(const Partition& a, const Partition& b)
{
    std::vector<std::size_t> order(a.clusterOf.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    double sum = 0;
    double count = 0;
    do {
        std::vector<std::uint32_t> dealt;
        for (const std::size_t v : order) dealt.push_back(b.clusterOf[v]);
        sum += information(a.clusterOf, dealt);
        count += 1;
    } while (std::next_permutation(order.begin(), order.end()));
    const double mean =
        (information(a.clusterOf, a.clusterOf) + information(b.clusterOf, b.clusterOf)) / 2;
    return (information(a.clusterOf, b.clusterOf) - sum / count) / (mean - sum / count);
}

}  // namespace

TEST_CASE("clusters are numbered by size, then by lowest vertex", "[cluster]")
{
    const std::vector<std::uint32_t> labels{9, 4, 4, 1'000'000, 9, 4, 7};
    const auto partition = partitionOf(labels);
    CHECK(partition.clusterOf == std::vector<std::uint32_t>{1, 0, 0, 2, 1, 0, 3});
    CHECK(partition.clusters == 4);
    CHECK(partition.members()[0] == std::vector<Vertex>{1, 2, 5});
    CHECK(partitionOf(partition.clusterOf) == partition);
    CHECK(partitionOf({}).clusters == 0);
}

TEST_CASE("qualities and conductance agree with their definitions by pairs", "[cluster]")
{
    rc::prop("any weighted graph and partition", [] {
        const auto people = *rc::gen::inRange<std::size_t>(2, 12);
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        const Graph graph = randomGraph(people, 0.4, 5, seed).weighted();
        Random random(seed, 2);
        const auto partition = randomPartition(people, 4, random);
        const auto near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
        RC_ASSERT(near(cpm(graph, partition, 0.3), slowCpm(graph, partition, 0.3)));
        if (graph.ties() == 0) {
            RC_ASSERT(modularity(graph, partition) == 0);
            return;
        }
        RC_ASSERT(near(modularity(graph, partition, 0.7), slowModularity(graph, partition, 0.7)));
        RC_ASSERT(modularity(graph, partition) >= -0.5 && modularity(graph, partition) <= 1);
        const auto phi = conductance(graph, partition);
        for (std::uint32_t c = 0; c < partition.clusters; ++c)
            RC_ASSERT(near(phi[c], slowConductance(graph, partition, c)));
    });
}

TEST_CASE("adjusted information agrees with dealing out every order", "[cluster]")
{
    rc::prop("any two partitions of six", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const auto a = randomPartition(6, 3, random);
        const auto b = randomPartition(6, 4, random);
        const bool trivial =
            (a.clusters == 1 && b.clusters == 1) || (a.clusters == 6 && b.clusters == 6);
        if (trivial || a == b) {
            RC_ASSERT(std::abs(adjustedMutualInformation(a, b) - 1) < 1e-9);
            return;
        }
        RC_ASSERT(std::abs(adjustedMutualInformation(a, b) - slowAmi(a, b)) < 1e-9);
    });
}

TEST_CASE("the rand index agrees with counting pairs, and distances are distances", "[cluster]")
{
    rc::prop("any three partitions", [] {
        const auto people = *rc::gen::inRange<std::size_t>(3, 40);
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const auto a = randomPartition(people, 4, random);
        const auto b = randomPartition(people, 5, random);
        const auto c = randomPartition(people, 3, random);
        double both = 0, inA = 0, inB = 0, all = 0;
        for (std::size_t v = 0; v < people; ++v)
            for (std::size_t u = 0; u < v; ++u) {
                const bool sameA = a.clusterOf[u] == a.clusterOf[v];
                const bool sameB = b.clusterOf[u] == b.clusterOf[v];
                both += sameA && sameB;
                inA += sameA;
                inB += sameB;
                all += 1;
            }
        const double range = (inA + inB) / 2 - inA * inB / all;
        if (std::abs(range) > 1e-9)
            RC_ASSERT(std::abs(adjustedRandIndex(a, b) - (both - inA * inB / all) / range) < 1e-9);
        RC_ASSERT(variationOfInformation(a, a) < 1e-9);
        RC_ASSERT(std::abs(variationOfInformation(a, b) - variationOfInformation(b, a)) < 1e-9);
        RC_ASSERT(variationOfInformation(a, c) <=
                  variationOfInformation(a, b) + variationOfInformation(b, c) + 1e-9);
        const double nmi = normalisedMutualInformation(a, b);
        RC_ASSERT(nmi >= 0 && nmi <= 1);
        RC_ASSERT(std::abs(normalisedMutualInformation(a, a) - 1) < 1e-9);
    });
}

TEST_CASE("only partitions of the same people are compared", "[cluster]")
{
    const std::vector<std::uint32_t> two{0, 1};
    const std::vector<std::uint32_t> three{0, 1, 1};
    CHECK_THROWS_AS(variationOfInformation(partitionOf(two), partitionOf(three)), Error);
}
