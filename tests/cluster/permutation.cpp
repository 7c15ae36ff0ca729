#include "core/cluster/permutation.h"

#include "core/base/random.h"
#include "core/cluster/homophilypanel.h"
#include "core/cluster/shuffledties.h"

#include <catch2/catch.hpp>

#include <span>
#include <string>

// Shuffles are gone through many at a time; what comes out is that of one after the other.

using namespace kith;

namespace {

/// Ties at random, of which a share joins people of one value.
struct Town {
    Graph graph;
    NominalValues values;

    Town(std::size_t people, std::size_t count, double alike) : values(valuesOf(people, count))
    {
        Random random(11);
        std::vector<WeightedTie> ties;
        while (ties.size() < 3 * people) {
            const auto a = static_cast<Vertex>(random.below(people));
            const auto b = static_cast<Vertex>(random.below(people));
            if (a % count == b % count || !random.chance(alike)) ties.push_back({a, b, 1});
        }
        graph = buildGraph(people, std::move(ties));
    }

private:
    static NominalValues valuesOf(std::size_t people, std::size_t count)
    {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < people; ++i)
            texts.push_back("v" + std::to_string(1'000 + i % count));
        return nominalValues(texts);
    }
};

/// One after the other, as Besag and Clifford say.
PermutationTest::Result oneByOne(const known::Part& part, const PermutationOptions& options)
{
    const auto inside = [&](const std::vector<std::int32_t>& values) {
        std::size_t count = 0;
        for (const auto& tie : part.ties) count += values[tie.a] == values[tie.b];
        return count;
    };
    unsigned reached = 0;
    for (unsigned b = 0; b < options.permutations; ++b) {
        auto values = part.values;
        Random(options.seed, b).shuffle(std::span(values));
        reached += inside(values) >= inside(part.values);
        if (reached == 20) return {20.0 / (b + 1), b + 1};
    }
    return {(1.0 + reached) / (1.0 + options.permutations), options.permutations};
}

template <class Value>
void checkSideBySide(const Town& town)
{
    const auto part = known::part(town.graph, town.values);
    const known::ShuffledTies<Value> ties(part);
    std::vector<std::vector<Value>> shuffles;
    for (std::size_t many = 1; many <= ties.together; ++many) {
        shuffles.push_back(ties.values());
        Random(5, many).shuffle(std::span(shuffles.back()));
        const auto counts = ties.inside(shuffles);
        for (std::size_t i = 0; i < many; ++i) CHECK(counts[i] == ties.inside(shuffles[i]));
    }
}

}  // namespace

TEST_CASE("ties inside are counted alike for many shuffles at a time", "[cluster]")
{
    checkSideBySide<std::uint8_t>(Town(700, 4, 1));
    checkSideBySide<std::uint8_t>(Town(90, 2, 0.2));
    checkSideBySide<std::int32_t>(Town(700, 300, 0.5));
}

TEST_CASE("shuffles counted together say what they say one by one", "[cluster]")
{
    const std::size_t values = GENERATE(2U, 5U, 300U);
    const double alike = GENERATE(1.0, 0.97, 0.9, 0.5);
    const Town town(600, values, alike);
    PanelOptions options;
    options.bootstraps = 0;
    options.seed = 3;
    const auto expected = oneByOne(known::part(town.graph, town.values), options);
    options.threads = GENERATE(1U, 3U);
    Task task;
    const auto panel = homophilyPanel(town.graph, town.values, options, task);
    CHECK(panel.pFree == expected.p);
    if (!panel.byActivity) CHECK(panel.permutations == expected.permutations);
}

TEST_CASE("permutations may be handed out in groups of any size", "[cluster]")
{
    PermutationOptions options;
    options.permutations = GENERATE(1U, 63U, 65U, 500U, 999U);
    options.threads = 2;
    const PermutationTest test(options);
    const auto reached = [](std::uint64_t b, std::size_t statistic) {
        return Random(statistic, b).chance(0.01 + 0.2 * static_cast<double>(statistic));
    };
    Task task;
    const auto one = test.run(
        3,
        [&](std::uint64_t b, std::vector<std::uint8_t>& flags) {
            for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = reached(b, i);
        },
        task);
    for (const std::size_t together : {2U, 7U, 16U, 1'000U}) {
        const auto many = test.runTogether(
            3, together,
            [&](const PermutationTest::Group& group) {
                for (std::size_t b = 0; b < group.flags.size(); ++b)
                    for (std::size_t i = 0; i < 3; ++i)
                        group.flags[b][i] = group.counts(i) && reached(group.first + b, i);
            },
            task);
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(many[i].p == one[i].p);
            CHECK(many[i].permutations == one[i].permutations);
        }
    }
}
