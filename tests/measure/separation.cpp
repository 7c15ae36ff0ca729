#include "core/measure/separation.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/data.h"
#include "tests/support/graphs.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <rapidcheck/catch.h>

using namespace kith;

namespace {

struct Club {
    Graph graph;
    std::vector<Side> sides;
};

Club karate()
{
    const auto file = tests::loadGraph(tests::fixture("cluster/data"), "karate");
    REQUIRE(file);
    Club club{file->unweighted(), {}};
    for (const auto label : tests::labelsOf(file->attribute)) {
        club.sides.push_back(label == 0 ? Side::First : Side::Second);
    }
    return club;
}

/// Chances by plain repeated averaging.
std::vector<double> averaged(const Graph& graph, const Walks& walks)
{
    std::vector<double> h(graph.people(), 0.5);
    for (int round = 0; round < 20'000; ++round) {
        for (const Vertex v : walks.hubs[0]) h[v] = 1;
        for (const Vertex v : walks.hubs[1]) h[v] = 0;
        std::vector<double> next = h;
        for (Vertex v = 0; v < graph.people(); ++v) {
            if (graph.degree(v) == 0) continue;
            double sum = 0;
            for (std::size_t j = 0; j < graph.degree(v); ++j) {
                sum += static_cast<double>(graph.weights(v)[j]) * h[graph.neighbours(v)[j]];
            }
            next[v] = sum / graph.strength[v];
        }
        for (const Vertex v : walks.hubs[0]) next[v] = 1;
        for (const Vertex v : walks.hubs[1]) next[v] = 0;
        h = next;
    }
    return h;
}

Graph withTie(const Graph& graph, Vertex u, Vertex v)
{
    std::vector<WeightedTie> ties{{u, v, 1}};
    for (Vertex a = 0; a < graph.people(); ++a) {
        for (std::size_t j = 0; j < graph.degree(a); ++j) {
            const Vertex b = graph.neighbours(a)[j];
            if (a < b) ties.push_back({a, b, graph.weights(a)[j]});
        }
    }
    return buildGraph(graph.people(), std::move(ties));
}

}  // namespace

TEST_CASE("the karate club's separation is the exact one")
{
    const auto club = karate();
    const auto three = walks(club.graph, club.sides, 3);
    CHECK(three.rwc == Approx(0.8284064921).margin(1e-8));
    CHECK(three.a == Approx(0.9331248914).margin(1e-8));
    CHECK(three.b == Approx(0.8940144479).margin(1e-8));
    CHECK(three.transient == Approx(0.791883799).margin(1e-8));
    CHECK(three.forward == Approx(0.7900977692).margin(1e-8));
    CHECK(three.h[8] == Approx(0.4736842105).margin(1e-9));
    const auto five = walks(club.graph, club.sides, 5);
    CHECK(five.rwc == Approx(0.8921718223).margin(1e-8));
    CHECK(five.transient == Approx(0.8482142857).margin(1e-8));
    CHECK(adaptiveEi(club.graph, club.sides) == Approx(0.7323193916).margin(1e-9));
}

TEST_CASE("half of it is what any network with these degrees would have")
{
    const auto club = karate();
    Task task;
    SeparationOptions options;
    options.hubs = 3;
    options.rewirings = 100;
    const auto found = separation(club.graph, club.sides, options, task);
    CHECK(found.walks.rwc == Approx(0.8284064921).margin(1e-8));
    CHECK(found.found == Approx(0.8284064921).margin(1e-4));
    CHECK(found.nullMean == Approx(0.5165570172).margin(0.03));
    CHECK(found.nullSd == Approx(0.0779541165).margin(0.02));
    CHECK(found.normalised == Approx(0.3118494749).margin(0.03));
    CHECK(found.people[0] + found.people[1] == 34);

    options.threads = 1;
    CHECK(separation(club.graph, club.sides, options, task).nullMean == found.nullMean);
}

TEST_CASE("walks agree with plain averaging on any graph")
{
    rc::prop("a brute-force twin", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000);
        const auto people = *rc::gen::inRange<std::size_t>(8, 16);
        const auto graph = tests::randomGraph(people, 0.4, 3, seed).weighted();
        std::vector<Side> sides;
        for (std::size_t v = 0; v < people; ++v) {
            sides.push_back(v % 2 == 0 ? Side::First : Side::Second);
        }
        const auto found = walks(graph, sides, 2);
        const auto slow = averaged(graph, found);
        for (Vertex v = 0; v < people; ++v) RC_ASSERT(std::abs(found.h[v] - slow[v]) < 1e-6);
    });
}

TEST_CASE("introductions are those that brute force finds")
{
    const auto club = karate();
    const auto three = walks(club.graph, club.sides, 3);
    const Introductions introductions(club.graph, club.sides, three);
    CHECK(introductions.after(16, 29) == Approx(0.7617510555).margin(1e-8));

    Task task;
    const auto best = introductions.best(3, task);
    REQUIRE(best.size() == 3);
    CHECK(best[0].first == 16);
    CHECK(best[0].second == 29);
    CHECK(best[0].after == Approx(0.7617510555).margin(1e-8));

    // Every absent pair across, with the tie really put in and the hubs kept: the same order.
    double lowest = 1;
    for (Vertex u = 0; u < 34; ++u) {
        for (Vertex v = 0; v < 34; ++v) {
            const bool across = club.sides[u] == Side::First && club.sides[v] == Side::Second;
            const auto isHub = [&](Vertex w) {
                return std::ranges::count(three.hubs[0], w) + std::ranges::count(three.hubs[1], w);
            };
            if (!across || isHub(u) + isHub(v) > 0 || club.graph.between(u, v) > 0) continue;
            const auto more = withTie(club.graph, u, v);
            // The added tie must not make other people hubs.
            std::vector<Side> sides = club.sides;
            const auto again = walks(more, sides, 3);
            if (again.hubs != three.hubs) continue;
            CHECK(introductions.after(u, v) == Approx(again.rwc).margin(1e-9));
            lowest = std::min(lowest, again.rwc);
        }
    }
    CHECK(lowest == Approx(best[0].after).margin(1e-9));
}

TEST_CASE("two small circles have no sides to speak of")
{
    const auto graph = tests::plantedGraph(2, 8, 0.8, 0.1, 3).unweighted();
    std::vector<Side> sides(16, Side::First);
    std::fill(sides.begin() + 8, sides.end(), Side::Second);
    Task task;
    CHECK_THROWS_AS(separation(graph, sides, {}, task), Error);
}
