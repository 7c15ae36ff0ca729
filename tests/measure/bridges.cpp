#include "core/measure/bridges.h"

#include "core/base/random.h"
#include "core/measure/pathsweep.h"
#include "tests/support/data.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <rapidcheck/catch.h>
#include <stop_token>

using namespace kith;

namespace {

struct Karate {
    Graph graph;
    Partition clubs;
};

Karate karate()
{
    const auto file = tests::loadGraph(tests::fixture("cluster/data"), "karate");
    REQUIRE(file);
    return {file->unweighted(), partitionOf(tests::labelsOf(file->attribute))};
}

/// Any small graph with weights, and any partition of it.
struct Any {
    Graph graph;
    Partition partition;
};

Any anyGraph()
{
    const auto people = *rc::gen::inRange<std::size_t>(1, 12);
    std::vector<WeightedTie> ties;
    std::vector<std::uint32_t> labels;
    for (Vertex a = 0; a < people; ++a) {
        labels.push_back(*rc::gen::inRange<std::uint32_t>(0, 4));
        for (Vertex b = 0; b < a; ++b) {
            const int weight = *rc::gen::inRange(-3, 5);
            if (weight > 0) ties.push_back({a, b, static_cast<float>(weight)});
        }
    }
    return {buildGraph(people, ties), partitionOf(labels)};
}

double share(const Graph& graph, Vertex i, Vertex j)
{
    return static_cast<double>(graph.between(i, j)) / graph.strength[i];
}

/// Steps between all pairs and the number of shortest paths, by Floyd and Warshall.
struct AllPaths {
    std::vector<std::vector<double>> steps;
    std::vector<std::vector<double>> count;

    explicit AllPaths(const Graph& graph)
    {
        const std::size_t n = graph.people();
        steps.assign(n, std::vector<double>(n, INFINITY));
        count.assign(n, std::vector<double>(n, 0));
        for (Vertex v = 0; v < n; ++v) {
            steps[v][v] = 0;
            for (const Vertex w : graph.neighbours(v)) steps[v][w] = 1;
        }
        for (std::size_t k = 0; k < n; ++k) {
            for (std::size_t i = 0; i < n; ++i) {
                for (std::size_t j = 0; j < n; ++j) {
                    steps[i][j] = std::min(steps[i][j], steps[i][k] + steps[k][j]);
                }
            }
        }
        for (std::size_t i = 0; i < n; ++i) count[i][i] = 1;
        for (double length = 1; length < static_cast<double>(n); ++length) {
            for (std::size_t i = 0; i < n; ++i) {
                for (Vertex j = 0; j < n; ++j) {
                    if (steps[i][j] != length) continue;
                    for (const Vertex q : graph.neighbours(j)) {
                        if (steps[i][q] == length - 1) count[i][j] += count[i][q];
                    }
                }
            }
        }
    }
};

BetweennessOptions drawn(unsigned threads, double error = 0.02)
{
    BetweennessOptions options;
    options.threads = threads;
    options.exactUpTo = 100;
    options.error = error;
    return options;
}

std::vector<double> exactOn(const Graph& graph, unsigned threads)
{
    Task task;
    BetweennessOptions options;
    options.threads = threads;
    return betweenness(graph, options, task).value;
}

}  // namespace

TEST_CASE("Zachary's karate club has the known values", "[measure]")
{
    const auto [graph, clubs] = karate();
    Task task;
    const auto p = participation(graph, clubs);
    CHECK(p[0] == Approx(0.1171875).margin(1e-9));
    CHECK(p[2] == Approx(0.48).margin(1e-9));
    CHECK(p[8] == Approx(0.48).margin(1e-9));
    CHECK(p[33] == Approx(0.2906574394).margin(1e-9));
    CHECK(withinClusterZ(graph, clubs)[0] == Approx(3.346533).margin(1e-6));

    const auto gap = gaps(graph, task).constraint;
    CHECK(gap[0] == Approx(0.1554232976).margin(1e-9));
    CHECK(gap[33] == Approx(0.1564186851).margin(1e-9));
    CHECK(gap[5] == Approx(0.477484809).margin(1e-9));
    CHECK(gaps(graph, task).effectiveSize[0] == Approx(13.75));

    const auto between = betweenness(graph, {}, task);
    CHECK(between.exact);
    CHECK(between.value[0] == Approx(231.0714285714).margin(1e-7));
    CHECK(between.value[33] == Approx(160.5515873016).margin(1e-7));
    CHECK(between.value[32] == Approx(76.6904761905).margin(1e-7));
}

