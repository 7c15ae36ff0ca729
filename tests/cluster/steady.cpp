#include "core/cluster/steady.h"

#include "core/base/random.h"
#include "core/cluster/leiden.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

constexpr Vertex groupSize = 20;

/// Groups of twenty, each person with some eight ties inside and two anywhere.
Graph manySmallGroups(Vertex people, std::uint64_t seed)
{
    Random random(seed);
    std::vector<WeightedTie> ties;
    for (Vertex v = 0; v < people; ++v) {
        const Vertex first = v - v % groupSize;
        for (int i = 0; i < 4; ++i)
            ties.push_back({v, first + static_cast<Vertex>(random.below(groupSize)), 1});
        ties.push_back({v, static_cast<Vertex>(random.below(people)), 1});
    }
    return buildGraph(people, std::move(ties));
}

Graph withoutGroups(Vertex people, std::uint64_t seed)
{
    Random random(seed);
    std::vector<WeightedTie> ties;
    for (std::size_t i = 0; i < 5 * std::size_t{people}; ++i)
        ties.push_back({static_cast<Vertex>(random.below(people)),
                        static_cast<Vertex>(random.below(people)), 1});
    return buildGraph(people, std::move(ties));
}

double agreementWithTruth(const Graph& graph, double resolution)
{
    std::vector<std::uint32_t> truth(graph.people());
    for (std::size_t v = 0; v < truth.size(); ++v)
        truth[v] = static_cast<std::uint32_t>(v / groupSize);
    LeidenOptions options;
    options.resolution = resolution;
    Task task;
    return adjustedRandIndex(leiden(graph, options, task), partitionOf(truth));
}

}  // namespace

TEST_CASE("small groups in a large graph are found at the resolution at which they hold still",
          "[cluster]")
{
    const Graph graph = manySmallGroups(12'000, 3);
    Task task;
    const double chosen = steadyResolution(graph, 1, 1, task);
    CHECK(chosen > 1);
    CHECK(agreementWithTruth(graph, 1) < 0.9);  // modularity's limit of resolution
    CHECK(agreementWithTruth(graph, chosen) > 0.99);
    CHECK(steadyResolution(graph, 1, 2, task) == chosen);
    CHECK(steadyResolution(graph, 2, 3, task) == chosen);
}

TEST_CASE("where there are no groups, few people or no ties the resolution stays 1", "[cluster]")
{
    Task task;
    CHECK(steadyResolution(withoutGroups(11'000, 1), 1, 0, task) == 1);
    CHECK(steadyResolution(manySmallGroups(10'000, 1), 1, 0, task) == 1);
    CHECK(steadyResolution(buildGraph(20'000, {}), 1, 0, task) == 1);
}

TEST_CASE("looking for the scale of groups can be given up", "[cluster]")
{
    std::stop_source stop;
    Task task(stop.get_token(), nullptr);
    stop.request_stop();
    CHECK_THROWS_AS(steadyResolution(manySmallGroups(11'000, 1), 1, 0, task), Cancelled);
}
