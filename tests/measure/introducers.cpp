#include "core/measure/introducers.h"

#include "core/base/random.h"
#include "core/measure/cuts.h"
#include "core/measure/roles.h"
#include "tests/support/data.h"
#include "tests/support/graphs.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

PeopleGraph peopleOf(std::size_t people, const std::vector<Arc>& arcs)
{
    PeopleGraph result;
    result.people.resize(people);
    result.arcs = arcs;
    std::vector<WeightedTie> ties;
    for (const auto& arc : arcs) ties.push_back({arc.from, arc.to, arc.weight});
    result.graph = buildGraph(people, ties);
    return result;
}

/// Everybody answers: both directions have the weight.
void answered(std::vector<Arc>& arcs, Vertex a, Vertex b, float weight)
{
    arcs.push_back({a, b, weight});
    arcs.push_back({b, a, weight});
}

std::vector<Arc> sorted(std::vector<Arc> arcs)
{
    std::sort(arcs.begin(), arcs.end(), [](const Arc& a, const Arc& b) {
        return std::pair(a.from, a.to) < std::pair(b.from, b.to);
    });
    return arcs;
}

/// A: 0 to 3 in a ring of strength 4, B: 4 to 7 in a ring of strength 5; 8 is in neither, tied with
/// 3 to A and 1 to B.
PeopleGraph townWithOneBetween()
{
    std::vector<Arc> arcs;
    for (Vertex i = 0; i < 4; ++i) {
        answered(arcs, i, (i + 1) % 4, 2);
        answered(arcs, 4 + i, 4 + (i + 1) % 4, 2.5F);
    }
    answered(arcs, 8, 0, 3);
    answered(arcs, 8, 4, 1);
    return peopleOf(9, sorted(arcs));
}

std::vector<Side> sidesOfTown()
{
    std::vector<Side> sides(9, Side::First);
    std::fill(sides.begin() + 4, sides.end(), Side::Second);
    sides[8] = Side::Neither;
    return sides;
}

/// How many connected parts a graph has without somebody, or without a tie.
std::size_t parts(const Graph& graph, Vertex without, std::pair<Vertex, Vertex> cut)
{
    std::vector<bool> seen(graph.people());
    std::size_t count = 0;
    for (std::size_t i = 0; i < graph.people(); ++i) {
        if (seen[i] || i == without) continue;
        ++count;
        std::vector<Vertex> part{static_cast<Vertex>(i)};
        seen[i] = true;
        for (std::size_t at = 0; at < part.size(); ++at) {
            for (const Vertex w : graph.neighbours(part[at])) {
                const bool isCut =
                    std::min(part[at], w) == cut.first && std::max(part[at], w) == cut.second;
                if (seen[w] || w == without || isCut) continue;
                seen[w] = true;
                part.push_back(w);
            }
        }
    }
    return count;
}

}  // namespace

TEST_CASE("an introducer is as good as the weaker of both ties")
{
    const auto town = townWithOneBetween();
    const auto found = introducers(town, sidesOfTown(), {}, {});
    CHECK(found.ordinary[0] == Approx(4));
    CHECK(found.ordinary[1] == Approx(5));
    REQUIRE(found.people.size() == 1);
    CHECK(found.people[0].person == 8);
    CHECK(found.people[0].ratio[0] == Approx(0.75));
    CHECK(found.people[0].score == Approx(0.2));
    CHECK(found.pairs.empty());
    // All that joins A and B goes through one person.
    REQUIRE(found.holders.size() == 1);
    CHECK(found.holders[0] == 8);
    CHECK(found.reliance[0] == Approx(1));

    if (const auto reference = Reference::load())
        reference->check("toy_introducer", "introducer_score", "", found.people[0].score);
}

TEST_CASE("whoever has been silent for a month counts half")
{
    std::vector<double> silent(9, 0);
    silent[8] = 30;
    const auto found = introducers(townWithOneBetween(), sidesOfTown(), silent, {});
    REQUIRE(found.people.size() == 1);
    CHECK(found.people[0].recency == Approx(0.5));
    CHECK(found.people[0].score == Approx(0.1));
}

TEST_CASE("ties that nobody answers count half of their weight")
{
    auto arcs = townWithOneBetween().arcs;
    std::erase_if(arcs, [](const Arc& arc) { return arc.from == 4 && arc.to == 8; });
    const auto found = introducers(peopleOf(9, arcs), sidesOfTown(), {}, {});
    REQUIRE(found.people.size() == 1);
    CHECK(found.people[0].score == Approx(0.1));
}

