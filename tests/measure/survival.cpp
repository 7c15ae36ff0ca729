#include "core/measure/survival.h"

#include "core/base/error.h"
#include "tests/measure/columns.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <rapidcheck/catch.h>

using namespace kith;

TEST_CASE("survival of a small group, by hand")
{
    // 5 people: one leaves on day 2, one is censored on day 3, two leave on day 4.
    const auto steps =
        kaplanMeier({{2, true, 0}, {3, false, 0}, {4, true, 0}, {4, true, 0}, {9, false, 0}});
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].atRisk == 5);
    CHECK(steps[0].survival == Approx(0.8));
    CHECK(steps[1].atRisk == 3);
    CHECK(steps[1].survival == Approx(0.8 / 3));
    CHECK(steps[1].error == Approx(0.8 / 3 * std::sqrt(1.0 / 20 + 2.0 / 3)));
    CHECK(medianStay(steps) == std::optional<double>(4));
    CHECK(restrictedMean(steps, 5) == Approx(2 + 2 * 0.8 + 0.8 / 3));
    CHECK(survivalAt(steps, 1).survival == 1);
}

TEST_CASE("who comes late is at risk only from then on")
{
    const auto steps = kaplanMeier({{2, true, 0}, {5, true, 3}, {6, true, 0}});
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].atRisk == 2);
    CHECK(steps[1].atRisk == 2);
    CHECK(steps[2].atRisk == 1);
}

TEST_CASE("survival agrees with another program")
{
    const auto reference = tests::Reference::load();
    if (!reference) return;
    const auto time = tests::numberColumn(reference->folder / "aml.csv", 0);
    const auto event = tests::numberColumn(reference->folder / "aml.csv", 1);
    const auto group = tests::textColumn(reference->folder / "aml.csv", 2);
    std::vector<std::vector<Stay>> groups;
    for (const std::string which : {"Maintained", "Nonmaintained"}) {
        std::vector<Stay> stays;
        for (std::size_t i = 0; i < time.size(); ++i) {
            if (group[i] == which) stays.push_back({time[i], event[i] > 0, 0});
        }
        REQUIRE(stays.size() > 5);
        const auto steps = kaplanMeier(stays);
        const std::string in = "group=" + which;
        reference->check("aml", "km_median", in, medianStay(steps).value());
        reference->check("aml", "restricted_mean_30", in, restrictedMean(steps, 30));
        for (const int t : {12, 24}) {
            const auto at = survivalAt(steps, t);
            const std::string then = in + ", t=" + std::to_string(t);
            reference->check("aml", "km_survival", then, at.survival);
            reference->check("aml", "km_std_err_greenwood", then, at.error);
        }
        const auto at = survivalAt(steps, 24);
        reference->check("aml", "km_ci95_loglog_low", in + ", t=24", at.low);
        reference->check("aml", "km_ci95_loglog_high", in + ", t=24", at.high);
        groups.push_back(stays);
    }
    const auto test = logRank(groups);
    reference->check("aml", "logrank_chisq", "", test.chiSquare);
    reference->check("aml", "logrank_p", "", test.p);
    CHECK(test.degrees == 1);
}

TEST_CASE("survival is the product of days, for any stays")
{
    rc::prop("a brute-force twin", [] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 20);
        std::vector<Stay> stays;
        for (std::size_t i = 0; i < count; ++i) {
            stays.push_back(
                {static_cast<double>(*rc::gen::inRange(1, 10)), *rc::gen::arbitrary<bool>(), 0});
        }
        const auto steps = kaplanMeier(stays);
        double survival = 1;
        for (int day = 1; day < 10; ++day) {
            double n = 0;
            double d = 0;
            for (const Stay& stay : stays) {
                n += stay.days >= day ? 1 : 0;
                d += stay.days == day && stay.left ? 1 : 0;
            }
            if (d > 0) survival *= 1 - d / n;
            RC_ASSERT(std::abs(survivalAt(steps, day).survival - survival) < 1e-12);
        }
    });
}

TEST_CASE("three groups that leave alike do not differ, and three that do not do")
{
    std::vector<std::vector<Stay>> alike(3);
    std::vector<std::vector<Stay>> apart(3);
    for (int i = 0; i < 30; ++i) {
        for (int g = 0; g < 3; ++g) {
            alike[static_cast<std::size_t>(g)].push_back({double(i % 10 + 1), true, 0});
            apart[static_cast<std::size_t>(g)].push_back({double((g + 1) * (i % 10 + 1)), true, 0});
        }
    }
    CHECK(logRank(alike).p == Approx(1));
    CHECK(logRank(alike).degrees == 2);
    CHECK(logRank(apart).p < 1e-4);
    CHECK_THROWS_AS(logRank({alike[0]}), Error);
}

TEST_CASE("shares and concentration")
{
    CHECK(wilson(8, 10).low == Approx(0.4901625).margin(1e-6));
    CHECK(wilson(8, 10).high == Approx(0.9433178).margin(1e-6));
    CHECK(wilson(0, 0).high == 1);
    CHECK(gini({1, 1, 1, 1}) == Approx(0).margin(1e-12));
    CHECK(gini({0, 0, 0, 1}) == Approx(0.75));
    CHECK(topShare({10, 1, 1, 1, 1, 1, 1, 1, 1, 2}, 0.1) == Approx(0.5));
}
