#include "core/measure/hawkes.h"

#include "core/base/random.h"
#include "core/measure/baseline.h"
#include "core/measure/optimise.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace kith {

namespace {

/// What is searched for: the logarithm of the baseline at some moments (1: level throughout), then
/// those of the branching ratio and of the speed at which excitement fades.
class Search {
public:
    Search(std::span<const double> events, double horizon, const DailyShape& shape,
           std::size_t moments)
        : events_(events),
          horizon_(horizon),
          moments_(moments),
          steps_(moments == 1 ? std::vector{Baseline::Step{0, shape.integral(horizon)}}
                              : Baseline::steps(horizon, shape))
    {
        for (const Baseline::Step& step : steps_) atSteps_.push_back(placeOf(step.middle));
        for (const double event : events) {
            atEvents_.push_back(placeOf(event));
            shapes_.push_back(shape.at(event));
        }
    }

    std::vector<double> start(double mu, double branching, double beta, const Trend& trend) const
    {
        std::vector<double> at(moments_, std::log(mu));
        for (std::size_t i = 0; i < trend.logs().size(); ++i) at[i] += trend.logs()[i];
        at.push_back(std::log(branching));
        at.push_back(std::log(beta));
        return at;
    }

    /// Minus ln L and its slope.
    double operator()(const std::vector<double>& at, std::vector<double>& slope) const
    {
        constexpr double never = std::numeric_limits<double>::infinity();
        const double n = std::exp(at[moments_]);
        const double beta = std::exp(at[moments_ + 1]);
        // Beyond this a message would set off more than itself for ever, or within a millisecond.
        if (n > 5 || at[moments_] < -25 || beta > 1e7 || beta < 1e-5) return never;
        for (std::size_t i = 0; i < moments_; ++i) {
            if (std::abs(at[i]) > 60) return never;
        }
        std::ranges::fill(slope, 0.0);
        return -(overEvents(at, n, beta, slope) - overTime(at, slope));
    }

    HawkesFit fit(const Minimum& found) const
    {
        double expected = 0;
        double whole = 0;
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            expected += std::exp(logAt(found.at, atSteps_[i])) * steps_[i].shape;
            whole += steps_[i].shape;
        }
        const double mu = expected / whole;
        HawkesFit result;
        result.parameters = {mu, std::exp(found.at[moments_]), std::exp(found.at[moments_ + 1])};
        result.logLikelihood = -found.value;
        if (moments_ == 1) return result;
        std::vector<double> logs;
        for (std::size_t i = 0; i < moments_; ++i) logs.push_back(found.at[i] - std::log(mu));
        result.trend = Trend(horizon_, std::move(logs));
        return result;
    }

private:
    TrendPlace placeOf(double hours) const
    {
        return moments_ == 1 ? TrendPlace{} : trendPlace(hours, horizon_, moments_);
    }

    double logAt(const std::vector<double>& at, TrendPlace place) const
    {
        if (place.part <= 0) return at[place.left];
        return at[place.left] * (1 - place.part) + at[place.left + 1] * place.part;
    }

    static void lean(std::vector<double>& slope, TrendPlace place, double amount)
    {
        slope[place.left] -= amount * (1 - place.part);
        if (place.part > 0) slope[place.left + 1] -= amount * place.part;
    }

    /// Sum of ln lambda, less what every message sets off until the end (Ozaki 1979).
    double overEvents(const std::vector<double>& at, double n, double beta,
                      std::vector<double>& slope) const
    {
        double sum = 0;
        double excited = 0;
        double turning = 0;  // slope of `excited` by beta
        for (std::size_t i = 0; i < events_.size(); ++i) {
            if (i > 0) {
                const double gap = events_[i] - events_[i - 1];
                const double fade = std::exp(-beta * gap);
                turning = fade * (turning - gap * (1 + excited));
                excited = fade * (1 + excited);
            }
            const double unprompted = std::exp(logAt(at, atEvents_[i])) * shapes_[i];
            const double rate = unprompted + n * beta * excited;
            const double left = horizon_ - events_[i];
            const double beyond = std::exp(-beta * left);
            sum += std::log(rate) - n * (1 - beyond);
            lean(slope, atEvents_[i], unprompted / rate);
            slope[moments_] -= n * beta * excited / rate - n * (1 - beyond);
            slope[moments_ + 1] -=
                n * beta * (excited + beta * turning) / rate - n * beta * left * beyond;
        }
        return sum;
    }