TEST_CASE("Les Miserables has the known values", "[measure]")
{
    const auto data = tests::publicData();
    const auto file = data ? tests::loadGraph(*data / "reference", "lesmis") : std::nullopt;
    if (!file) {
        WARN("lesmis absent");
        return;
    }
    Task task;
    const auto graph = file->unweighted();
    CHECK(betweenness(graph, {}, task).value[11] == Approx(1624.4688).margin(1e-4));
    CHECK(gaps(graph, task).constraint[11] == Approx(0.070601).margin(1e-6));
    CHECK(gaps(graph, task).effectiveSize[11] == Approx(31.777778).margin(1e-6));
    const auto best =
        partitionOf(tests::loadLabels(*data / "reference/lesmis.modopt.partition.tsv"));
    CHECK(participation(graph, best)[11] == Approx(0.762346).margin(1e-6));
    CHECK(withinClusterZ(graph, best)[11] == Approx(2.924740).margin(1e-6));
}

TEST_CASE("measures of crossing agree with their formulas, written out", "[measure]")
{
    rc::prop("participation and constraint", [] {
        const auto [graph, partition] = anyGraph();
        Task task;
        const auto p = participation(graph, partition);
        const auto [gap, size] = gaps(graph, task);
        for (Vertex i = 0; i < graph.people(); ++i) {
            if (graph.degree(i) == 0) {
                RC_ASSERT(p[i] == 0);
                RC_ASSERT(std::isnan(gap[i]));
                RC_ASSERT(size[i] == 0);
                continue;
            }
            double squares = 0;
            for (std::uint32_t c = 0; c < partition.clusters; ++c) {
                double into = 0;
                for (Vertex j = 0; j < graph.people(); ++j) {
                    if (partition.clusterOf[j] == c) into += share(graph, i, j);
                }
                squares += into * into;
            }
            RC_ASSERT(std::abs(p[i] - (1 - squares)) < 1e-9);

            double all = 0;
            double ties = 0;
            for (const Vertex j : graph.neighbours(i)) {
                double held = share(graph, i, j);
                for (const Vertex q : graph.neighbours(i)) {
                    if (q != j) held += share(graph, i, q) * share(graph, q, j);
                    if (q < j && graph.between(q, j) > 0) ++ties;
                }
                all += held * held;
            }
            const auto n = static_cast<double>(graph.degree(i));
            RC_ASSERT(std::abs(gap[i] - all) < 1e-9);
            RC_ASSERT(std::abs(size[i] - (n - 2 * ties / n)) < 1e-9);
        }
    });
    rc::prop("betweenness, exact and drawn", [] {
        const auto [graph, partition] = anyGraph();
        Task task;
        const AllPaths paths(graph);
        const auto exact = betweenness(graph, {}, task);
        auto options = drawn(2);
        options.exactUpTo = 0;
        options.error = 0.05;
        options.risk = 1e-6;
        const auto sampled = betweenness(graph, options, task);
        const auto people = static_cast<double>(graph.people());
        for (Vertex v = 0; v < graph.people(); ++v) {
            double sum = 0;
            for (Vertex s = 0; s < graph.people(); ++s) {
                for (Vertex t = 0; t < s; ++t) {
                    if (s == v || t == v || std::isinf(paths.steps[s][t])) continue;
                    if (paths.steps[s][v] + paths.steps[v][t] != paths.steps[s][t]) continue;
                    sum += paths.count[s][v] * paths.count[v][t] / paths.count[s][t];
                }
            }
            RC_ASSERT(std::abs(exact.value[v] - sum) < 1e-9);
            RC_ASSERT(std::abs(sampled.value[v] - sum) <=
                      sampled.error * people * (people - 1) / 2 + 1e-9);
        }
    });
}

TEST_CASE("shortest paths from several people at once are those from each alone", "[measure]")
{
    rc::prop("up to eight at once, in graphs of chains, crowds and parts", [] {
        const auto people = *rc::gen::inRange<std::size_t>(2, 80);
        const auto tied = *rc::gen::inRange<std::size_t>(0, 4 * people);
        Random random(*rc::gen::inRange<std::uint64_t>(0, 1'000'000), 0);
        std::vector<WeightedTie> ties;
        const auto anybody = [&] { return static_cast<Vertex>(random.below(people)); };
        for (std::size_t i = 0; i < tied; ++i) ties.push_back({anybody(), anybody(), 1});
        const auto chain = *rc::gen::inRange<std::size_t>(0, people);
        for (Vertex v = 1; v < chain; ++v) ties.push_back({v - 1, v, 1});
        const auto graph = buildGraph(people, ties);
        Task task;

        std::vector<double> together(people);
        std::vector<double> alone(people);
        PathSweep several(graph);
        PathSweep one(graph);
        std::vector<Vertex> sources;
        for (Vertex v = 0; v < people; ++v) {
            one.addFrom({&v, 1}, alone);
            sources.push_back(v);
            if (sources.size() < PathSweep::most && v + std::size_t{1} < people) continue;
            several.addFrom(sources, together);
            sources.clear();
        }
        for (std::size_t v = 0; v < people; ++v)
            RC_ASSERT(std::abs(together[v] - alone[v]) < 1e-9 * (1 + alone[v]));
        const auto value = betweenness(graph, {}, task).value;
        for (std::size_t v = 0; v < people; ++v)
            RC_ASSERT(std::abs(2 * value[v] - alone[v]) < 1e-9 * (1 + alone[v]));
    });
}

