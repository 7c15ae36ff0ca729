#include "core/measure/shape.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/measure/cores.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <rapidcheck/catch.h>

using namespace kith;

namespace {

/// Two triangles joined by one tie, a pendant, and somebody alone:
/// 0-1-2 and 3-4-5 are triangles, 2-3 joins them, 6 hangs on 5, 7 is alone.
Graph barbell()
{
    return buildGraph(
        8,
        {{0, 1, 1}, {1, 2, 1}, {0, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 5, 1}, {3, 5, 1}, {5, 6, 1}});
}

Graph anyGraph()
{
    const auto people = *rc::gen::inRange<std::size_t>(2, 14);
    const auto density = *rc::gen::inRange(5, 70) / 100.0;
    return tests::randomGraph(people, density, 4, *rc::gen::arbitrary<std::uint64_t>()).weighted();
}

Graph without(const Graph& graph, Vertex gone)
{
    std::vector<WeightedTie> ties;
    for (Vertex v = 0; v < graph.people(); ++v) {
        for (const Vertex u : graph.neighbours(v)) {
            if (u > v && u != gone && v != gone) ties.push_back({v, u, 1});
        }
    }
    return buildGraph(graph.people(), ties);
}

/// Shortest ways between all pairs, by Floyd and Warshall.
std::vector<std::vector<double>> distances(const Graph& graph)
{
    const auto n = graph.people();
    std::vector<std::vector<double>> d(n, std::vector<double>(n, HUGE_VAL));
    for (Vertex v = 0; v < n; ++v) {
        d[v][v] = 0;
        for (const Vertex u : graph.neighbours(v)) d[v][u] = 1;
    }
    for (std::size_t k = 0; k < n; ++k) {
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
        }
    }
    return d;
}

/// By taking away everybody with fewer than k ties until nobody is left to go.
std::vector<std::uint32_t> coresByPeeling(const Graph& graph)
{
    std::vector<std::uint32_t> core(graph.people());
    for (std::uint32_t k = 1; k <= graph.people(); ++k) {
        std::vector<bool> in(graph.people(), true);
        for (bool changed = true; changed;) {
            changed = false;
            for (Vertex v = 0; v < graph.people(); ++v) {
                if (!in[v]) continue;
                const auto row = graph.neighbours(v);
                const auto left = std::ranges::count_if(row, [&](Vertex u) { return in[u]; });
                if (left >= k) continue;
                in[v] = false;
                changed = true;
            }
        }
        for (Vertex v = 0; v < graph.people(); ++v) {
            if (in[v]) core[v] = k;
        }
    }
    return core;
}

/// Pearson's correlation over all pairs, from its definition.
double fitByDefinition(const Graph& graph, unsigned mask)
{
    std::vector<double> x;
    std::vector<double> y;
    for (Vertex a = 0; a < graph.people(); ++a) {
        for (Vertex b = a + 1; b < graph.people(); ++b) {
            x.push_back(graph.between(a, b) > 0 ? 1 : 0);
            y.push_back(((mask >> a) & 1U) != 0 || ((mask >> b) & 1U) != 0 ? 1 : 0);
        }
    }
    const auto n = static_cast<double>(x.size());
    double mx = 0;
    double my = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        mx += x[i] / n;
        my += y[i] / n;
    }
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mx) * (y[i] - my);
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : -1;
}

}  // namespace

TEST_CASE("the shape of two triangles that one tie joins, by hand")
{
    Task task;
    const auto shape = graphShape(barbell(), task);
    CHECK(shape.people == 8);
    CHECK(shape.ties == 8);
    CHECK(shape.density == Approx(8.0 / 28));
    CHECK(shape.components == 2);
    CHECK(shape.largest == 7);
    CHECK(shape.diameter == 4);
    CHECK(shape.diameterExact);
    CHECK(shape.cutPeople == 3);
    CHECK(shape.cutTies == 2);
    CHECK(shape.localBridges == 2);
    CHECK(shape.transitivity == Approx(6.0 / 12));
    CHECK(shape.clustering == Approx((1 + 1 + 1.0 / 3 + 1.0 / 3 + 1 + 1.0 / 3) / 8));
    CHECK(coreNumbers(barbell()) == std::vector<std::uint32_t>{2, 2, 2, 2, 2, 2, 1, 0});
    CHECK(coreHistogram(coreNumbers(barbell())) ==
          std::map<std::uint32_t, std::size_t>{{0, 1}, {1, 1}, {2, 6}});
}

TEST_CASE("graphs without people or ties have a shape all the same")
{
    Task task;
    CHECK(graphShape(buildGraph(0, {}), task).components == 0);
    const auto alone = graphShape(buildGraph(3, {}), task);
    CHECK(alone.components == 3);
    CHECK(alone.diameter == 0);
    CHECK(std::isnan(alone.degreeAssortativity));
    CHECK(coreNumbers(buildGraph(0, {})).empty());
}

TEST_CASE("a chain of a million people does not fill the stack")
{
    constexpr Vertex people = 1'000'000;
    std::vector<WeightedTie> ties;
    for (Vertex v = 1; v < people; ++v) ties.push_back({v - 1, v, 1});
    const auto graph = buildGraph(people, std::move(ties));
    CHECK(cutPoints(graph).people == people - 2);
    CHECK(cutPoints(graph).ties == people - 1);
    Task task;
    CHECK(graphShape(graph, task).diameter == people - 1);
}

