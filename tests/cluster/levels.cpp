#include "core/cluster/levels.h"

#include "core/base/random.h"
#include "core/cluster/overlap.h"
#include "tests/support/data.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

/// Groups of 10 in groups of 40: dense inside, thinner around, thin beyond.
Graph nested(std::uint64_t seed)
{
    Random random(seed);
    std::vector<WeightedTie> ties;
    for (Vertex a = 0; a < 160; ++a)
        for (Vertex b = 0; b < a; ++b) {
            const double chance = a / 10 == b / 10 ? 0.9 : a / 40 == b / 40 ? 0.2 : 0.005;
            if (random.chance(chance)) ties.push_back({a, b, 1});
        }
    return buildGraph(160, std::move(ties));
}

Partition blocks(std::size_t people, std::size_t size)
{
    std::vector<std::uint32_t> labels(people);
    for (std::size_t v = 0; v < people; ++v) labels[v] = static_cast<std::uint32_t>(v / size);
    return partitionOf(labels);
}

Levels levelsOf(const Graph& graph, unsigned threads = 0)
{
    Task task;
    LevelsOptions options;
    options.threads = threads;
    return findLevels(graph, options, task);
}

}  // namespace

TEST_CASE("planted scales are found, coarse first, and nest", "[cluster]")
{
    const Graph graph = nested(5);
    const auto found = levelsOf(graph);
    REQUIRE(found.sweep.size() == 25);
    const double density = 2.0 * static_cast<double>(graph.ties()) / (160.0 * 159);
    CHECK(found.sweep.front().gamma == Approx(density));
    CHECK(found.sweep.back().gamma == Approx(1));
    for (std::size_t i = 2; i < 25; ++i)
        CHECK(found.sweep[i].gamma / found.sweep[i - 1].gamma ==
              Approx(found.sweep[1].gamma / found.sweep[0].gamma));

    REQUIRE(found.levels.size() >= 2);
    REQUIRE(found.preferred);
    double coarse = 0;
    double fine = 0;
    for (const auto& level : found.levels) {
        coarse = std::max(coarse, adjustedRandIndex(level.partition, blocks(160, 40)));
        fine = std::max(fine, adjustedRandIndex(level.partition, blocks(160, 10)));
        CHECK(level.instability <= 0.1);
        CHECK(level.last > level.first);
    }
    CHECK(coarse > 0.95);
    CHECK(fine > 0.95);
    CHECK(adjustedRandIndex(found.levels[*found.preferred].partition, blocks(160, 40)) > 0.95);
    CHECK(found.levels[0].parent.empty());
    for (std::size_t l = 1; l < found.levels.size(); ++l) {
        const auto& level = found.levels[l];
        CHECK(level.gamma > found.levels[l - 1].gamma);
        REQUIRE(level.parent.size() == level.partition.clusters);
        for (std::size_t v = 0; v < 160; ++v)
            CHECK(level.parent[level.partition.clusterOf[v]] ==
                  found.levels[l - 1].partition.clusterOf[v]);
    }
}

TEST_CASE("the level to begin with is the planted one", "[cluster]")
{
    const auto file = plantedGraph(6, 30, 0.4, 0.01, 9);
    const auto found = levelsOf(file.unweighted());
    REQUIRE(found.preferred);
    CHECK(adjustedRandIndex(found.levels[*found.preferred].partition,
                            partitionOf(labelsOf(file.attribute))) == Approx(1));
}

TEST_CASE("levels are the same on any number of threads, and at any unit of weight", "[cluster]")
{
    const auto file = plantedGraph(4, 12, 0.6, 0.05, 2);
    const auto one = levelsOf(file.unweighted(), 1);
    const auto two = levelsOf(file.unweighted(), 3);
    auto heavy = file.ties;
    for (auto& tie : heavy) tie.weight = 4;
    const auto scaled = levelsOf(buildGraph(file.people, heavy));
    REQUIRE(one.levels.size() == two.levels.size());
    REQUIRE(one.levels.size() == scaled.levels.size());
    for (std::size_t l = 0; l < one.levels.size(); ++l) {
        CHECK(one.levels[l].partition == two.levels[l].partition);
        CHECK(one.levels[l].partition == scaled.levels[l].partition);
    }
    for (std::size_t i = 0; i < one.sweep.size(); ++i)
        CHECK(one.sweep[i].instability == two.sweep[i].instability);
}

TEST_CASE("where there are no scales none are offered", "[cluster]")
{
    CHECK(levelsOf(buildGraph(5, {})).levels.empty());
    CHECK(levelsOf(buildGraph(0, {})).sweep.empty());
    const auto pair = levelsOf(buildGraph(2, {{0, 1, 1}}));
    CHECK(pair.levels.empty());
    CHECK_FALSE(pair.preferred);
    const auto random = levelsOf(randomGraph(60, 0.2, 1, 4).unweighted());
    CHECK_FALSE(random.preferred);
}

TEST_CASE("people are also close to clusters that hold a quarter of their ties", "[cluster]")
{
    // 0 has 2 of 4 at home, 1 and 1 in two others.
    const Graph graph = buildGraph(
        7, {{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {0, 5, 1}, {1, 2, 1}, {3, 4, 2}, {5, 6, 4}});
    const std::vector<std::uint32_t> labels{0, 0, 0, 1, 1, 2, 2};
    const auto found = alsoCloseTo(graph, partitionOf(labels));
    REQUIRE(found.size() == 3);
    CHECK(found[0].person == 0);
    CHECK(found[0].cluster == 1);
    CHECK(found[0].share == Approx(0.25));
    CHECK(found[1].cluster == 2);
    CHECK(found[2].person == 3);  // one of three
    CHECK(found[2].share == Approx(1.0 / 3));
    CHECK(alsoCloseTo(buildGraph(0, {}), {}).empty());

    rc::prop("as counting says", [] {
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        const Graph any = randomGraph(12, 0.4, 3, seed).weighted();
        const auto partition = blocks(12, 3);
        std::size_t count = 0;
        for (Vertex v = 0; v < 12; ++v)
            for (std::uint32_t c = 0; c < partition.clusters; ++c) {
                double weight = 0;
                for (Vertex w = 0; w < 12; ++w)
                    if (partition.clusterOf[w] == c)
                        weight += static_cast<double>(any.between(v, w));
                count +=
                    c != partition.clusterOf[v] && weight > 0 && weight >= 0.25 * any.strength[v];
            }
        RC_ASSERT(alsoCloseTo(any, partition).size() == count);
    });
}
