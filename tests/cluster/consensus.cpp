#include "core/cluster/consensus.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/cluster/tieset.h"
#include "tests/support/data.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

using namespace kith;
using namespace kith::tests;

namespace {

Graph karate()
{
    const auto file = loadGraph(fixture("cluster/data"), "karate");
    REQUIRE(file);
    return file->weighted();
}

Consensus consensusOf(const Graph& graph, std::uint64_t seed = 1, unsigned threads = 0)
{
    Task task;
    ConsensusOptions options;
    options.leiden.seed = seed;
    options.threads = threads;
    return consensusClusters(graph, options, task);
}

}  // namespace

TEST_CASE("karate comes out at its optimum for any seed", "[cluster]")
{
    const Graph graph = karate();
    const auto labels = loadLabels(fixture("cluster/data/karate.modopt.partition.tsv"));
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        const auto consensus = consensusOf(graph, seed);
        CHECK(consensus.modularity == Approx(0.4197896121).margin(1e-9));
        CHECK(consensus.partition == partitionOf(labels));
        CHECK(consensus.runs == 50);
    }
}

TEST_CASE("ukfaculty never comes out below its published best", "[cluster]")
{
    const auto file = loadGraph(fixture("cluster/data"), "ukfaculty");
    REQUIRE(file);
    const Graph graph = file->weighted();
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        const auto consensus = consensusOf(graph, seed);
        // 0.562202 is the best of 300 runs of igraph; one run of ours in forty reaches 0.563212.
        CHECK(consensus.modularity >= 0.5622017336 - 1e-7);
        CHECK(consensus.modularity <= 0.5632115519 + 1e-7);
        CHECK(consensus.partition.clusters == 5);
    }
}

TEST_CASE("the consensus is never below its best run", "[cluster]")
{
    Task task;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const Graph graph = randomGraph(100, 0.06, 3, seed).weighted();
        ConsensusOptions options;
        options.runs = 12;
        options.leiden.seed = seed;
        double best = 0;
        for (std::uint64_t run = 0; run < options.runs; ++run) {
            auto leidenOptions = options.leiden;
            leidenOptions.run = run;
            best = std::max(best, modularity(graph, leiden(graph, leidenOptions, task)));
        }
        const auto consensus = consensusClusters(graph, options, task);
        CHECK(consensus.modularity >= best - 1e-12);
        CHECK(consensus.instability > 0);
    }
}

TEST_CASE("stability is between the ends it promises", "[cluster]")
{
    auto file = plantedGraph(6, 20, 0.5, 0.03, 9);
    file.people += 1;  // somebody without ties
    const Graph graph = file.weighted();
    const auto consensus = consensusOf(graph);
    REQUIRE(consensus.partition.clusters == 7);
    CHECK(consensus.overall == Approx(1).margin(0.02));
    CHECK(consensus.instability < 0.02);
    CHECK(consensus.together.size() == graph.weight.size());
    CHECK(consensus.personStability.back() == 0);
    CHECK(consensus.partition.clusterOf.back() == 6);
    CHECK(consensus.stability[6] == 0);
    for (std::uint32_t c = 0; c < 6; ++c) CHECK(consensus.stability[c] > 0.98);

    const auto noise = consensusOf(randomGraph(120, 0.08, 1, 2).weighted());
    CHECK(noise.overall < consensus.overall - 0.1);
    CHECK(noise.instability > 0.05);
    for (const double s : noise.personStability) CHECK((s >= 0 && s <= 1));
}

TEST_CASE("the number of threads changes nothing", "[cluster]")
{
    const Graph graph = randomGraph(150, 0.05, 4, 21).weighted();
    Task task;
    const auto one = consensusOf(graph, 5, 1);
    ConsensusOptions options;
    options.threads = 1;
    const auto null = rewiringNull(graph, options, 20, task);
    for (const unsigned threads : {2U, 5U}) {
        const auto again = consensusOf(graph, 5, threads);
        CHECK(again.partition == one.partition);
        CHECK(again.together == one.together);
        CHECK(again.personStability == one.personStability);
        CHECK(again.stability == one.stability);
        CHECK(again.instability == one.instability);
        options.threads = threads;
        const auto nullAgain = rewiringNull(graph, options, 20, task);
        CHECK(nullAgain.mean == null.mean);
        CHECK(nullAgain.sd == null.sd);
        CHECK(nullAgain.p == null.p);
    }
}

TEST_CASE("karate beats its rewired copies as published", "[cluster]")
{
    Task task;
    const auto null = rewiringNull(karate(), {}, 200, task);
    CHECK(null.samples == 200);
    CHECK(null.mean == Approx(0.298).margin(0.01));
    CHECK(null.sd == Approx(0.0155).margin(0.005));
    CHECK(null.z == Approx(7.8).margin(1.5));
    CHECK(null.p == Approx(1.0 / 201));
}

