#include "core/measure/hawkes.h"

#include "core/base/error.h"
#include "core/measure/baseline.h"
#include "tests/measure/columns.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <rapidcheck/catch.h>

using namespace kith;

namespace {

constexpr double horizon = 1008;

std::vector<double> eventsOf(const std::string& file)
{
    return tests::numberColumn(tests::fixture("measure/data/" + file + ".csv"), 0);
}

DailyShape ownShape(const std::vector<double>& events)
{
    // The reference values know hours of the day only; four weeks would add weekdays.
    return dailyShapeOf(events, 167, 0, 0);
}

DailyShape sine(double amplitude)
{
    std::array<double, 24> hours{};
    for (std::size_t i = 0; i < hours.size(); ++i) {
        const double middle = static_cast<double>(i) + 0.5;
        hours[i] = 1 + amplitude * std::sin(2 * std::acos(-1.0) * middle / 24);
    }
    return {hours, {1, 1, 1, 1, 1, 1, 1}, 0, 0};
}

}  // namespace

TEST_CASE("the likelihood of the self-exciting file is exact")
{
    const auto events = eventsOf("hawkes_constant");
    CHECK(events.size() == 1179);
    CHECK(hawkesLogLikelihood(events, horizon, {0.5, 0.6, 2}, {}) ==
          Approx(-692.548083813).margin(1e-6).epsilon(0));
}

TEST_CASE("most likely parameters are those another program found")
{
    const auto reference = tests::Reference::load();
    if (!reference) return;
    for (const std::string file : {"hawkes_constant", "hawkes_circadian", "poisson_circadian"}) {
        const auto events = eventsOf(file);
        const auto flat = fitHawkes(events, horizon, {});
        const std::string prefix = "hawkes_mle_constant_baseline_";
        reference->check(file, prefix + "mu", "", flat.parameters.mu);
        reference->check(file, prefix + "branching", "", flat.parameters.branching);
        reference->check(file, prefix + "beta", "", flat.parameters.beta);
        reference->check(file, prefix + "loglik", "", flat.logLikelihood);
        if (file == "hawkes_constant") continue;
        const auto own = fitHawkes(events, horizon, ownShape(events));
        reference->check(file, "hawkes_mle_histogram_baseline_branching", "",
                         own.parameters.branching);
        // A likelihood is the better the higher: the other search stopped a little lower once.
        const auto& row = reference->row(file, "hawkes_mle_histogram_baseline_loglik");
        CHECK(own.logLikelihood >= std::stod(row.value) - std::stod(row.tolerance));
    }
}

TEST_CASE("people who sleep do not look as if they set each other off")
{
    const auto events = eventsOf("poisson_circadian");
    CHECK(fitHawkes(events, horizon, {}).parameters.branching > 0.5);
    CHECK(fitHawkes(events, horizon, ownShape(events)).parameters.branching < 0.02);
}

TEST_CASE("a trend is told by no more moments than it needs")
{
    const auto level = simulateHawkes({1, 0.3, 2}, sine(0.8), horizon, 3, 0);
    CHECK(fitHawkesOverTrend(level, horizon, sine(0.8)).trend.logs().empty());

    const Trend doubling(horizon, {-1.5, 1.5});
    const auto growing = simulateHawkes({1, 0.3, 2}, sine(0.8), horizon, 3, 1, doubling);
    const auto flat = fitHawkes(growing, horizon, sine(0.8));
    const auto found = fitHawkesOverTrend(growing, horizon, sine(0.8));
    REQUIRE(found.trend.logs().size() == 2);
    CHECK(found.trend.logs()[1] - found.trend.logs()[0] == Approx(3).margin(0.6));
    CHECK(found.parameters.branching == Approx(0.3).margin(0.12));
    CHECK(flat.parameters.branching > found.parameters.branching);
    CHECK(found.logLikelihood > flat.logLikelihood + 50);

    const Trend hump(horizon, {-2, 2, -2});
    const auto passing = simulateHawkes({2, 0.3, 2}, sine(0.8), horizon, 3, 2, hump);
    const auto humped = fitHawkesOverTrend(passing, horizon, sine(0.8)).trend;
    REQUIRE(humped.logs().size() == 3);
    CHECK(humped.at(horizon / 2) > 10 * humped.at(1));
    CHECK(std::exp(std::ranges::max(humped.logs())) == Approx(humped.at(horizon / 2)));
}

