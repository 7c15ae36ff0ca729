#include "core/graph/backbone.h"

#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <rapidcheck/catch.h>
#include <vector>

using namespace kith;

TEST_CASE("a tie stays in the backbone when it surprises one of its ends")
{
    // 0 has ties of 8, 1 and 1; the others have no second tie, so they never keep one.
    const auto graph = buildGraph(4, {{0, 1, 8}, {0, 2, 1}, {0, 3, 1}});
    const auto ties = disparity(graph);
    REQUIRE(ties.size() == 3);
    CHECK(ties[0].a == 0);
    CHECK(ties[0].b == 1);
    CHECK(ties[0].alpha == Approx(0.2 * 0.2));
    CHECK(ties[1].alpha == Approx(0.9 * 0.9));
    const auto kept = backbone(graph, 0.05);
    CHECK(kept.people() == 4);
    CHECK(kept.ties() == 1);
    CHECK(kept.between(0, 1) == 8);
    CHECK(disparity(buildGraph(2, {{0, 1, 5}})).front().alpha == 1);
    CHECK(backbone(buildGraph(0, {}), 0.5).people() == 0);
}

TEST_CASE("the backbone grows with alpha")
{
    rc::prop("and an alpha above 1 keeps all", [] {
        const auto graph = tests::randomGraph(*rc::gen::inRange<std::size_t>(2, 20), 0.4, 9,
                                              *rc::gen::arbitrary<std::uint64_t>())
                               .weighted();
        std::size_t before = 0;
        for (const double alpha : {0.01, 0.1, 0.3, 0.8, 1.1}) {
            const auto kept = backbone(graph, alpha).ties();
            RC_ASSERT(kept >= before);
            before = kept;
        }
        RC_ASSERT(before == graph.ties());
    });
}

TEST_CASE("a meeting hands out the same total however big it is")
{
    const auto pairs = projection(4, {{0, 1}, {2, 0, 1}, {3}, {1, 1, 3}});
    REQUIRE(pairs.size() == 4);
    CHECK(pairs[0].a == 0);
    CHECK(pairs[0].b == 1);
    CHECK(pairs[0].shared == 2);
    CHECK(pairs[0].newman == Approx(1.5));
    CHECK(pairs[0].jaccard == Approx(2.0 / 3));
    CHECK(pairs[1].newman == Approx(0.5));
    CHECK(pairs[3].b == 3);
    CHECK(projection(0, {}).empty());

    rc::prop("each person who met anybody gets 1 a meeting", [] {
        const auto meetings = *rc::gen::container<std::vector<std::vector<Vertex>>>(
            rc::gen::container<std::vector<Vertex>>(rc::gen::inRange<Vertex>(0, 8)));
        std::vector<double> got(8);
        std::vector<double> due(8);
        for (auto present : meetings) {
            std::sort(present.begin(), present.end());
            present.erase(std::unique(present.begin(), present.end()), present.end());
            if (present.size() < 2) continue;
            for (const auto v : present) due[v] += 1;
        }
        for (const auto& pair : projection(8, meetings)) {
            got[pair.a] += pair.newman;
            got[pair.b] += pair.newman;
        }
        for (std::size_t v = 0; v < 8; ++v) RC_ASSERT(std::abs(got[v] - due[v]) < 1e-9);
    });
}