TEST_CASE("a large graph without groups is not held to have any", "[cluster]")
{
    const Graph graph = randomGraph(2'500, 0.003, 1, 5).weighted();
    ConsensusOptions options;
    options.runs = 3;
    Task task;
    const auto null = rewiringNull(graph, options, 19, task);
    INFO(null.observed << " " << null.mean << " " << null.sd);
    CHECK(std::abs(null.z) < 3.5);
}

TEST_CASE("a set of ties holds what was added and not taken out again", "[cluster]")
{
    for (const Vertex people : {12U, 5'000U}) {  // as a table and as keys
        constexpr std::size_t most = 40;
        TieSet set(people, most);
        std::set<std::pair<Vertex, Vertex>> twin;
        Random random(people);
        for (int step = 0; step < 20'000; ++step) {
            // Of many people only some, so that ties are met again.
            const auto anybody = [&] {
                return static_cast<Vertex>(random.below(12) * (people / 12));
            };
            const Vertex a = anybody();
            const Vertex b = anybody();
            if (a == b) continue;
            const std::pair<Vertex, Vertex> tie = std::minmax(a, b);
            REQUIRE(set.has(a, b) == twin.contains(tie));
            if (twin.contains(tie)) {
                set.take(b, a);
                twin.erase(tie);
            } else if (twin.size() < most) {
                set.add(b, a);
                twin.insert(tie);
            }
            REQUIRE(set.has(b, a) == twin.contains(tie));
        }
        CHECK(twin.size() > 10);
    }
}

TEST_CASE("a rewired copy keeps every degree and all weights, small or large", "[cluster]")
{
    for (const Vertex people : {300U, 12'000U, 40'000U}) {
        Random random(people);
        std::vector<WeightedTie> ties;
        for (std::size_t i = 0; i < 20 * std::size_t{people}; ++i)
            ties.push_back({static_cast<Vertex>(random.below(people)),
                            static_cast<Vertex>(random.below(random.below(people) + 1)),
                            static_cast<float>(1 + random.below(5))});
        const Graph graph = buildGraph(people, std::move(ties));
        const Graph copy = rewiredGraph(graph, 1, 0, Task());
        REQUIRE(copy.ties() == graph.ties());
        std::size_t same = 0;
        for (Vertex v = 0; v < people; ++v) {
            REQUIRE(copy.degree(v) == graph.degree(v));
            for (const Vertex w : graph.neighbours(v)) same += copy.between(v, w) > 0 ? 1U : 0U;
        }
        CHECK(same < graph.ties());  // of twice as many
        auto before = graph.weight;
        auto after = copy.weight;
        std::sort(before.begin(), before.end());
        std::sort(after.begin(), after.end());
        CHECK(before == after);
        CHECK(rewiredGraph(graph, 1, 0, Task()).weight == copy.weight);
    }
}

TEST_CASE("ties at random do not beat their rewired copies", "[cluster]")
{
    struct Size {
        Vertex people;
        double density;
        std::uint64_t graphs;
        int most;  ///< 5 % of the graphs, and chance: P(more) is below 0.001
    };
    // The larger the graph, the less do single runs agree, and the more would be made of the best.
    const auto size = GENERATE(Size{50, 0.12, 40, 7}, Size{400, 0.02, 24, 5});
    CAPTURE(size.people);
    Task task;
    int flagged = 0;
    for (std::uint64_t seed = 0; seed < size.graphs; ++seed) {
        const Graph graph = randomGraph(size.people, size.density, 3, seed).weighted();
        flagged += rewiringNull(graph, {}, 39, task).p <= 0.05 ? 1 : 0;
    }
    CHECK(flagged <= size.most);
}

TEST_CASE("graphs too small for anything still have an answer", "[cluster]")
{
    Task task;
    CHECK(consensusOf(buildGraph(0, {})).partition.clusters == 0);
    const auto pair = consensusOf(buildGraph(3, {{0, 1, 2}}));
    CHECK(pair.partition.clusters == 2);
    CHECK(pair.overall == 1);
    const auto null = rewiringNull(buildGraph(3, {{0, 1, 2}}), {}, 5, task);
    CHECK(null.z == 0);
    CHECK(null.p == 1);
}

TEST_CASE("consensus and null stop when they are cancelled", "[cluster]")
{
    std::stop_source stop;
    Task task(stop.get_token(), nullptr);
    stop.request_stop();
    CHECK_THROWS_AS(consensusClusters(karate(), {}, task), Cancelled);
    CHECK_THROWS_AS(rewiringNull(karate(), {}, 5, task), Cancelled);
}