    double overTime(const std::vector<double>& at, std::vector<double>& slope) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const double amount = std::exp(logAt(at, atSteps_[i])) * steps_[i].shape;
            lean(slope, atSteps_[i], -amount);
            sum += amount;
        }
        return sum;
    }

    std::span<const double> events_;
    double horizon_;
    std::size_t moments_;
    std::vector<Baseline::Step> steps_;
    std::vector<TrendPlace> atSteps_;
    std::vector<TrendPlace> atEvents_;
    std::vector<double> shapes_;
};

HawkesFit fitFromStarts(std::span<const double> events, double horizon, const DailyShape& shape,
                        std::size_t moments)
{
    const Search search(events, horizon, shape, moments);
    const double rate = static_cast<double>(events.size()) / shape.integral(horizon);
    Minimum best{{}, std::numeric_limits<double>::infinity()};
    for (const auto& [share, beta] :
         {std::pair(0.3, 2.0), std::pair(0.7, 0.2), std::pair(0.5, 20.0), std::pair(0.02, 1.0)}) {
        auto found =
            minimiseSmooth(std::ref(search), search.start(rate * (1 - share), share, beta, {}));
        if (best.at.empty() || found.value < best.value) best = std::move(found);
    }
    return search.fit(best);
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
std::vector<double> unprompted(double mu, const Baseline& baseline, double horizon, Random& random)
{
    std::vector<double> times;
    const double whole = baseline.whole();
    for (double sum = exponential(random) / mu; sum < whole; sum += exponential(random) / mu) {
        double low = times.empty() ? 0 : times.back();
        double high = horizon;
        constexpr int halvings = 50;
        for (int i = 0; i < halvings; ++i) {
            const double middle = (low + high) / 2;
            (baseline.integral(middle) < sum ? low : high) = middle;
        }
        times.push_back(low);
    }
    return times;
}

}  // namespace

double hawkesLogLikelihood(std::span<const double> events, double horizon,
                           const HawkesParameters& parameters, const DailyShape& shape)
{
    const Search search(events, horizon, shape, 1);
    std::vector<double> slope(3);
    return -search(search.start(parameters.mu, parameters.branching, parameters.beta, {}), slope);
}

HawkesFit fitHawkes(std::span<const double> events, double horizon, const DailyShape& shape)
{
    return fitFromStarts(events, horizon, shape, 1);
}

HawkesFit fitHawkesOverTrend(std::span<const double> events, double horizon,
                             const DailyShape& shape)
{
    const auto criterion = [&](const HawkesFit& fit, std::size_t moments) {
        const auto n = static_cast<double>(events.size());
        return -2 * fit.logLikelihood + static_cast<double>(moments) * std::log(n);
    };
    auto best = fitHawkes(events, horizon, shape);
    double lowest = criterion(best, 1);
    for (const std::size_t moments : trendMoments(events.size(), horizon)) {
        auto fit = fitFromStarts(events, horizon, shape, moments);
        const double value = criterion(fit, moments);
        if (!(value < lowest)) continue;
        lowest = value;
        best = std::move(fit);
    }
    return best;
}

HawkesFit fitHawkesNear(std::span<const double> events, double horizon, const DailyShape& shape,
                        const HawkesFit& near)
{
    constexpr double least = 0.01;  // from a ratio of nearly 0 no search finds its way up
    const auto& p = near.parameters;
    const Search search(events, horizon, shape, std::max<std::size_t>(1, near.trend.logs().size()));
    return search.fit(minimiseSmooth(
        std::ref(search), search.start(p.mu, std::max(p.branching, least), p.beta, near.trend)));
}

std::vector<double> simulateHawkes(const HawkesParameters& parameters, const DailyShape& shape,
                                   double horizon, std::uint64_t seed, std::uint64_t stream,
                                   const Trend& trend)
{
    constexpr std::size_t most = 2'000'000;  // a ratio near 1 may not end by itself
    Random random(seed, stream);
    auto events = unprompted(parameters.mu, Baseline(horizon, shape, trend), horizon, random);
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

}  // namespace kith