TEST_CASE("a baseline with a trend adds up")
{
    const DailyShape shape = sine(0.9);
    const Trend trend(horizon, {0.5, -1, 1});
    const Baseline baseline(horizon, shape, trend);
    for (const double until : {0.0, 7.3, 500.0, horizon}) {
        constexpr int parts = 200'000;
        double sum = 0;
        for (int i = 0; i < parts; ++i) sum += baseline.at(until * (i + 0.5) / parts);
        CHECK(baseline.integral(until) == Approx(sum * until / parts).epsilon(1e-3).margin(1e-9));
    }
    CHECK(baseline.whole() == baseline.integral(horizon));
    CHECK(trendMoments(1000, 100 * 24.0) == std::vector<std::size_t>{2, 3, 5});
    CHECK(trendMoments(210, 7 * 24.0) == std::vector<std::size_t>{2});
    CHECK(trendMoments(210, 1000 * 24.0) == std::vector<std::size_t>{2, 3, 5});
}

TEST_CASE("weekdays stand against the weeks around them")
{
    // Twice as much every week, and nothing on Sundays; the last week is begun only.
    std::vector<double> events;
    for (int d = 0; d < 38; ++d) {
        if (d % 7 == 6) continue;
        const int count = static_cast<int>(std::lround(20 * std::exp2(d / 7.0)));
        for (int i = 0; i < count; ++i) events.push_back(24 * d + 24 * (i + 0.5) / count);
    }
    const auto shape = dailyShapeOf(events, 38 * 24, 0, 0);
    CHECK(shape.at(6 * 24 + 12) < 0.02);
    for (int d = 0; d < 6; ++d) CHECK(shape.at(24 * d + 12) == Approx(7.0 / 6).epsilon(0.1));
}

TEST_CASE("the integral of a daily shape is the sum of its parts")
{
    rc::prop("against a fine sum", [] {
        std::array<double, 24> hours{};
        for (double& hour : hours) hour = *rc::gen::inRange(1, 20);
        std::array<double, 7> days{};
        for (double& one : days) one = *rc::gen::inRange(1, 5);
        const double start = *rc::gen::inRange(0, 240) / 10.0;
        const DailyShape shape(hours, days, start, *rc::gen::inRange(0u, 7u));
        const double until = *rc::gen::inRange(1, 4000) / 10.0;
        constexpr int parts = 40'000;
        double sum = 0;
        for (int i = 0; i < parts; ++i) sum += shape.at(until * (i + 0.5) / parts);
        RC_ASSERT(std::abs(sum * until / parts - shape.integral(until)) < 0.02 * until);
    });
    CHECK(DailyShape().integral(10) == Approx(10));
    CHECK(sine(0.9).integral(24) == Approx(24));
}

TEST_CASE("a branching ratio that was planted lies in its interval")
{
    Task task;
    ExcitationOptions options;
    options.draws = 40;
    unsigned held = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const auto events = simulateHawkes({0.7, 0.4, 2}, sine(0.8), horizon, 11, seed);
        options.seed = seed + 1;
        const auto found = excitation(events, horizon, options, task);
        INFO(found.low << " " << found.fit.parameters.branching << " " << found.high);
        CHECK(found.low <= found.fit.parameters.branching);
        held += found.low <= 0.4 && found.high >= 0.4 ? 1 : 0;
    }
    CHECK(held >= 9);
}

TEST_CASE("threads do not change the interval, minutes are spread")
{
    Task task;
    auto events = simulateHawkes({0.5, 0.5, 4}, {}, 700, 5, 0);
    for (double& event : events) event = std::floor(event * 60) / 60;
    ExcitationOptions options;
    options.draws = 10;
    const auto two = excitation(events, 700, options, task);
    options.threads = 1;
    const auto one = excitation(events, 700, options, task);
    CHECK(one.jittered);
    CHECK(one.low == two.low);
    CHECK(one.fit.parameters.branching == two.fit.parameters.branching);
    CHECK(one.fit.parameters.branching == Approx(0.5).margin(0.15));
    CHECK(one.ksP > 0.001);
}

TEST_CASE("without two hundred messages or a week there is no number")
{
    Task task;
    std::vector<double> events(199);
    std::iota(events.begin(), events.end(), 0.0);
    CHECK_THROWS_AS(excitation(events, 500, {}, task), Error);
    events.resize(400, 100);
    std::ranges::sort(events);
    CHECK_THROWS_AS(excitation(events, 100, {}, task), Error);
}

TEST_CASE("Kleinberg's bursts")
{
    const std::vector<double> gaps{10, 12, 9, 11, 10, 1, 1, 1.5, 1, .8, 1.2, 1, 10, 11, 9};
    const auto found = burstStates(gaps);
    CHECK(found.state == std::vector<unsigned>{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0});
    CHECK(found.cost == Approx(40.905830).margin(1e-6));

    std::vector<double> times{0};
    for (const double gap : gaps) times.push_back(times.back() + gap);
    const auto stretches = bursts(times);
    REQUIRE(stretches.size() == 1);
    CHECK(stretches[0].first == 5);
    CHECK(stretches[0].last == 12);
    CHECK(bursts(std::vector<double>{}).empty());
    CHECK(bursts(std::vector<double>(50, 3.0)).size() <= 50);
}
