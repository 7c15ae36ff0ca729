#include "core/layout/scene.h"

#include "core/base/error.h"
#include "core/layout/contour.h"
#include "tests/layout/town.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>
#include <set>

using namespace kith;

TEST_CASE("contours go round what is above nought, and round holes the other way", "[layout]")
{
    Field ring;
    ring.step = 0.05;
    ring.columns = ring.rows = 81;
    for (std::size_t row = 0; row < 81; ++row) {
        for (std::size_t column = 0; column < 81; ++column) {
            const double far = std::hypot(0.05 * static_cast<double>(column) - 2,
                                          0.05 * static_cast<double>(row) - 2);
            ring.value.push_back(0.5 - std::abs(far - 1));  // between radius 0.5 and 1.5
        }
    }
    auto lines = contours(ring);
    REQUIRE(lines.size() == 2);
    if (signedArea(lines[0]) < 0) std::swap(lines[0], lines[1]);
    CHECK(signedArea(lines[0]) == Approx(std::numbers::pi * 2.25).epsilon(0.01));
    CHECK(signedArea(lines[1]) == Approx(-std::numbers::pi * 0.25).epsilon(0.01));
    CHECK(contains(lines[0], {2, 2}));
    CHECK_FALSE(contains(lines[0], {3.9, 2}));
    CHECK(signedArea(rounded(lines[0], 2)) == Approx(signedArea(lines[0])).epsilon(0.01));
}

TEST_CASE("contours close at the rim and at saddles", "[layout]")
{
    Field full{{0, 0}, 1, 2, 2, {1, 1, 1, 1}};
    CHECK(contours(full).size() == 1);
    Field saddle{{0, 0}, 1, 2, 2, {1, -1, -1, 1}};
    CHECK(contours(saddle).size() == 2);
    CHECK(contours(Field{}).empty());
}

namespace {

SceneInput inputOf(const tests::Town& town)
{
    Task task;
    SceneInput input;
    input.positions = layoutMap(town.graph, town.clusterOf, {}, task);
    input.clusterOf = town.clusterOf;
    input.clusterColour = {0, 1, 2, 3, 4};
    input.clusterLabel = {"bins", "choir"};
    for (Vertex v = 0; v < town.graph.people(); ++v)
        input.personSize.push_back(town.graph.strength[v]);
    return input;
}

}  // namespace

TEST_CASE("territories hold most of their own people, and do not overlap", "[layout]")
{
    const auto town = tests::town(400, 6, 4);
    const auto input = inputOf(town);
    const auto scene = mapScene(town.graph, input);

    REQUIRE(scene.territories.size() == 6);
    std::size_t own = 0;
    std::size_t all = 0;
    std::size_t twice = 0;
    for (std::size_t v = 0; v < input.positions.size(); ++v) {
        std::set<int> in;
        for (const auto& territory : scene.territories) {
            for (const auto& outline : territory.outline) {
                if (contains(outline, input.positions[v])) in.insert(territory.cluster);
            }
        }
        if (in.size() > 1) ++twice;
        if (input.clusterOf[v] < 0) continue;
        ++all;
        if (in.contains(input.clusterOf[v])) ++own;
    }
    CHECK(own * 100 > all * 92);
    CHECK(twice == 0);
    for (std::size_t i = 0; i < scene.territories.size(); ++i) {
        const auto& territory = scene.territories[i];
        CHECK(contains(territory.outline.front(), territory.labelAt));
        CHECK(territory.colour == (territory.cluster < 5 ? territory.cluster : -1));
        if (i > 0) CHECK(scene.territories[i - 1].people >= territory.people);
    }
}

TEST_CASE("a scene draws the strongest ties, weakest first, and the smallest people first",
          "[layout]")
{
    const auto town = tests::town(200, 4, 4);
    auto input = inputOf(town);
    input.tieBudget = 50;
    const auto scene = mapScene(town.graph, input);

    REQUIRE(scene.ties.size() == 50);
    CHECK(scene.tiesInAll == town.graph.ties());
    CHECK(scene.ties.back().strength == 1);
    float weakest = 1e9F;
    for (std::size_t i = 0; i < 50; ++i) {
        const auto& tie = scene.ties[i];
        if (i > 0) CHECK(scene.ties[i - 1].strength <= tie.strength);
        CHECK(tie.crossing == (town.clusterOf[tie.a] != town.clusterOf[tie.b]));
        weakest = std::min(weakest, town.graph.between(tie.a, tie.b));
    }
    std::size_t stronger = 0;
    for (const float weight : town.graph.weight) stronger += weight > weakest ? 1U : 0U;
    CHECK(stronger / 2 < 50);
    CHECK(scene.people.front().size <= scene.people.back().size);
    CHECK(scene.people.back().size == 1);
    CHECK(scene.peopleInAll == 200);
}

TEST_CASE("small clusters have no territory; wrong sizes are refused; colours end in grey",
          "[layout]")
{
    const Graph pair = buildGraph(2, {{0, 1, 1}});
    SceneInput input;
    input.positions = {{0.4, 0.5}, {0.6, 0.5}};
    input.clusterOf = {0, 0};
    CHECK(mapScene(pair, input).territories.empty());
    CHECK(mapScene(buildGraph(0, {}), {}).people.empty());
    input.clusterOf = {0};
    CHECK_THROWS_AS(mapScene(pair, input), Error);

    std::set<std::string> colours;
    for (int c = 0; c < static_cast<int>(territoryColours); ++c) colours.insert(territoryColour(c));
    CHECK(colours.size() == territoryColours);
    CHECK(std::string(territoryColour(-1)) == territoryColour(99));
    CHECK_FALSE(colours.contains(territoryColour(-1)));
}
