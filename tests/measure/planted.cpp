#include "core/measure/growth.h"
#include "core/measure/hawkes.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <tuple>

// Truths planted by simulators that share nothing with the measures: counts from gamma-mixed
// Poisson draws, events by thinning (Ogata 1981). The long versions are hidden from the usual run:
// test_measure "[long]", or ctest -C long -L long.

using namespace kith;

namespace {

/// Standard generators are the same everywhere; the standard's distributions are not.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed * 7919 + 13) {}

    double uniform() { return (static_cast<double>(engine_() >> 11U) + 0.5) * 0x1p-53; }
    double exponential() { return -std::log(uniform()); }
    double normal()
    {
        return std::sqrt(2 * exponential()) * std::cos(2 * std::numbers::pi * uniform());
    }

    /// Marsaglia and Tsang 2000, for shapes above 1.
    double gamma(double shape)
    {
        const double d = shape - 1.0 / 3;
        const double c = 1 / std::sqrt(9 * d);
        for (;;) {
            const double x = normal();
            const double v = std::pow(1 + c * x, 3);
            if (v > 0 && std::log(uniform()) < x * x / 2 + d - d * v + d * std::log(v))
                return d * v;
        }
    }

    double poisson(double mean)
    {
        double count = 0;
        for (double sum = exponential(); sum < mean; sum += exponential()) ++count;
        return count;
    }

    /// Variance m + k m^2.
    double negativeBinomial(double mean, double k) { return poisson(gamma(1 / k) * mean * k); }

private:
    std::mt19937_64 engine_;
};

/// How much there is in all by the end of day t.
double total(GrowthShape shape, double t)
{
    switch (shape) {
    case GrowthShape::Linear: return 40 * t;
    case GrowthShape::Ramp: return 5 * t + 0.8 * t * t;
    case GrowthShape::Exponential: return 120 * (std::exp(0.06 * t) - 1);
    case GrowthShape::Logistic: return 3000 / (1 + std::exp(-0.15 * (t - 30)));
    case GrowthShape::Gompertz: return 3000 * std::exp(-std::exp(-0.08 * (t - 22)));
    }
    return 0;
}

std::vector<double> counts(GrowthShape shape, std::uint64_t seed)
{
    constexpr int days = 60;
    constexpr double dispersion = 0.05;
    Dice dice(seed);
    std::vector<double> all;
    for (int day = 1; day <= days; ++day) {
        all.push_back(dice.negativeBinomial(total(shape, day) - total(shape, day - 1), dispersion));
    }
    return all;
}

unsigned shapesRight(GrowthShape shape, unsigned seeds)
{
    unsigned right = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        Task task;
        right += fitGrowth(counts(shape, seed), {}, task).best == shape ? 1U : 0U;
    }
    return right;
}

constexpr double horizon = 6 * 7 * 24;

/// Events of a process whose baseline follows a sine over the day, and doubles so many times.
std::vector<double> events(double mu, double branching, double beta, double swing, double doublings,
                           std::uint64_t seed)
{
    Dice dice(seed);
    const auto baseline = [&](double t) {
        return mu * (1 + swing * std::sin(2 * std::numbers::pi * t / 24)) *
               std::exp2(doublings * (t / horizon - 1));
    };
    std::vector<double> all;
    double excited = 0;
    double now = 0;
    for (;;) {
        const double most = mu * (1 + swing) + excited;
        const double step = dice.exponential() / most;
        now += step;
        if (now >= horizon) return all;
        excited *= std::exp(-beta * step);
        if (dice.uniform() * most > baseline(now) + excited) continue;
        all.push_back(now);
        excited += branching * beta;
    }
}

unsigned ratiosHeld(double mu, double branching, double swing, unsigned seeds, unsigned draws,
                    double doublings = 0)
{
    unsigned held = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        Task task;
        ExcitationOptions options;
        options.draws = draws;
        options.seed = seed;
        const auto found =
            excitation(events(mu, branching, 2, swing, doublings, seed), horizon, options, task);
        held += found.low <= branching && branching <= found.high ? 1U : 0U;
    }
    return held;
}

}  // namespace

TEST_CASE("the shape of growth that was planted is named in at least nine of ten")
{
    for (const auto shape : allGrowthShapes) {
        INFO(name(shape));
        CHECK(shapesRight(shape, 10) >= 9);
    }
}

TEST_CASE("a branching ratio that another simulator planted lies in its interval")
{
    CHECK(ratiosHeld(0.6, 0.4, 0.8, 10, 40) >= 9);
}

TEST_CASE("growth from outside does not pass for messages that set each other off")
{
    CHECK(ratiosHeld(2.5, 0.6, 0.8, 10, 100, 4) >= 9);
    CHECK(ratiosHeld(5, 0.0, 0.8, 10, 40, 4) >= 9);
}

TEST_CASE("a hundred plantings of every shape", "[.long]")
{
    for (const auto shape : allGrowthShapes) {
        const auto right = shapesRight(shape, 100);
        WARN(name(shape) << ": " << right << " of 100");
        CHECK(right >= 90);
    }
}

TEST_CASE("the planted rate of growth lies in its interval", "[.long]")
{
    unsigned held = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Task task;
        const auto found = fitGrowth(counts(GrowthShape::Exponential, seed), {}, task);
        held += found.rateLow <= 0.06 && found.rateHigh >= 0.06 ? 1U : 0U;
    }
    WARN(held << " of 100");
    CHECK(held >= 90);
}

TEST_CASE("forty plantings of every branching ratio", "[.long]")
{
    for (const auto& [mu, branching, swing] :
         {std::tuple(1.0, 0.0, 0.9), std::tuple(0.7, 0.3, 0.9), std::tuple(0.4, 0.6, 0.8),
          std::tuple(0.5, 0.6, 0.0), std::tuple(0.25, 0.8, 0.5)}) {
        const auto held = ratiosHeld(mu, branching, swing, 40, 100);
        WARN("n = " << branching << ", swing " << swing << ": " << held << " of 40");
        CHECK(held >= 36);
    }
    for (const auto& [mu, branching] :
         {std::pair(5.0, 0.0), std::pair(3.5, 0.3), std::pair(2.5, 0.6), std::pair(1.5, 0.8)}) {
        const auto held = ratiosHeld(mu, branching, 0.8, 40, 100, 4);
        WARN("n = " << branching << ", doubling four times: " << held << " of 40");
        CHECK(held >= 36);
    }
}