TEST_CASE("when nobody knows both, two who know each other may do it together")
{
    std::vector<Arc> arcs;
    for (Vertex i = 0; i < 4; ++i) {
        answered(arcs, i, (i + 1) % 4, 200);
        answered(arcs, 4 + i, 4 + (i + 1) % 4, 200);
    }
    answered(arcs, 1, 6, 1);
    answered(arcs, 2, 5, 0.5F);
    std::vector<Side> sides(8, Side::First);
    std::fill(sides.begin() + 4, sides.end(), Side::Second);
    const auto found = introducers(peopleOf(8, sorted(arcs)), sides, {}, {});
    CHECK(found.people.empty());
    REQUIRE(found.pairs.size() == 2);
    CHECK(found.pairs[0].first == 1);
    CHECK(found.pairs[0].second == 6);
    CHECK(found.pairs[0].score == Approx(1));
    CHECK(found.pairs[1].score == Approx(0.5));
    // 1 and 6 each hold two thirds of the weight between the groups.
    REQUIRE(found.holders.size() == 4);
    CHECK(found.reliance[0] == Approx(2.0 / 3));
    CHECK(found.reliance[3] == Approx(1.0 / 3));
}

TEST_CASE("groups without ties have no introducers")
{
    PeopleGraph nobody = peopleOf(4, {});
    const std::vector<Side> sides{Side::First, Side::First, Side::Second, Side::Second};
    const auto found = introducers(nobody, sides, {}, {});
    CHECK(found.people.empty());
    CHECK(found.pairs.empty());
    CHECK(found.holders.empty());
    CHECK(introducers(peopleOf(0, {}), {}, {}, {}).people.empty());
}

TEST_CASE("cut people, cut ties and local bridges are those of other programs")
{
    const auto karate = loadGraph(fixture("cluster/data"), "karate");
    REQUIRE(karate);
    const Graph graph = karate->unweighted();
    CHECK(articulationPoints(graph) == std::vector<Vertex>{0});
    CHECK(cutTies(graph) == std::vector<std::pair<Vertex, Vertex>>{{0, 11}});
    CHECK(localBridges(graph).size() == 11);

    const auto reference = Reference::load();
    if (!reference) return;
    for (const char* name : {"karate", "lesmis", "dolphins"}) {
        const auto file = loadGraph(reference->folder, name);
        REQUIRE(file);
        const Graph other = file->unweighted();
        reference->check(name, "articulation_points", "",
                         static_cast<double>(articulationPoints(other).size()));
        reference->check(name, "bridges", "", static_cast<double>(cutTies(other).size()));
        reference->check(name, "local_bridges", "",
                         static_cast<double>(localBridges(other).size()));
    }
}

TEST_CASE("cuts agree with taking people and ties out one by one")
{
    rc::prop("any small graph", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(0, 100'000);
        const auto people = *rc::gen::inRange<std::size_t>(1, 14);
        const Graph graph = randomGraph(people, 0.2, 2, seed).unweighted();
        const auto nobody = static_cast<Vertex>(people);
        const std::pair<Vertex, Vertex> none{nobody, nobody};
        const std::size_t whole = parts(graph, nobody, none);
        std::vector<Vertex> points;
        std::vector<std::pair<Vertex, Vertex>> ties;
        std::vector<std::pair<Vertex, Vertex>> local;
        for (Vertex v = 0; v < people; ++v) {
            const std::size_t alone = graph.degree(v) == 0 ? 1 : 0;
            if (parts(graph, v, none) + alone > whole) points.push_back(v);
            for (const Vertex w : graph.neighbours(v)) {
                if (w < v) continue;
                if (parts(graph, nobody, {v, w}) > whole) ties.emplace_back(v, w);
                bool common = false;
                for (Vertex x = 0; x < people; ++x)
                    common = common || (graph.between(v, x) > 0 && graph.between(w, x) > 0);
                if (!common) local.emplace_back(v, w);
            }
        }
        RC_ASSERT(articulationPoints(graph) == points);
        RC_ASSERT(cutTies(graph) == ties);
        RC_ASSERT(localBridges(graph) == local);
    });
}

TEST_CASE("roles have the published borders")
{
    CHECK(roleOf(0, 0) == Role::Inside);
    CHECK(roleOf(0.05, 2.49) == Role::MostlyInside);
    CHECK(roleOf(0.62, -1) == Role::Connector);
    CHECK(roleOf(0.80, 0) == Role::Everywhere);
    CHECK(roleOf(0.29, 2.5) == Role::HubInside);
    CHECK(roleOf(0.30, 3) == Role::HubConnector);
    CHECK(roleOf(0.75, 3) == Role::HubEverywhere);
    CHECK(name(Role::HubConnector) == "hub and connector");
}
