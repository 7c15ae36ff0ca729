#include "core/measure/growthlikelihood.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kith {

namespace {

double logGamma(double x)
{
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

/// Up to this count the negative binomial's rising product is summed once for all days.
constexpr std::size_t summed = 2000;

/// Terms of day t of the shapes that are differences of C; exact also where C is flat.
double expDifference(double c, double r, double t)
{
    return c * std::exp(r * (t - 1)) * std::expm1(r);
}

double logistic(double x)
{
    return 1 / (1 + std::exp(-x));
}

}  // namespace

double growthMean(GrowthShape shape, std::span<const double> p, double t)
{
    switch (shape) {
    case GrowthShape::Linear: return p[0];
    case GrowthShape::Ramp: return p[0] + p[1] * (2 * t - 1);
    case GrowthShape::Exponential: return expDifference(p[0], p[1], t);
    case GrowthShape::Logistic:
        return p[0] * (logistic(p[1] * (t - p[2])) - logistic(p[1] * (t - 1 - p[2])));
    case GrowthShape::Gompertz:
        return p[0] * (std::exp(-std::exp(-p[1] * (t - p[2]))) -
                       std::exp(-std::exp(-p[1] * (t - 1 - p[2]))));
    }
    return 0;
}

CountLikelihood::CountLikelihood(std::span<const double> counts, std::span<const double> factors)
    : counts_(counts), factors_(factors.begin(), factors.end())
{
    if (factors_.empty()) factors_.assign(counts.size(), 1.0);
    for (const double y : counts) {
        constant_ += logGamma(y + 1);
        if (y <= summed) largest_ = std::max(largest_, static_cast<std::size_t>(y));
    }
}

/// By count y: ln of s (s + 1) ... (s + y - 1) / s^y with s = 1/k, what the negative binomial has
/// and Poisson has not.
std::vector<double> CountLikelihood::risingTerms(double k) const
{
    std::vector<double> terms(largest_ + 1);
    for (std::size_t y = 2; y <= largest_; ++y) {
        terms[y] = terms[y - 1] + std::log1p(k * static_cast<double>(y - 1));
    }
    return terms;
}

double CountLikelihood::mean(GrowthShape shape, std::span<const double> parameters,
                             std::size_t day) const
{
    return growthMean(shape, parameters, static_cast<double>(day + 1)) * factors_[day];
}

double CountLikelihood::operator()(GrowthShape shape, std::span<const double> parameters,
                                   double dispersion) const
{
    constexpr double almostPoisson = 1e-8;
    const bool poisson = dispersion < almostPoisson;
    const auto rising = poisson ? std::vector<double>() : risingTerms(dispersion);
    const double s = 1 / dispersion;
    double sum = -constant_;
    for (std::size_t day = 0; day < counts_.size(); ++day) {
        const double m = mean(shape, parameters, day);
        const double y = counts_[day];
        if (!(m > 0) || !std::isfinite(m)) return -std::numeric_limits<double>::infinity();
        sum += y > 0 ? y * std::log(m) : 0;
        if (poisson) {
            sum -= m;
        } else {
            sum += y <= summed ? rising[static_cast<std::size_t>(y)]
                               : logGamma(y + s) - logGamma(s) + y * std::log(dispersion);
            sum -= (y + s) * std::log1p(dispersion * m);
        }
    }
    return sum;
}

double GrowthSearch::unitTotal(std::span<const double> p) const
{
    if (shape_ == GrowthShape::Exponential) return std::expm1(p[1] * days_);
    if (shape_ == GrowthShape::Logistic)
        return logistic(p[1] * (days_ - p[2])) - logistic(-p[1] * p[2]);
    return std::exp(-std::exp(-p[1] * (days_ - p[2]))) - std::exp(-std::exp(p[1] * p[2]));
}

std::vector<double> GrowthSearch::parameters(std::span<const double> searched) const
{
    std::vector<double> p(searched.begin(), searched.end());
    const std::size_t positive = shape_ == GrowthShape::Logistic ? 2 : p.size();
    for (std::size_t i = 0; i < positive; ++i) p[i] = std::exp(p[i]);
    if (shape_ == GrowthShape::Gompertz) p[2] = days_ / 2 + std::log(p[2] / p[1]) / p[1];
    if (bent()) p[0] /= unitTotal(p);
    return p;
}

std::vector<double> GrowthSearch::searched(std::span<const double> parameters) const
{
    std::vector<double> at(parameters.begin(), parameters.end());
    if (bent()) at[0] *= unitTotal(parameters);
    if (shape_ == GrowthShape::Gompertz) at[2] = at[1] * std::exp(at[1] * (at[2] - days_ / 2));
    const std::size_t positive = shape_ == GrowthShape::Logistic ? 2 : at.size();
    for (std::size_t i = 0; i < positive; ++i) at[i] = std::log(at[i]);
    return at;
}

namespace {

/// Slope of the logarithm of the counts, by least squares.
double logSlope(std::span<const double> counts)
{
    const auto n = static_cast<double>(counts.size());
    double sum = 0;
    double product = 0;
    double square = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double t = static_cast<double>(i) - (n - 1) / 2;
        sum += std::log(counts[i] + 0.5);
        product += t * std::log(counts[i] + 0.5);
        square += t * t;
    }
    return square > 0 ? product / square : 0;
}

/// A Gompertz curve that is still far from its middle looks exponential; its middle and its end
/// then lie far away, where a search that starts nearby does not come.
void addEarlyCurves(GrowthShape shape, std::span<const double> counts,
                    std::vector<std::vector<double>>& starts)
{
    const double slope = logSlope(counts);
    if (shape != GrowthShape::Gompertz || !(slope > 0)) return;
    const auto days = static_cast<double>(counts.size());
    const double total = std::accumulate(counts.begin(), counts.end(), 1.0);
    for (const double share : {0.5, 0.2, 0.1, 0.05, 0.02}) {
        const double rate = slope * share;
        const double middle = days / 2 + std::log((slope + rate) / rate) / rate;
        const std::vector unit{1.0, rate, middle};
        double reached = 0;
        for (double t = 1; t <= days; ++t) reached += growthMean(shape, unit, t);
        if (reached > 0) starts.push_back({total / reached, rate, middle});
    }
}

}  // namespace

std::vector<std::vector<double>> growthStarts(GrowthShape shape, std::span<const double> counts)
{
    const auto days = static_cast<double>(counts.size());
    const double total = std::max(1.0, std::accumulate(counts.begin(), counts.end(), 0.0));
    const double daily = total / days;
    std::vector<std::vector<double>> starts;
    switch (shape) {
    case GrowthShape::Linear: return {{daily}};
    case GrowthShape::Ramp: return {{daily, daily / (20 * days)}, {daily / 10, daily / days}};
    case GrowthShape::Exponential:
        for (const double rate : {0.001, 0.02, 0.1, 0.4}) {
            starts.push_back({total / std::expm1(rate * days), rate});
        }
        return starts;
    case GrowthShape::Logistic:
    case GrowthShape::Gompertz:
        for (const double rate : {0.5 / days, 2 / days, 6 / days, 20 / days}) {
            for (const double middle : {0.2, 0.5, 0.9, 1.5, 3.0}) {
                // What is past its middle has yet to write most of what it will.
                const double share = middle > 1 ? std::exp(rate * days * (middle - 1)) + 2 : 1;
                starts.push_back({total * share, rate, days * middle});
            }
        }
        addEarlyCurves(shape, counts, starts);
        return starts;
    }
    return starts;
}

}  // namespace kith
