#include "core/measure/diversity.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/measure/columns.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <rapidcheck/catch.h>

using namespace kith;

namespace {

const std::vector<std::uint64_t> toy{10, 5, 3, 1, 1};
const std::vector<double> census{.817, .093, .040, .029, .021};
const std::vector<std::uint64_t> community{46, 2, 1, 1, 0};

}  // namespace

TEST_CASE("indices of a small community are the published ones")
{
    const auto found = diversity(toy);
    CHECK(found.people == 20);
    CHECK(found.seen == 5);
    CHECK(found.shannon == Approx(1.2772884056).margin(1e-9));
    CHECK(found.millerMadow == Approx(1.3772884056).margin(1e-9));
    CHECK(found.chaoShen == Approx(1.4468321325).margin(1e-9));
    CHECK(found.hill1 == Approx(3.5869003082).margin(1e-9));
    CHECK(found.hill2 == Approx(2.9411764706).margin(1e-9));
    CHECK(found.giniSimpson == Approx(0.66).margin(1e-12));
    CHECK(found.blau == Approx(0.6947368421).margin(1e-9));
    CHECK(found.chao1 == Approx(6).margin(1e-9));
    CHECK(1 / found.largestShare == Approx(2));
    CHECK(rarefied(toy, 10) == Approx(3.8784775596).margin(1e-9));
}

TEST_CASE("a community of fifty is compared with its own size")
{
    Task task;
    DrawOptions options;
    options.draws = 20'000;
    const std::vector<double> shares(community.begin(), community.end());
    CHECK(jensenShannon(shares, census) == Approx(0.0235880682).margin(1e-9));
    CHECK(hellinger(shares, census) == Approx(0.1402461967).margin(1e-9));
    CHECK(shrunkDivergence(community, census) == Approx(0.0107463935).margin(1e-9));
    const auto distance = distanceFrom(community, census, options, task);
    CHECK(distance.jsd == Approx(0.0235880682).margin(1e-9));
    CHECK(distance.chance95 == Approx(0.0404204198).margin(0.002));
    CHECK(distance.p == Approx(0.2999350032).margin(0.012));

    options.threads = 1;
    CHECK(distanceFrom(community, census, options, task).p == distance.p);
}

TEST_CASE("categories with distances")
{
    const std::vector<double> p{.5, .3, .2};
    const std::vector<double> d{0, .2, .9, .2, 0, .8, .9, .8, 0};
    CHECK(raoStirling(p, d) == Approx(0.336).margin(1e-12));
}

TEST_CASE("a forest plot's diversity agrees with another program")
{
    const auto reference = tests::Reference::load();
    if (!reference) return;
    const auto pooled = tests::numberColumn(reference->folder / "bci_pooled.csv", 1);
    const auto plot = tests::numberColumn(reference->folder / "bci_pooled.csv", 2);
    const std::vector<std::uint64_t> all(pooled.begin(), pooled.end());
    const std::vector<std::uint64_t> first(plot.begin(), plot.end());
    reference->check("vegan_BCI_pooled", "shannon", "", diversity(all).shannon);
    reference->check("vegan_BCI_pooled", "inverse_simpson", "", diversity(all).hill2);
    reference->check("vegan_BCI_plot1", "shannon", "", diversity(first).shannon);
    reference->check("vegan_BCI_plot1", "simpson_gini", "", diversity(first).giniSimpson);
}

TEST_CASE("diversity keeps its promises for any counts")
{
    rc::prop("bounds, order and a brute-force twin", [] {
        const auto raw = *rc::gen::nonEmpty(
            rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 9)));
        const auto people = std::accumulate(raw.begin(), raw.end(), std::uint64_t{0});
        RC_PRE(people > 1U);
        const auto found = diversity(raw);
        RC_ASSERT(found.hill2 <= found.hill1 + 1e-9);
        RC_ASSERT(found.hill1 <= static_cast<double>(found.seen) + 1e-9);
        // Every ordered pair of different people, counted one by one.
        std::vector<std::size_t> category;
        for (std::size_t i = 0; i < raw.size(); ++i) category.insert(category.end(), raw[i], i);
        double differ = 0;
        for (std::size_t a = 0; a < category.size(); ++a) {
            for (std::size_t b = 0; b < category.size(); ++b) {
                differ += category[a] != category[b] ? 1 : 0;
            }
        }
        const auto n = static_cast<double>(people);
        RC_ASSERT(std::abs(found.blau - differ / (n * (n - 1))) < 1e-9);
        RC_ASSERT(std::abs(rarefied(raw, people) - static_cast<double>(found.seen)) < 1e-9);
        RC_ASSERT(std::abs(rarefied(raw, 1) - 1) < 1e-9);
    });
}

