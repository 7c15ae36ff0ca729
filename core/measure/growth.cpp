#include "core/measure/growth.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/measure/growthlikelihood.h"
#include "core/measure/optimise.h"
#include "core/measure/quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kith {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double chiSquare95 = 3.841458820694124;
constexpr std::size_t week = 7;

/// Minus ln L of a point of the search: the shape's parameters, then ln k.
double cost(const CountLikelihood& likelihood, GrowthShape shape, std::span<const double> at)
{
    const GrowthSearch search(shape, likelihood.days());
    constexpr double widest = 50;  // e^50 is beyond any count
    for (const double one : at) {
        if (!(std::abs(one) < 1e6)) return infinity;
    }
    if (at.back() > widest) return infinity;
    const auto parameters = search.parameters(at.first(at.size() - 1));
    return -likelihood(shape, parameters, std::exp(at.back()));
}

double aicc(double logLikelihood, std::size_t parameters, std::size_t days)
{
    const auto p = static_cast<double>(parameters);
    const auto n = static_cast<double>(days);
    return -2 * logLikelihood + 2 * p + 2 * p * (p + 1) / (n - p - 1);
}

GrowthFit fitWith(const CountLikelihood& likelihood, GrowthShape shape,
                  std::span<const double> counts)
{
    const GrowthSearch search(shape, counts.size());
    std::vector<std::vector<double>> starts;
    for (const auto& parameters : growthStarts(shape, counts)) {
        auto start = search.searched(parameters);
        start.push_back(std::log(0.1));
        starts.push_back(std::move(start));
    }
    const auto found = minimiseFrom(
        [&](const std::vector<double>& at) { return cost(likelihood, shape, at); }, starts);
    GrowthFit fit;
    fit.shape = shape;
    fit.parameters = search.parameters(std::span(found.at).first(found.at.size() - 1));
    fit.dispersion = std::exp(found.at.back());
    fit.logLikelihood = -found.value;
    fit.aicc = aicc(fit.logLikelihood, found.at.size(), counts.size());
    return fit;
}

/// How busy each weekday is against the week around it, mean 1, Monday first.
std::vector<double> weekdayFactors(std::span<const double> counts, unsigned firstWeekday)
{
    std::vector<double> seen(week);
    std::vector<double> around(week);
    for (std::size_t day = week / 2; day + week / 2 < counts.size(); ++day) {
        const auto days = counts.subspan(day - week / 2, week);
        const auto weekday = (day + firstWeekday) % week;
        seen[weekday] += counts[day];
        around[weekday] += std::accumulate(days.begin(), days.end(), 0.0) / week;
    }
    std::vector<double> factors(week, 1.0);
    for (std::size_t i = 0; i < week; ++i) {
        // A day of the week on which nobody ever writes must not make the fit impossible.
        if (around[i] > 0) factors[i] = std::max(0.02, seen[i] / around[i]);
    }
    const double mean = std::accumulate(factors.begin(), factors.end(), 0.0) / week;
    for (double& factor : factors) factor /= mean;
    return factors;
}

double lagOneCorrelation(const std::vector<double>& values)
{
    const double mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    double together = 0;
    double alone = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        alone += (values[i] - mean) * (values[i] - mean);
        if (i > 0) together += (values[i] - mean) * (values[i - 1] - mean);
    }
    return alone > 0 ? together / alone : 0;
}

std::vector<double> pearsonResiduals(const GrowthFit& fit, std::span<const double> counts,
                                     std::span<const double> factors)
{
    std::vector<double> residuals;
    for (std::size_t day = 0; day < counts.size(); ++day) {
        const double m = growthMean(fit.shape, fit.parameters, static_cast<double>(day + 1)) *
                         (factors.empty() ? 1 : factors[day]);
        residuals.push_back((counts[day] - m) / std::sqrt(m + fit.dispersion * m * m));
    }
    return residuals;
}

