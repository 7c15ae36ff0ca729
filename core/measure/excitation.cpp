#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/measure/baseline.h"
#include "core/measure/hawkes.h"
#include "core/measure/quantile.h"

#include <algorithm>
#include <cmath>

namespace kith {

namespace {

constexpr std::size_t fewest = 200;
constexpr double week = 7 * 24;
constexpr double minute = 1.0 / 60;

bool wholeMinutes(std::span<const double> events)
{
    return std::ranges::all_of(events, [](double event) {
        const double minutes = event * 60;
        return std::abs(minutes - std::round(minutes)) < 1e-6;
    });
}

std::vector<double> jittered(std::span<const double> events, double horizon, Random random)
{
    std::vector<double> moved(events.begin(), events.end());
    for (double& event : moved) event = std::min(horizon, event + random.real() * minute);
    std::ranges::sort(moved);
    return moved;
}

DailyShape ownShape(std::span<const double> events, double horizon,
                    const ExcitationOptions& options)
{
    return dailyShapeOf(events, horizon, options.startHour, options.startWeekday);
}

HawkesFit meanOf(const std::vector<HawkesFit>& fits, double horizon)
{
    const auto n = static_cast<double>(fits.size());
    HawkesFit mean;
    std::vector<double> logs(fits.front().trend.logs().size());
    for (const HawkesFit& fit : fits) {
        mean.parameters.mu += fit.parameters.mu / n;
        mean.parameters.branching += fit.parameters.branching / n;
        mean.parameters.beta += fit.parameters.beta / n;
        mean.logLikelihood += fit.logLikelihood / n;
        for (std::size_t i = 0; i < logs.size(); ++i) logs[i] += fit.trend.logs()[i] / n;
    }
    if (!logs.empty()) mean.trend = Trend(horizon, std::move(logs));
    return mean;
}

/// One fit, or the mean of many to times that are spread over their minutes.
HawkesFit fitAll(std::span<const double> events, double horizon, const ExcitationOptions& options,
                 bool jitter, Task& task)
{
    const auto first = fitHawkesOverTrend(events, horizon, ownShape(events, horizon, options));
    if (!jitter) return first;
    constexpr std::size_t fits = 20;
    std::vector<HawkesFit> all(fits);
    parallelFor(fits, options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        const auto moved = jittered(events, horizon, Random(options.seed, 1'000'000 + i));
        all[i] = fitHawkesNear(moved, horizon, ownShape(moved, horizon, options), first);
    });
    return meanOf(all, horizon);
}

/// Kolmogorov's distribution: chance of a distance at least this large, n values.
double kolmogorovP(double distance, double n)
{
    const double root = std::sqrt(n);
    const double x = (root + 0.12 + 0.11 / root) * distance;
    if (x < 0.2) return 1;
    double sum = 0;
    for (int k = 1; k <= 100; ++k) {
        const double term = std::exp(-2 * k * k * x * x);
        sum += (k % 2 == 1 ? 2 : -2) * term;
        if (term < 1e-12) break;
    }
    return std::clamp(sum, 0.0, 1.0);
}

/// Gaps on the process's own clock are exponential when the model is right (time rescaling, Ogata
/// 1988).
void checkGaps(std::span<const double> events, const Baseline& baseline, Excitation& result)
{
    const auto& p = result.fit.parameters;
    std::vector<double> heights;
    double excited = 0;
    double before = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double now = p.mu * baseline.integral(events[i]);
        double gap = now - before;
        before = now;
        if (i > 0) {
            const double fade = std::exp(-p.beta * (events[i] - events[i - 1]));
            gap += p.branching * (1 + excited) * (1 - fade);
            excited = fade * (1 + excited);
        }
        heights.push_back(-std::expm1(-gap));
    }
    std::ranges::sort(heights);
    const auto n = static_cast<double>(heights.size());
    for (std::size_t i = 0; i < heights.size(); ++i) {
        const auto rank = static_cast<double>(i);
        result.ks = std::max({result.ks, heights[i] - rank / n, (rank + 1) / n - heights[i]});
    }
    result.ksP = kolmogorovP(result.ks, n);
}

/// Fits to simulated events, whose truth is known, show how far fits stray and how they lean.
void findInterval(const DailyShape& shape, double horizon, const ExcitationOptions& options,
                  Excitation& result, Task& task)
{
    constexpr std::size_t many = 5000;
    const unsigned usual = result.events > many ? 40 : 100;
    const unsigned draws = options.draws > 0 ? options.draws : usual;
    std::vector<double> found(draws);
    task.begin("Checking the share of answering activity", draws);
    parallelFor(found.size(), options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        const auto events = simulateHawkes(result.fit.parameters, shape, horizon, options.seed, i,
                                           result.fit.trend);
        found[i] = result.fit.parameters.branching;
        if (events.size() < fewest / 4) return;
        const auto own = ownShape(events, horizon, options);
        found[i] = fitHawkesNear(events, horizon, own, result.fit).parameters.branching;
    });
    task.advance(found.size());
    std::ranges::sort(found);
    const double n = result.fit.parameters.branching;
    double mean = 0;
    for (const double one : found) mean += one / static_cast<double>(found.size());
    result.bias = mean - n;
    // Turned about the estimate: where fits come out too low, the truth lies above them.
    // Simulations know neither that the estimate itself is off nor by how much its spread is.
    constexpr double wider = 1.2;
    result.low = std::clamp(n - result.bias - wider * (quantile(found, 0.975) - mean), 0.0, n);
    constexpr double nothing = 1e-6;  // the search ends a little beside 0
    if (result.low < nothing) result.low = 0;
    result.high = std::max(n - result.bias + wider * (mean - quantile(found, 0.025)), n);
}

void requireEnough(std::span<const double> events, double horizon)
{
    if (events.size() >= fewest && horizon >= week) return;
    throw Error(Error::Kind::TooLittleData,
                "how much activity sets off more needs at least 200 messages over a week or more",
                {}, "Choose a longer time or more sources.");
}

}  // namespace

Excitation excitation(std::span<const double> events, double horizon,
                      const ExcitationOptions& options, Task& task)
{
    requireEnough(events, horizon);
    Excitation result;
    result.events = events.size();
    result.jittered = wholeMinutes(events);
    task.begin("Measuring what sets off what", 0);
    result.fit = fitAll(events, horizon, options, result.jittered, task);
    const auto watched = result.jittered ? jittered(events, horizon, Random(options.seed, 999'999))
                                         : std::vector<double>(events.begin(), events.end());
    const auto shape = ownShape(watched, horizon, options);
    checkGaps(watched, Baseline(horizon, shape, result.fit.trend), result);
    findInterval(shape, horizon, options, result, task);
    return result;
}

}  // namespace kith