TEST_CASE("intervals of the effective numbers hold the truth they were drawn from")
{
    Task task;
    DrawOptions options;
    options.draws = 400;
    unsigned held = 0;
    unsigned held2 = 0;
    constexpr unsigned rounds = 100;
    constexpr double rounding = 1e-9;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        Random random(round, 3);
        std::vector<std::uint64_t> counts(5);
        for (int i = 0; i < 60; ++i) ++counts[random.below(5)];
        options.seed = round + 1;
        const auto ranges = hillRanges(counts, options, task);
        const auto found = diversity(counts);
        CHECK(ranges.hill1.low <= found.hill1);
        CHECK(ranges.hill1.high >= found.hill1);
        CHECK(ranges.hill1.low >= 1);
        held += ranges.hill1.low <= 5 && ranges.hill1.high >= 5 - rounding ? 1U : 0U;
        held2 += ranges.hill2.low <= 5 && ranges.hill2.high >= 5 - rounding ? 1U : 0U;
    }
    // Drawn people alone hold an evenly mixed truth in none of a hundred.
    CHECK(held >= 90);
    CHECK(held2 >= 90);

    unsigned uneven = 0;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        Random random(round, 4);
        std::vector<std::uint64_t> counts(3);
        for (int i = 0; i < 60; ++i) ++counts[std::min<std::uint64_t>(2, random.below(8) / 3)];
        const auto range = hillRanges(counts, options, task).hill2;
        constexpr double truth = 1 / (9.0 / 64 + 9.0 / 64 + 4.0 / 64);
        uneven += range.low <= truth && range.high >= truth ? 1U : 0U;
    }
    CHECK(uneven >= 90);

    const std::vector<std::uint64_t> counts{30, 20, 10};
    options.threads = 1;
    const auto one = hillRanges(counts, options, task);
    options.threads = 2;
    CHECK(hillRanges(counts, options, task).hill2.low == one.hill2.low);
    const auto alone = hillRanges(std::vector<std::uint64_t>{9, 0}, options, task);
    CHECK(alone.hill1.low == Approx(1));
    CHECK(alone.hill1.high == Approx(1));
}

TEST_CASE("chance at any size is that of drawing people one by one")
{
    Task task;
    const std::vector<std::uint64_t> counts{700, 200, 100};
    const std::vector<double> shares{.7, .2, .1};
    DrawOptions options;
    options.draws = 4000;
    const auto distance = distanceFrom(counts, shares, options, task);
    std::vector<double> drawn;
    for (std::uint64_t draw = 0; draw < 2000; ++draw) {
        Random random(99, draw);
        std::vector<double> people(3);
        for (int i = 0; i < 1000; ++i) {
            const double at = random.real();
            ++people[at < .7 ? 0 : at < .9 ? 1 : 2];
        }
        drawn.push_back(jensenShannon(people, shares));
    }
    std::sort(drawn.begin(), drawn.end());
    CHECK(distance.chance95 == Approx(drawn[1900]).epsilon(0.08));
    CHECK(distance.p == 1);

    const std::vector<std::uint64_t> nation{81'700'000, 9'300'000, 4'000'000, 2'900'000, 2'100'000};
    options.draws = 200;
    const auto far =
        distanceFrom(nation, std::vector<double>{.8, .1, .04, .03, .03}, options, task);
    CHECK(far.p == Approx(1.0 / 201));
    CHECK(far.chance95 > 0);
    CHECK(far.chance95 < 1e-6);
}

TEST_CASE("nobody has no diversity")
{
    CHECK_THROWS_AS(diversity(std::vector<std::uint64_t>{0, 0}), Error);
}