/// ln L of the exponential shape at a given rate, everything else at its best.
class RateProfile {
public:
    RateProfile(const CountLikelihood& likelihood, const GrowthFit& fit)
        : likelihood_(likelihood),
          start_{GrowthSearch(fit.shape, likelihood.days()).searched(fit.parameters)[0],
                 std::log(std::max(fit.dispersion, 1e-9))}
    {}

    double operator()(double rate) const
    {
        const auto found = minimise(
            [&](const std::vector<double>& at) {
                return cost(likelihood_, GrowthShape::Exponential,
                            std::array{at[0], std::log(rate), at[1]});
            },
            start_, 0.1);
        return found.value;
    }

private:
    const CountLikelihood& likelihood_;
    std::vector<double> start_;
};

void profileRate(const CountLikelihood& likelihood, const GrowthFit& fit, Growth& growth)
{
    const RateProfile profile(likelihood, fit);
    const auto at = [&](double rate) { return profile(rate); };
    const double level = -fit.logLikelihood + chiSquare95 / 2;
    constexpr double smallest = 1e-7;
    const double r = growth.rate;
    growth.rateLow = r > smallest ? crossing(at, level, r, smallest) : 0;
    if (growth.rateLow <= smallest) growth.rateLow = 0;
    double beyond = std::max(2 * r, 0.01);
    while (at(beyond) <= level && beyond < 10) beyond *= 2;
    growth.rateHigh = crossing(at, level, r, beyond);
}

/// Refits the rate to counts whose residuals were moved about in blocks of a week.
void bootstrapRate(const GrowthFit& fit, std::span<const double> counts,
                   std::span<const double> factors, const GrowthOptions& options, Growth& growth,
                   Task& task)
{
    const auto residuals = pearsonResiduals(fit, counts, factors);
    auto start = GrowthSearch(fit.shape, counts.size()).searched(fit.parameters);
    start.push_back(std::log(std::max(fit.dispersion, 1e-9)));
    std::vector<double> rates(options.bootstrapDraws);
    task.begin("Fitting growth to reshuffled weeks", options.bootstrapDraws);
    parallelFor(rates.size(), options.threads, [&](std::size_t draw) {
        if (task.cancelled()) throw Cancelled{};
        Random random(options.seed, draw);
        std::vector<double> again(counts.size());
        std::size_t from = 0;
        for (std::size_t day = 0; day < again.size(); ++day) {
            if (day % week == 0) from = random.below(residuals.size() - week + 1);
            const double m = growthMean(fit.shape, fit.parameters, static_cast<double>(day + 1)) *
                             (factors.empty() ? 1 : factors[day]);
            const double noise = residuals[from + day % week];
            again[day] =
                std::max(0.0, std::round(m + noise * std::sqrt(m + fit.dispersion * m * m)));
        }
        const CountLikelihood likelihood(again, factors);
        const auto found = minimise(
            [&](const std::vector<double>& at) {
                return cost(likelihood, GrowthShape::Exponential, at);
            },
            start, 0.1);
        rates[draw] = std::exp(found.at[1]);
    });
    task.advance(rates.size());
    std::ranges::sort(rates);
    growth.rateLow = std::min(lowerQuantile(rates, 0.025), growth.rate);
    growth.rateHigh = std::max(lowerQuantile(rates, 0.975), growth.rate);
}

void requireEnough(std::span<const double> counts)
{
    constexpr std::size_t fewestDays = 14;
    constexpr double fewestMessages = 30;
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    if (counts.size() >= fewestDays && total >= fewestMessages) return;
    throw Error(Error::Kind::TooLittleData,
                "the shape of growth needs at least 14 days and 30 messages", {},
                "Choose a longer time or more sources.");
}

/// The simplest shape that nothing beats by `clear`, the most likely one of equally simple ones.
GrowthShape simplest(const std::vector<GrowthFit>& fits)
{
    constexpr double clear = 4;
    const GrowthFit* best = nullptr;
    for (const GrowthFit& fit : fits) {
        if (fit.delta >= clear) continue;
        const bool better =
            best == nullptr || fit.parameters.size() < best->parameters.size() ||
            (fit.parameters.size() == best->parameters.size() && fit.delta < best->delta);
        if (better) best = &fit;
    }
    return best->shape;
}

