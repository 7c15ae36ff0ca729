#include "core/graph/interest.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/store/people.h"
#include "tests/store/fake.h"
#include "tests/support/words.h"

#include <catch2/catch.hpp>

#include <array>

using namespace kith;
using namespace kith::tests;

namespace {

constexpr std::array<std::array<const char*, 6>, 3> subjects{
    {{"damp", "mould", "landlord", "boiler", "repair", "tenancy"},
     {"bus", "timetable", "fare", "driver", "route", "depot"},
     {"choir", "piano", "concert", "rehearsal", "soprano", "melody"}}};

/// Four groups of six who talk only among themselves: the first two about damp.
Chat town()
{
    Random random(1);
    Chat chat;
    int id = 0;
    for (int round = 0; round < 10; ++round) {
        for (int group = 0; group < 4; ++group) {
            for (int person = 0; person < 6; ++person) {
                std::string text;
                for (int word = 0; word < 3; ++word)
                    text +=
                        std::string(subjects.at(static_cast<std::size_t>(std::max(0, group - 1)))
                                        .at(random.below(6))) +
                        ' ';
                const auto who =
                    std::string(1, static_cast<char>('a' + group)) + std::to_string(person);
                const int at = round * 24 * 60 + group * 100 + person;
                ++id;
                if (person == 0)
                    chat.post(std::to_string(id), who, text, at);
                else
                    chat.reply(std::to_string(id), who, std::to_string(id - 1), at).text = text;
                chat.messages.back().conversation = "place " + std::to_string(group);
            }
        }
    }
    return chat;
}

PersonId called(const Workspace& workspace, const std::string& name)
{
    return peopleCalled(workspace, name).at(0);
}

}  // namespace

TEST_CASE("the layer interest ties those who talk about the same", "[graph][interest]")
{
    Fixture f;
    town().into(f.workspace);
    InterestOptions options;
    options.neighbours = 6;
    const auto layer = interestLayer(f.workspace, {}, options, f.task);
    CHECK(layer.exact);
    CHECK(layer.people.people.size() == 24);
    CHECK(layer.profiles.profiled() == 24);
    const auto between = [&](const std::string& a, const std::string& b) {
        return layer.people.graph.between(*layer.people.vertexOf(called(f.workspace, a)),
                                          *layer.people.vertexOf(called(f.workspace, b)));
    };
    std::size_t across = 0;
    for (int i = 0; i < 6; ++i) {
        for (int j = 0; j < 6; ++j) {
            const auto first = std::to_string(i);
            const auto second = std::to_string(j);
            if (between("a" + first, "b" + second) > 0) ++across;
            CHECK(between("a" + first, "c" + second) == 0);
            CHECK(between("b" + first, "d" + second) == 0);
            CHECK(between("c" + first, "d" + second) == 0);
        }
    }
    CHECK(across >= 20);
    for (Vertex v = 0; v < 24; ++v)
        for (const float weight : layer.people.graph.weights(v)) {
            CHECK(weight >= 0.1F);
            CHECK(weight <= 1.0F);
        }

    Selection chosen;
    chosen.layer = Layer::Interest;
    const auto asked = interactionGraph(f.workspace, chosen, {}, f.task);
    CHECK(asked.people == layer.people.people);
    CHECK(asked.graph.ties() >= layer.people.graph.ties());
    chosen.kinds = {TieKind::Reply};
    CHECK_THROWS_AS(interactionGraph(f.workspace, chosen, {}, f.task), Error);
    CHECK_THROWS_AS(arcsByKind(f.workspace, chosen, {}, {}, f.task), Error);
}

TEST_CASE("a selection's time and least weight hold on the layer interest", "[graph][interest]")
{
    Fixture f;
    town().into(f.workspace);
    Selection chosen;
    chosen.layer = Layer::Interest;
    chosen.minWeight = 0.6;
    const auto strong = interactionGraph(f.workspace, chosen, {}, f.task);
    CHECK(strong.graph.ties() > 0);
    for (Vertex v = 0; v < strong.people.size(); ++v)
        for (const float weight : strong.graph.weights(v)) CHECK(weight >= 0.6F);
    chosen.until = fromMillis(1'700'000'000'000 + 60'000);
    try {
        interactionGraph(f.workspace, chosen, {}, f.task);
        FAIL("two messages are no talk");
    } catch (const Error& error) {
        CHECK(error.kind() == Error::Kind::TooLittleData);
    }
}

TEST_CASE("talk that is dealt out is nobody's own any more", "[graph][interest]")
{
    // Five groups of eight with thirty words each.
    Fixture f;
    Random random(1);
    Chat chat;
    for (std::uint64_t said = 0; said < 480; ++said) {
        const auto group = said % 5;
        std::string text;
        for (int i = 0; i < 6; ++i) text += inventedWord(group * 30 + random.below(30)) + ' ';
        const auto who = std::string(1, static_cast<char>('a' + group)) + std::to_string(said % 40);
        chat.post(std::to_string(said), who, text, static_cast<int>(said) * 60);
    }
    chat.into(f.workspace);
    InterestOptions options;
    options.neighbours = 6;
    const auto layer = interestLayer(f.workspace, {}, options, f.task);
    const auto groupOf = [&](Vertex v) {
        return person(f.workspace, layer.people.people[v])->name.front();
    };
    const auto inside = [&](const Graph& graph) {
        double sum = 0;
        for (Vertex v = 0; v < graph.people(); ++v)
            for (const auto w : graph.neighbours(v))
                if (groupOf(v) == groupOf(w)) sum += static_cast<double>(graph.between(v, w));
        return sum / 2 / graph.total;
    };
    CHECK(inside(layer.people.graph) > 0.95);
    const DealtInterest dealt(f.workspace, {}, layer.people.people, options, f.task);
    const auto one = dealt.graph(0);
    CHECK(one.people() == layer.people.graph.people());
    CHECK(dealt.graph(0).weight == one.weight);
    CHECK(dealt.graph(1).weight != one.weight);
    for (std::uint64_t number = 0; number < 5; ++number) CHECK(inside(dealt.graph(number)) < 0.35);
}
