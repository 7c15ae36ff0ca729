#include "core/measure/hawkes.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/measure/optimise.h"
#include "core/measure/quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kith {

namespace {

constexpr std::size_t fewest = 200;
constexpr double week = 7 * 24;
constexpr double minute = 1.0 / 60;

/// Baseline at every event and over the whole watch: worked out once for many evaluations.
struct Baseline {
    std::vector<double> at;
    double whole = 0;

    Baseline(std::span<const double> events, double horizon, const DailyShape& shape)
        : whole(shape.integral(horizon))
    {
        at.reserve(events.size());
        for (const double event : events) at.push_back(shape.at(event));
    }
};

double logLikelihood(std::span<const double> events, double horizon, const HawkesParameters& p,
                     const Baseline& baseline)
{
    double sum = -p.mu * baseline.whole;
    double excited = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i > 0) excited = std::exp(-p.beta * (events[i] - events[i - 1])) * (1 + excited);
        sum += std::log(p.mu * baseline.at[i] + p.branching * p.beta * excited);
        sum += p.branching * std::expm1(-p.beta * (horizon - events[i]));
    }
    return sum;
}

/// Minus ln L of a point of the search: logarithms of the three parameters.
struct Cost {
    std::span<const double> events;
    double horizon;
    const Baseline& baseline;

    double operator()(const std::vector<double>& at) const
    {
        constexpr double never = std::numeric_limits<double>::infinity();
        const HawkesParameters p{std::exp(at[0]), std::exp(at[1]), std::exp(at[2])};
        // Beyond this a message would set off more than itself for ever, or within a millisecond.
        if (p.branching > 5 || p.beta > 1e7 || p.beta < 1e-5 || p.mu < 1e-12) return never;
        if (at[1] < -25) return never;
        return -logLikelihood(events, horizon, p, baseline);
    }
};

std::vector<double> toSearch(const HawkesParameters& p)
{
    return {std::log(p.mu), std::log(p.branching), std::log(p.beta)};
}

HawkesFit fromSearch(const Minimum& found)
{
    return {{std::exp(found.at[0]), std::exp(found.at[1]), std::exp(found.at[2])}, -found.value};
}

/// A draw from the exponential distribution with rate 1.
double exponential(Random& random)
{
    return -std::log1p(-random.real());
}

std::uint64_t poisson(double mean, Random& random)
{
    std::uint64_t count = 0;
    for (double sum = exponential(random); sum < mean; sum += exponential(random)) ++count;
    return count;
}

/// Times of the baseline alone: its integral is inverted by bisection.
std::vector<double> immigrants(double mu, const DailyShape& shape, double horizon, Random& random)
{
    std::vector<double> times;
    const double whole = shape.integral(horizon);
    for (double sum = exponential(random) / mu; sum < whole; sum += exponential(random) / mu) {
        double low = times.empty() ? 0 : times.back();
        double high = horizon;
        constexpr int halvings = 50;
        for (int i = 0; i < halvings; ++i) {
            const double middle = (low + high) / 2;
            (shape.integral(middle) < sum ? low : high) = middle;
        }
        times.push_back(low);
    }
    return times;
}

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

HawkesFit fitOwnShape(std::span<const double> events, double horizon,
                      const ExcitationOptions& options)
{
    return fitHawkes(events, horizon,
                     dailyShapeOf(events, horizon, options.startHour, options.startWeekday));
}

/// One fit, or the mean of many to times that are spread over their minutes.
HawkesFit fitAll(std::span<const double> events, double horizon, const ExcitationOptions& options,
                 bool jitter, Task& task)
{
    if (!jitter) return fitOwnShape(events, horizon, options);
    constexpr std::size_t fits = 20;
    std::vector<HawkesFit> all(fits);
    parallelFor(fits, options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        const auto moved = jittered(events, horizon, Random(options.seed, 1'000'000 + i));
        all[i] = fitOwnShape(moved, horizon, options);
    });
    HawkesFit mean;
    for (const HawkesFit& fit : all) {
        mean.parameters.mu += fit.parameters.mu / fits;
        mean.parameters.branching += fit.parameters.branching / fits;
        mean.parameters.beta += fit.parameters.beta / fits;
        mean.logLikelihood += fit.logLikelihood / fits;
    }
    return mean;
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
void checkGaps(std::span<const double> events, const DailyShape& shape, Excitation& result)
{
    const auto& p = result.fit.parameters;
    std::vector<double> heights;
    double excited = 0;
    double before = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double now = p.mu * shape.integral(events[i]);
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
    constexpr std::size_t many = 2000;
    const unsigned usual = result.events > many ? 40 : 100;
    const unsigned draws = options.draws > 0 ? options.draws : usual;
    std::vector<double> found(draws);
    task.begin("Checking the share of answering activity", draws);
    parallelFor(found.size(), options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        const auto events = simulateHawkes(result.fit.parameters, shape, horizon, options.seed, i);
        found[i] =
            events.size() < fewest / 4
                ? result.fit.parameters.branching
                : fitHawkes(events, horizon,
                            dailyShapeOf(events, horizon, options.startHour, options.startWeekday),
                            result.fit.parameters)
                      .parameters.branching;
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

double hawkesLogLikelihood(std::span<const double> events, double horizon,
                           const HawkesParameters& parameters, const DailyShape& shape)
{
    return logLikelihood(events, horizon, parameters, Baseline(events, horizon, shape));
}

HawkesFit fitHawkes(std::span<const double> events, double horizon, const DailyShape& shape)
{
    const Baseline baseline(events, horizon, shape);
    const double rate = static_cast<double>(events.size()) / baseline.whole;
    std::vector<std::vector<double>> starts;
    for (const auto& [share, beta] :
         {std::pair(0.3, 2.0), std::pair(0.7, 0.2), std::pair(0.5, 20.0), std::pair(0.02, 1.0)}) {
        starts.push_back(toSearch({rate * (1 - share), share, beta}));
    }
    const Cost cost{events, horizon, baseline};
    return fromSearch(minimiseFrom(cost, starts));
}

HawkesFit fitHawkes(std::span<const double> events, double horizon, const DailyShape& shape,
                    const HawkesParameters& near)
{
    const Baseline baseline(events, horizon, shape);
    constexpr double least = 0.01;  // from a ratio of nearly 0 no search finds its way up
    auto start = near;
    start.branching = std::max(start.branching, least);
    return fromSearch(minimise(Cost{events, horizon, baseline}, toSearch(start), 0.2));
}

std::vector<double> simulateHawkes(const HawkesParameters& parameters, const DailyShape& shape,
                                   double horizon, std::uint64_t seed, std::uint64_t stream)
{
    constexpr std::size_t most = 2'000'000;  // a ratio near 1 may not end by itself
    Random random(seed, stream);
    auto events = immigrants(parameters.mu, shape, horizon, random);
    for (std::size_t i = 0; i < events.size() && events.size() < most; ++i) {
        const auto children = poisson(parameters.branching, random);
        for (std::uint64_t c = 0; c < children; ++c) {
            const double time = events[i] + exponential(random) / parameters.beta;
            if (time < horizon) events.push_back(time);
        }
    }
    std::ranges::sort(events);
    return events;
}

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
    const auto shape = dailyShapeOf(watched, horizon, options.startHour, options.startWeekday);
    checkGaps(watched, shape, result);
    findInterval(shape, horizon, options, result, task);
    return result;
}

}  // namespace kith
