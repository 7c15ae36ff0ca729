#include "core/measure/diversity.h"

#include "core/base/error.h"
#include "tests/measure/columns.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

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

TEST_CASE("nobody has no diversity")
{
    CHECK_THROWS_AS(diversity(std::vector<std::uint64_t>{0, 0}), Error);
}