TEST_CASE("the same values come out on any number of threads", "[measure]")
{
    const auto graph = tests::plantedGraph(6, 250, 0.05, 0.002, 3).unweighted();
    Task task;
    CHECK(exactOn(graph, 1) == exactOn(graph, 3));
    const auto one = betweenness(graph, drawn(1), task);
    CHECK(one.value == betweenness(graph, drawn(3), task).value);
    CHECK_FALSE(one.exact);
    CHECK(one.draws > 100);
    CHECK(one.error <= 0.02);
}

TEST_CASE("paths drawn find those most between, within the error that is said", "[measure]")
{
    const auto graph = tests::plantedGraph(12, 100, 0.08, 0.002, 3).unweighted();
    Task task;
    const auto exact = betweenness(graph, {}, task).value;
    const auto sampled = betweenness(graph, drawn(0, 0.002), task);
    const auto top = [](const std::vector<double>& value) {
        std::vector<std::size_t> order(value.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](auto a, auto b) { return value[a] > value[b]; });
        order.resize(50);
        std::sort(order.begin(), order.end());
        return order;
    };
    std::vector<std::size_t> both;
    const auto a = top(exact);
    const auto b = top(sampled.value);
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    CHECK(both.size() >= 40);
    const auto people = static_cast<double>(graph.people());
    const double wrong = sampled.error * people * (people - 1) / 2;
    for (std::size_t v = 0; v < exact.size(); ++v)
        CHECK(std::abs(sampled.value[v] - exact[v]) <= wrong);
}

TEST_CASE("bridges have ties into two clusters, the strongest crossing first", "[measure]")
{
    // Two triangles; 2-3 is strong, 1-4 weak; 6 stands alone.
    const auto graph = buildGraph(
        7,
        {{0, 1, 1}, {1, 2, 1}, {0, 2, 1}, {3, 4, 1}, {4, 5, 1}, {3, 5, 1}, {2, 3, 5}, {1, 4, 1}});
    const auto halves = partitionOf(std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1, 2});
    Task task;
    const auto p = participation(graph, halves);
    const auto ranked = rankBridges(graph, halves, p, betweenness(graph, {}, task).value);
    CHECK(ranked == std::vector<Vertex>{2, 3, 1, 4});

    CHECK(clustersTouched(graph, halves, {2, 0, 6}) ==
          std::vector<std::vector<std::uint32_t>>{{0, 1}, {0}, {}});
    CHECK(clustersTouched(graph, halves, {2}, 0.5).front() == std::vector<std::uint32_t>{1});
    CHECK(withinClusterZ(graph, halves)[0] == 0);
}

TEST_CASE("following paths can be cancelled, and nobody has none", "[measure]")
{
    std::stop_source source;
    source.request_stop();
    Task cancelled(source.get_token(), {});
    const auto graph = tests::plantedGraph(2, 50, 0.2, 0.02, 3).unweighted();
    CHECK_THROWS_AS(betweenness(graph, {}, cancelled), Cancelled);
    CHECK_THROWS_AS(gaps(graph, cancelled), Cancelled);
    Task task;
    CHECK(betweenness(buildGraph(0, {}), {}, task).value.empty());
    CHECK(gaps(buildGraph(0, {}), task).constraint.empty());
}

TEST_CASE("measures of crossing are quick", "[.][bench]")
{
    for (const std::size_t people : {10'000U, 100'000U}) {
        std::vector<WeightedTie> ties;
        Random random(3);
        for (Vertex v = 0; v < people; ++v) {
            for (int i = 0; i < 8; ++i) {
                const double u = random.real();
                ties.push_back({v, static_cast<Vertex>(u * u * static_cast<double>(people)), 1});
            }
        }
        const auto graph = buildGraph(people, ties);
        Task task;
        auto start = std::chrono::steady_clock::now();
        const auto seconds = [&] {
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
            start = std::chrono::steady_clock::now();
            return took.count();
        };
        CHECK(gaps(graph, task).constraint.size() == people);
        WARN(people << " people: constraint " << seconds() << " s");
        const auto between = betweenness(graph, {}, task);
        WARN(people << " people: betweenness " << seconds() << " s, draws " << between.draws);
    }
}