void rank(Growth& growth, double inflation)
{
    const auto scaled = [&](const GrowthFit& fit) {
        return fit.aicc + 2 * fit.logLikelihood - 2 * fit.logLikelihood / inflation;
    };
    const double lowest = scaled(*std::ranges::min_element(growth.fits, {}, scaled));
    for (GrowthFit& fit : growth.fits) fit.delta = scaled(fit) - lowest;
    growth.best = simplest(growth.fits);
    const double own = growth.fits[static_cast<std::size_t>(growth.best)].delta;
    growth.lead = infinity;
    for (const GrowthFit& fit : growth.fits) {
        if (fit.shape != growth.best) growth.lead = std::min(growth.lead, fit.delta - own);
    }
}

}  // namespace

std::string_view name(GrowthShape shape)
{
    static constexpr std::array names{"linear", "ramp", "exponential", "logistic", "gompertz"};
    return names.at(static_cast<std::size_t>(shape));
}

std::vector<std::string_view> parameterNames(GrowthShape shape)
{
    switch (shape) {
    case GrowthShape::Linear: return {"a"};
    case GrowthShape::Ramp: return {"a", "b"};
    case GrowthShape::Exponential: return {"c", "r"};
    case GrowthShape::Logistic:
    case GrowthShape::Gompertz: return {"K", "r", "t0"};
    }
    return {};
}

GrowthFit fitShape(GrowthShape shape, std::span<const double> counts,
                   std::span<const double> factors)
{
    return fitWith(CountLikelihood(counts, factors), shape, counts);
}

Growth fitGrowth(std::span<const double> counts, const GrowthOptions& options, Task& task)
{
    requireEnough(counts);
    constexpr std::size_t fourWeeks = 28;
    Growth growth;
    std::vector<double> factors;
    if (options.firstWeekday && counts.size() >= fourWeeks) {
        growth.weekdays = weekdayFactors(counts, *options.firstWeekday);
        for (std::size_t day = 0; day < counts.size(); ++day) {
            factors.push_back(growth.weekdays[(day + *options.firstWeekday) % week]);
        }
    }
    const CountLikelihood likelihood(counts, factors);
    growth.fits.resize(allGrowthShapes.size());
    task.begin("Fitting shapes of growth", allGrowthShapes.size());
    parallelFor(allGrowthShapes.size(), options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        growth.fits[i] = fitWith(likelihood, allGrowthShapes[i], counts);
    });
    task.advance(allGrowthShapes.size());
    rank(growth, 1);

    const GrowthFit best = growth.fits[static_cast<std::size_t>(growth.best)];
    growth.autocorrelation = lagOneCorrelation(pearsonResiduals(best, counts, factors));
    const double r1 = growth.autocorrelation;
    const bool sticky = r1 > 2 / std::sqrt(static_cast<double>(counts.size()));
    if (sticky) rank(growth, (1 + r1) / (1 - r1));

    const GrowthFit& exponential = growth.fits[static_cast<std::size_t>(GrowthShape::Exponential)];
    growth.rate = exponential.parameters[1];
    if (sticky) {
        bootstrapRate(exponential, counts, factors, options, growth, task);
    } else {
        profileRate(likelihood, exponential, growth);
    }
    constexpr double none = 1e-6;  ///< a rate that doubles within two thousand years or never
    growth.doublingDays = growth.rate > none ? std::log(2.0) / growth.rate : infinity;
    growth.doublingLow = growth.rateHigh > none ? std::log(2.0) / growth.rateHigh : infinity;
    growth.doublingHigh = growth.rateLow > none ? std::log(2.0) / growth.rateLow : infinity;
    return growth;
}

}  // namespace kith
