#include "core/journey/agreement.h"

#include "core/base/error.h"
#include "tests/support/data.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <rapidcheck/catch.h>

using namespace kith;

namespace {

/// Krippendorff's example of four coders and twelve units with gaps (2011, section C).
std::vector<CodedUnit> example()
{
    return {{1, 1, 1},    {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4},
            {4, 4, 4, 4}, {1, 1, 2, 1}, {2, 2, 2, 2}, {5, 5, 5},    {1, 1},       {3}};
}

}  // namespace

TEST_CASE("the published example has the published alphas")
{
    CHECK(*krippendorffAlpha(example(), CodeScale::Nominal) == Approx(0.7434210526).margin(1e-9));
    CHECK(*krippendorffAlpha(example(), CodeScale::Ordinal) == Approx(0.8153875038).margin(1e-9));
    CHECK(*krippendorffAlpha(example(), CodeScale::Interval) == Approx(0.8491071429).margin(1e-9));
    CHECK(*krippendorffAlpha(example(), CodeScale::Ratio) == Approx(0.7974027747).margin(1e-9));
}

TEST_CASE("kappa of two coders")
{
    const auto kappa = cohenKappa(20, 5, 10, 15);
    CHECK(kappa.kappa == Approx(0.4).margin(1e-9));
    CHECK(kappa.variance == Approx(0.016128).margin(1e-8));
    CHECK(kappa.low == Approx(0.1510922905).margin(1e-5));
    CHECK(kappa.high == Approx(0.6489077095).margin(1e-5));
    CHECK_THROWS_AS(cohenKappa(10, 0, 0, 0), Error);
}

TEST_CASE("alpha of two coders without gaps is one minus observed over expected disagreement")
{
    rc::prop("a brute-force twin", [] {
        const auto count = *rc::gen::inRange<std::size_t>(2, 15);
        std::vector<CodedUnit> units;
        std::vector<double> values;
        for (std::size_t i = 0; i < count; ++i) {
            units.push_back({double(*rc::gen::inRange(0, 3)), double(*rc::gen::inRange(0, 3))});
            values.insert(values.end(), units.back().begin(), units.back().end());
        }
        double observed = 0;
        for (const auto& unit : units) observed += unit[0] != unit[1] ? 1 : 0;
        observed /= static_cast<double>(count);
        double pairs = 0;
        double differ = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            for (std::size_t j = 0; j < values.size(); ++j) {
                if (i == j) continue;
                ++pairs;
                differ += values[i] != values[j] ? 1 : 0;
            }
        }
        const auto alpha = krippendorffAlpha(units, CodeScale::Nominal);
        RC_ASSERT(alpha.has_value() == (differ > 0));
        if (alpha) RC_ASSERT(std::abs(*alpha - (1 - observed / (differ / pairs))) < 1e-9);
    });
}

TEST_CASE("an interval holds its alpha on any number of threads")
{
    Task task;
    const auto two = alphaRange(example(), CodeScale::Nominal, 500, 1, 2, task);
    const auto one = alphaRange(example(), CodeScale::Nominal, 500, 1, 1, task);
    CHECK(two.low == one.low);
    CHECK(two.high == one.high);
    CHECK(two.low <= two.alpha);
    CHECK(two.high >= two.alpha);
    CHECK(two.units == 11);
    CHECK_THROWS_AS(alphaRange({{1}, {2}}, CodeScale::Nominal, 10, 1, 1, task), Error);
}
