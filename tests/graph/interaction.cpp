#include "core/graph/interaction.h"

#include "core/store/people.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace kith;
using namespace kith::tests;

namespace {

constexpr int minutesADay = 24 * 60;

PersonId called(const Workspace& workspace, const std::string& name)
{
    const auto found = peopleCalled(workspace, name);
    REQUIRE(found.size() == 1);
    return found.front();
}

double between(const PeopleGraph& graph, const Workspace& workspace, const char* a, const char* b)
{
    return static_cast<double>(graph.graph.between(*graph.vertexOf(called(workspace, a)),
                                                   *graph.vertexOf(called(workspace, b))));
}

}  // namespace

TEST_CASE("stored replies and mentions become a graph of people", "[graph]")
{
    Fixture f;
    Chat chat;
    chat.post("1", "ann", "hello");
    chat.reply("2", "bob", "1", 1);
    chat.reply("3", "bob", "1", 2);
    chat.reply("4", "bob", "1", 30 * minutesADay);
    chat.reply("5", "ann", "4", 30 * minutesADay + 1);
    chat.say("dan", "nobody answers me", 3);
    chat.into(f.workspace);

    WeightOptions options;
    options.halfLifeDays = 30;
    const auto graph = interactionGraph(f.workspace, {}, options, f.task);
    CHECK(graph.people.size() == 3);
    CHECK(graph.messages == 6);
    CHECK(graph.tieRows.at(TieKind::Reply) == 4);
    CHECK(graph.graph.ties() == 1);
    CHECK(graph.arcs.size() == 2);
    const double back = (1 + std::log(2.0)) / 2 + 1;  // read out on the day of the last tie
    CHECK(between(graph, f.workspace, "ann", "bob") == Approx(back + 1).epsilon(1e-6));
    CHECK(graph.graph.degree(*graph.vertexOf(called(f.workspace, "dan"))) == 0);

    Selection strong;
    strong.minWeight = 10;
    const auto none = interactionGraph(f.workspace, strong, options, f.task);
    CHECK(none.people.size() == 3);
    CHECK(none.graph.ties() == 0);
    CHECK(none.arcs.empty());
}

TEST_CASE("a graph file's ties keep their weights", "[graph]")
{
    Fixture f;
    Chat chat;
    chat.given.push_back({"ann", "bob", 2.5, true, std::nullopt, {}});
    chat.given.push_back({"bob", "cy", 4, false, std::nullopt, {}});
    chat.into(f.workspace);
    const auto graph = interactionGraph(f.workspace, {}, {}, f.task);
    CHECK(graph.people.size() == 3);
    CHECK(between(graph, f.workspace, "ann", "bob") == Approx(2.5));
    CHECK(between(graph, f.workspace, "bob", "cy") == Approx(4));
    CHECK(graph.graph.total == Approx(6.5));
}

TEST_CASE("an empty workspace gives an empty graph", "[graph]")
{
    Fixture f;
    const auto graph = interactionGraph(f.workspace, {}, {}, f.task);
    CHECK(graph.people.empty());
    CHECK(graph.graph.people() == 0);
    CHECK(graph.messages == 0);
}
