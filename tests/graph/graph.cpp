#include "core/graph/graph.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/graph/weighting.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <map>
#include <rapidcheck/catch.h>

using namespace kith;

namespace {

std::vector<WeightedTie> someTies(std::size_t people, std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<WeightedTie> ties;
    for (std::size_t i = 0; i < count; ++i)
        ties.push_back({static_cast<Vertex>(random.below(people)),
                        static_cast<Vertex>(random.below(people)),
                        static_cast<float>(random.real() * 3 - 0.3)});
    return ties;
}

bool sameBits(const Graph& a, const Graph& b)
{
    return a.csr.m_forward.m_rowstart == b.csr.m_forward.m_rowstart &&
           a.csr.m_forward.m_column == b.csr.m_forward.m_column && a.weight == b.weight &&
           a.strength == b.strength && a.total == b.total;
}

Time day(int number)
{
    return Time(std::chrono::days(20'000 + number));
}

}  // namespace

TEST_CASE("parallel ties add up, loops and empty weights go", "[graph]")
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const Graph graph = buildGraph(
        5, {{3, 1, 2}, {1, 3, 0.5F}, {2, 2, 9}, {0, 4, 0}, {0, 4, -1}, {0, 4, nan}, {1, 0, 1}});
    CHECK(graph.people() == 5);
    CHECK(graph.ties() == 2);
    CHECK(graph.between(1, 3) == 2.5F);
    CHECK(graph.between(3, 1) == 2.5F);
    CHECK(graph.between(0, 4) == 0.0F);
    CHECK(graph.between(2, 2) == 0.0F);
    CHECK(graph.degree(1) == 2);
    CHECK(graph.neighbours(1)[0] == 0);
    CHECK(graph.strength == std::vector<double>{1, 3.5, 0, 2.5, 0});
    CHECK(graph.total == 3.5);
    CHECK(boost::num_vertices(graph.csr) == 5);
    CHECK(boost::num_edges(graph.csr) == 4);
}

TEST_CASE("a graph without people or ties is a graph", "[graph]")
{
    CHECK(buildGraph(0, {}).people() == 0);
    const Graph graph = buildGraph(3, {});
    CHECK(graph.people() == 3);
    CHECK(graph.ties() == 0);
    CHECK(graph.degree(2) == 0);
    CHECK(graph.total == 0);
}

TEST_CASE("ties that make no sense are refused", "[graph]")
{
    CHECK_THROWS_AS(buildGraph(2, {{0, 2, 1}}), Error);
    CHECK_THROWS_AS(buildGraph(2, {{0, 1, std::numeric_limits<float>::infinity()}}), Error);
}

TEST_CASE("a built graph agrees with a map of pairs and not with the order of ties", "[graph]")
{
    rc::prop("any ties", [] {
        const auto people = *rc::gen::inRange<std::size_t>(1, 30);
        const auto count = *rc::gen::inRange<std::size_t>(0, 300);
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        auto ties = someTies(people, count, seed);
        std::map<std::pair<Vertex, Vertex>, double> expected;
        for (const auto& tie : ties)
            if (tie.a != tie.b && tie.weight > 0)
                expected[std::minmax(tie.a, tie.b)] += static_cast<double>(tie.weight);

        const Graph graph = buildGraph(people, ties);
        RC_ASSERT(graph.ties() == expected.size());
        for (const auto& [pair, weight] : expected) {
            RC_ASSERT(std::abs(static_cast<double>(graph.between(pair.first, pair.second)) -
                               weight) < 1e-5 * weight);
            RC_ASSERT(graph.between(pair.first, pair.second) ==
                      graph.between(pair.second, pair.first));
        }
        for (std::size_t v = 0; v < people; ++v) {
            const auto row = graph.neighbours(static_cast<Vertex>(v));
            RC_ASSERT(std::adjacent_find(row.begin(), row.end(), std::greater_equal<>()) ==
                      row.end());
        }
        Random random(seed, 1);
        random.shuffle(std::span(ties));
        for (auto& tie : ties)
            if (random.chance(0.5)) std::swap(tie.a, tie.b);
        RC_ASSERT(sameBits(graph, buildGraph(people, ties)));
    });
}

TEST_CASE("two replies and one a month later weigh what the method says", "[graph]")
{
    WeightOptions options;
    options.halfLifeDays = 30;
    const std::vector<TieEvent> events{{0, 1, TieKind::Reply, day(0), 1},
                                       {0, 1, TieKind::Reply, day(0) + std::chrono::hours(3), 1},
                                       {0, 1, TieKind::Reply, day(30), 1}};
    const auto arcs = weighArcs(events, options, day(60));
    REQUIRE(arcs.size() == 1);
    CHECK(arcs[0].weight == Approx(0.923287).margin(1e-6));

    options.halfLifeDays = 0;
    CHECK(weighArcs(events, options, day(60))[0].weight == Approx(2 + std::log(2.0)));
}

TEST_CASE("one event counts one, shares of events less, many saturate", "[graph]")
{
    CHECK(saturated(1) == 1);
    CHECK(saturated(0.25) == 0.25);
    CHECK(saturated(40) == Approx(1 + std::log(40.0)));
}

TEST_CASE("kinds are scaled and added, given ties neither fade nor saturate", "[graph]")
{
    WeightOptions options;
    options.halfLifeDays = 10;
    const auto weight = [&](std::vector<TieEvent> events) {
        const auto arcs = weighArcs(events, options, day(10));
        return arcs.empty() ? 0.0 : static_cast<double>(arcs.at(0).weight);
    };
    CHECK(weight({{0, 1, TieKind::Mention, day(10), 0.5}}) == Approx(0.375));
    CHECK(weight({{0, 1, TieKind::Reaction, day(0), 1}}) == Approx(0.125));
    CHECK(weight({{0, 1, TieKind::Reaction, day(0), 1}, {0, 1, TieKind::Reply, day(10), 1}}) ==
          Approx(1.125));
    CHECK(weight({{0, 1, TieKind::Given, day(-500), 7}, {0, 1, TieKind::Given, {}, 2}}) ==
          Approx(9));
    CHECK(weight({{0, 1, TieKind::Reply, {}, 1}}) == Approx(1));
    CHECK(weight({{4, 4, TieKind::Reply, day(10), 1}}) == 0);
    options.lambda[static_cast<std::size_t>(TieKind::Reply)] = 0;
    CHECK(weight({{0, 1, TieKind::Reply, day(10), 1}}) == 0);
    options.lambda[1] = -1;
    CHECK_THROWS_AS(weight({{0, 1, TieKind::Reply, day(10), 1}}), Error);
}

TEST_CASE("arcs come by from and to whatever the order of events", "[graph]")
{
    std::vector<TieEvent> events;
    Random random(4);
    for (int i = 0; i < 500; ++i)
        events.push_back({static_cast<Vertex>(random.below(6)),
                          static_cast<Vertex>(random.below(6)),
                          allTieKinds[random.below(allTieKinds.size())],
                          day(static_cast<int>(random.below(20))), random.real()});
    const auto arcs = weighArcs(events, {}, day(20));
    CHECK(arcs.size() == 30);
    random.shuffle(std::span(events));
    const auto again = weighArcs(events, {}, day(20));
    REQUIRE(arcs.size() == again.size());
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        CHECK(arcs[i].from == again[i].from);
        CHECK(arcs[i].to == again[i].to);
        CHECK(arcs[i].weight == again[i].weight);
        if (i > 0)
            CHECK(std::pair(arcs[i - 1].from, arcs[i - 1].to) <
                  std::pair(arcs[i].from, arcs[i].to));
    }
}

TEST_CASE("weak pairs are judged by both directions together", "[graph]")
{
    const std::vector<Arc> arcs{{0, 1, 0.6F}, {1, 0, 0.6F}, {1, 2, 0.9F}, {3, 0, 1.5F}};
    const auto strong = strongArcs(arcs, 1);
    REQUIRE(strong.size() == 3);
    CHECK(strong[0].to == 1);
    CHECK(strong[1].to == 0);
    CHECK(strong[2].from == 3);
    CHECK(strongArcs(arcs, 0).size() == 4);
}

TEST_CASE("people are found by their id", "[graph]")
{
    PeopleGraph graph;
    graph.people = {PersonId{3}, PersonId{5}, PersonId{90}};
    CHECK(graph.vertexOf(PersonId{5}) == std::optional<Vertex>(1));
    CHECK_FALSE(graph.vertexOf(PersonId{4}));
    CHECK_FALSE(graph.vertexOf(PersonId{91}));
}
