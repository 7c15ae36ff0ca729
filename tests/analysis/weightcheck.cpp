#include "core/analysis/weightcheck.h"

#include "core/graph/interaction.h"
#include "tests/store/fake.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

/// Two groups by replies, two others by mentions, so that the weights decide which are found.
void crossed(Workspace& workspace)
{
    Chat chat;
    int id = 0;
    int minute = 0;
    const auto name = [](int who) { return "p" + std::to_string(who); };
    for (int a = 0; a < 12; ++a) {
        for (int b = 0; b < 12; ++b) {
            if (a == b) continue;
            if (a % 2 == b % 2) {
                const auto asked = std::to_string(++id);
                chat.post(asked, name(b), "a question");
                chat.reply(std::to_string(++id), name(a), asked, ++minute);
            }
            if (a / 6 == b / 6) {
                auto& named = chat.post(std::to_string(++id), name(a), "look here", ++minute);
                named.ties.push_back({TieKind::Mention, name(b), {}, 1});
            }
        }
    }
    chat.into(workspace);
}

}  // namespace

TEST_CASE("kinds of ties add up to the graph, and to another when weighed otherwise", "[weights]")
{
    Fixture f;
    crossed(f.workspace);
    Task task;
    const auto whole = interactionGraph(f.workspace, {}, {}, task);
    const auto kinds = arcsByKind(f.workspace, {}, {}, {}, task);
    REQUIRE(kinds.size() >= 2);
    const std::vector<double> one(kinds.size(), 1.0);
    const auto again = scaledGraph(whole.people.size(), kinds, one, 0);
    REQUIRE(again.ties() == whole.graph.ties());
    for (Vertex v = 0; v < whole.people.size(); ++v)
        CHECK(again.strength[v] == Approx(whole.graph.strength[v]));
    auto doubled = one;
    doubled[0] = 2;
    CHECK(scaledGraph(whole.people.size(), kinds, doubled, 0).total > whole.graph.total * 1.1);
}

TEST_CASE("groups that hang on the weights are said to, and others not", "[weights]")
{
    Task task;
    Fixture f;
    crossed(f.workspace);
    AnalysisOptions options;
    options.threads = 2;
    const auto crossedGroups = analyse(f.workspace, options, task);
    const auto hanging = checkWeights(f.workspace, *crossedGroups, {}, task);
    CHECK(hanging.draws == 20);
    CHECK(hanging.agreement < 0.8);
    CHECK_FALSE(hanging.settled);
    CHECK(weightSentence(hanging).finding ==
          "The groups depend on how the kinds of ties are weighed.");

    const TempFolder folder;
    const auto plain = village(folder);
    const auto found = analyse(plain, options, task);
    const auto firm = checkWeights(plain, *found, {}, task);
    CHECK(firm.settled);
    CHECK(firm.agreement > 0.9);
}

TEST_CASE("the check of weights does not depend on threads", "[weights]")
{
    Task task;
    Fixture f;
    crossed(f.workspace);
    AnalysisOptions options;
    options.threads = 1;
    const auto one = checkWeights(f.workspace, *analyse(f.workspace, options, task), {}, task);
    options.threads = 2;
    const auto two = checkWeights(f.workspace, *analyse(f.workspace, options, task), {}, task);
    CHECK(one.agreement == two.agreement);
    CHECK(one.lowest == two.lowest);
}