TEST_CASE("shapes agree with slow twins on random graphs")
{
    rc::prop("components, ways, triangles, cuts, cores", [] {
        const auto graph = anyGraph();
        Task task;
        const auto shape = graphShape(graph, task);
        const auto d = distances(graph);
        const auto n = graph.people();

        std::size_t longest = 0;
        std::vector<std::size_t> reach(n);
        for (Vertex v = 0; v < n; ++v) {
            for (Vertex u = 0; u < n; ++u) reach[v] += std::isfinite(d[v][u]) ? 1U : 0U;
        }
        RC_ASSERT(shape.largest == *std::ranges::max_element(reach));
        const auto start = std::ranges::find(reach, shape.largest) - reach.begin();
        for (Vertex v = 0; v < n; ++v) {
            for (Vertex u = 0; u < n; ++u) {
                if (std::isfinite(d[static_cast<std::size_t>(start)][v]) && std::isfinite(d[v][u]))
                    longest = std::max(longest, static_cast<std::size_t>(d[v][u]));
            }
        }
        RC_ASSERT(shape.diameter == longest);

        double closed = 0;
        double ways = 0;
        std::size_t open = 0;
        for (Vertex v = 0; v < n; ++v) {
            for (const Vertex a : graph.neighbours(v)) {
                bool shared = false;
                for (const Vertex b : graph.neighbours(v)) {
                    if (b == a) continue;
                    ways += 1;
                    closed += graph.between(a, b) > 0 ? 1 : 0;
                    shared = shared || graph.between(a, b) > 0;
                }
                open += v < a && !shared ? 1U : 0U;
            }
        }
        RC_ASSERT(std::abs(shape.transitivity - (ways > 0 ? closed / ways : 0)) < 1e-12);
        RC_ASSERT(shape.localBridges == open);

        const auto parts = components(graph).size.size();
        std::size_t cuts = 0;
        for (Vertex v = 0; v < n; ++v) {
            // Without its ties somebody is a part of their own.
            const bool cut =
                components(without(graph, v)).size.size() > parts + (graph.degree(v) > 0 ? 1U : 0U);
            cuts += cut ? 1U : 0U;
            RC_ASSERT(cutPoints(graph).person[v] == cut);
        }
        RC_ASSERT(shape.cutPeople == cuts);
        RC_ASSERT(coreNumbers(graph) == coresByPeeling(graph));
    });
}

TEST_CASE("ties that are cut fall apart, and no others")
{
    rc::prop("a slow twin", [] {
        const auto graph = anyGraph();
        const auto parts = components(graph).size.size();
        std::size_t cut = 0;
        for (Vertex a = 0; a < graph.people(); ++a) {
            for (const Vertex b : graph.neighbours(a)) {
                if (b < a) continue;
                std::vector<WeightedTie> rest;
                for (Vertex v = 0; v < graph.people(); ++v) {
                    for (const Vertex u : graph.neighbours(v)) {
                        if (u > v && !(v == a && u == b)) rest.push_back({v, u, 1});
                    }
                }
                cut += components(buildGraph(graph.people(), rest)).size.size() > parts ? 1U : 0U;
            }
        }
        RC_ASSERT(cutPoints(graph).ties == cut);
    });
}

TEST_CASE("what is returned, of directed ties")
{
    const std::vector<Arc> arcs{{0, 1, 3}, {0, 2, 1}, {1, 0, 2}, {2, 3, 4}};
    const auto found = reciprocity(arcs);
    CHECK(found.arcs == 4);
    CHECK(found.mutual == 1);
    CHECK(found.oneWay == 2);
    CHECK(found.arcShare == Approx(0.5));
    CHECK(found.pairShare == Approx(1.0 / 3));
    CHECK(found.weightedShare == Approx(4.0 / 10));
    CHECK(reciprocity({}).arcShare == 0);
}

TEST_CASE("the best core is the best of all cores")
{
    rc::prop("every division tried", [] {
        const auto people = *rc::gen::inRange<std::size_t>(10, 12);
        const auto graph =
            tests::randomGraph(people, 0.35, 1, *rc::gen::arbitrary<std::uint64_t>()).weighted();
        RC_PRE(graph.ties() > 0U);
        double best = -1;
        for (unsigned mask = 0; mask < (1U << people); ++mask) {
            best = std::max(best, fitByDefinition(graph, mask));
        }
        Task task;
        CoreOptions options;
        options.nullSamples = 0;
        const auto found = corePeriphery(graph, options, task);
        RC_ASSERT(std::abs(found.fit - best) < 1e-9);
        unsigned mask = 0;
        for (const Vertex v : found.core) mask |= 1U << v;
        RC_ASSERT(std::abs(fitByDefinition(graph, mask) - found.fit) < 1e-9);
    });
}

TEST_CASE("a planted core beats chance, and any number of threads finds it")
{
    Random random(5);
    std::vector<WeightedTie> ties;
    for (Vertex a = 0; a < 40; ++a) {
        for (Vertex b = a + 1; b < 40; ++b) {
            if (random.chance(a < 6 ? 0.7 : 0.04)) ties.push_back({a, b, 1});
        }
    }
    const auto graph = buildGraph(40, ties);
    Task task;
    CoreOptions options;
    options.nullSamples = 39;
    const auto two = corePeriphery(graph, options, task);
    options.threads = 1;
    const auto one = corePeriphery(graph, options, task);
    CHECK(two.core == std::vector<Vertex>{0, 1, 2, 3, 4, 5});
    CHECK(one.core == two.core);
    CHECK(one.nullMean == two.nullMean);
    CHECK(one.p == two.p);
    CHECK(two.fit > two.nullMean);
    CHECK_THROWS_AS(corePeriphery(buildGraph(9, {{0, 1, 1}}), options, task), Error);
    CHECK_THROWS_AS(corePeriphery(buildGraph(501, {{0, 1, 1}}), options, task), Error);
}
