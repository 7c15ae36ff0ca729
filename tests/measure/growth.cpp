#include "core/measure/growth.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/measure/columns.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace kith;
using tests::fixture;
using tests::numberColumn;

namespace {

std::vector<double> countsOf(const std::string& shape)
{
    return numberColumn(fixture("measure/data/growth_" + shape + ".csv"), 1);
}

Growth fitted(const std::vector<double>& counts, GrowthOptions options = {})
{
    Task task;
    return fitGrowth(counts, options, task);
}

/// A Poisson draw by counting uniform products: slow, plain, only for tests.
double poisson(double mean, Random& random)
{
    const double limit = std::exp(-mean);
    double product = random.real();
    double count = 0;
    for (; product > limit; ++count) product *= random.real();
    return count;
}

}  // namespace

TEST_CASE("each synthetic file is best described by the shape it was made with")
{
    for (const GrowthShape shape : allGrowthShapes) {
        INFO(name(shape));
        CHECK(fitted(countsOf(std::string(name(shape)))).best == shape);
    }
}

TEST_CASE("fits agree with another program's to its own tolerance")
{
    const auto reference = tests::Reference::load();
    if (!reference) return;
    for (const GrowthShape truth : allGrowthShapes) {
        const std::string dataset = "growth_" + std::string(name(truth));
        const auto growth = fitted(countsOf(std::string(name(truth))));
        for (const GrowthFit& fit : growth.fits) {
            const auto& row = reference->row(dataset, "growth_AICc_delta",
                                             "model=" + std::string(name(fit.shape)));
            INFO(dataset << " " << row.parameters);
            // Where a curve bends too little to tell, the other search stopped a little above ours.
            CHECK(fit.delta <= std::stod(row.value) + std::stod(row.tolerance));
            CHECK(fit.delta >= std::stod(row.value) - 0.15);
        }
        const auto& best = growth.fits[static_cast<std::size_t>(truth)];
        reference->check(dataset, "growth_loglik", "", best.logLikelihood);
        reference->check(dataset, "growth_dispersion_k", "", best.dispersion);
        for (std::size_t i = 0; i < best.parameters.size(); ++i) {
            reference->check(dataset, "growth_parameter", "parameter " + std::to_string(i + 1),
                             best.parameters[i]);
        }
    }
    const auto growth = fitted(countsOf("exponential"));
    reference->check("growth_exponential", "doubling_time_days", "", growth.doublingDays);
    reference->check("growth_exponential", "growth_rate_profile95_low", "", growth.rateLow);
    reference->check("growth_exponential", "growth_rate_profile95_high", "", growth.rateHigh);
    reference->check("growth_exponential", "doubling_time_95_low", "", growth.doublingLow);
    reference->check("growth_exponential", "doubling_time_95_high", "", growth.doublingHigh);
}

TEST_CASE("the doubling time of the exponential file holds what it was made with")
{
    const auto growth = fitted(countsOf("exponential"));
    CHECK(growth.doublingDays == Approx(11.4867).margin(0.03));
    CHECK(growth.doublingLow == Approx(10.695).margin(0.05));
    CHECK(growth.doublingHigh == Approx(12.4015).margin(0.05));
}

TEST_CASE("quiet week-ends do not hide the shape")
{
    std::vector<double> counts;
    Random random(7);
    for (int day = 0; day < 70; ++day) {
        const double weekend = day % 7 >= 5 ? 0.3 : 1.28;
        counts.push_back(poisson(weekend * 4 * std::exp(0.05 * day), random));
    }
    GrowthOptions options;
    options.firstWeekday = 0;
    const auto growth = fitted(counts, options);
    REQUIRE(growth.weekdays.size() == 7);
    CHECK(growth.weekdays[2] > 2 * growth.weekdays[6]);
    CHECK(growth.best == GrowthShape::Exponential);
    CHECK(growth.rateLow < 0.05);
    CHECK(growth.rateHigh > 0.05);
}

TEST_CASE("days that resemble the day before widen the interval")
{
    std::vector<double> counts;
    Random random(3);
    double drift = 0;
    for (int day = 0; day < 90; ++day) {
        drift = 0.9 * drift + 0.25 * (random.real() - 0.5);
        counts.push_back(std::round(20 * std::exp(0.02 * day + drift)));
    }
    const auto growth = fitted(counts);
    CHECK(growth.autocorrelation > 2 / std::sqrt(90.0));
    CHECK(growth.rateLow < growth.rate);
    CHECK(growth.rateHigh > growth.rate);

    GrowthOptions one;
    one.threads = 1;
    CHECK(fitted(counts, one).rateLow == growth.rateLow);
}

TEST_CASE("too few days or messages are refused")
{
    CHECK_THROWS_AS(fitted(std::vector<double>(13, 50.0)), Error);
    CHECK_THROWS_AS(fitted(std::vector<double>(40, 0.5)), Error);
}
