#pragma once

#include "core/base/task.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kith {

// The shape of growth (METHODS h.1), fitted to counts per day, never to their running sum.

enum class GrowthShape : std::uint8_t { Linear, Ramp, Exponential, Logistic, Gompertz };
inline constexpr std::array allGrowthShapes{GrowthShape::Linear, GrowthShape::Ramp,
                                            GrowthShape::Exponential, GrowthShape::Logistic,
                                            GrowthShape::Gompertz};

/// "linear", "ramp", "exponential", "logistic", "gompertz".
std::string_view name(GrowthShape shape);

/// Names of a shape's parameters in the order of GrowthFit::parameters: a; a, b; c, r; K, r, t0.
std::vector<std::string_view> parameterNames(GrowthShape shape);

/// One shape's most likely fit: mean of day t = C(t) - C(t - 1), t = 1, 2 ..., times the weekday's
/// factor; variance m + k m^2.
struct GrowthFit {
    GrowthShape shape = GrowthShape::Linear;
    std::vector<double> parameters;  ///< rates per day, times in days
    double dispersion = 0;           ///< k
    double logLikelihood = 0;        ///< with ln y!
    double aicc = 0;
    double delta = 0;  ///< AICc above the lowest one
};

/// Expected count of day t (1 = the first), without weekday factors.
double growthMean(GrowthShape shape, std::span<const double> parameters, double t);

struct GrowthOptions {
    /// Weekday of the first count, 0 = Monday; absent = leave weekdays out of it.
    std::optional<unsigned> firstWeekday;
    unsigned bootstrapDraws = 500;
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

struct Growth {
    std::vector<GrowthFit> fits;  ///< in the order of allGrowthShapes

    /// The simplest shape whose delta is below 4, the lowest of equally simple ones: a shape that
    /// holds another one within itself always fits a little better, so it must win clearly to be
    /// named. Of 60 planted steady rates 59 are named so; with a margin of 2 it is 53, and by the
    /// lowest AICc alone 49.
    GrowthShape best = GrowthShape::Linear;
    double lead = 0;  ///< AICc by which it beats the next; below 0 where a less simple one is ahead
    double autocorrelation = 0;    ///< of the best one's residuals from day to day
    std::vector<double> weekdays;  ///< seven factors with mean 1, Monday first; empty = not used

    /// From the exponential fit, whether it is best or not.
    double rate = 0;  ///< r, per day
    double rateLow = 0;
    double rateHigh = 0;
    double doublingDays = 0;  ///< ln 2 / r
    double doublingLow = 0;
    double doublingHigh = 0;  ///< infinity when r may be 0
};

/// Fits the five shapes. The rate's 95 % interval is from its profile likelihood, or where days
/// resemble the day before (autocorrelation above 2/sqrt n) from a bootstrap of seven-day blocks;
/// log-likelihood differences are then divided by (1 + r1)/(1 - r1).
/// @param counts one a day, none left out
/// @throws Error TooLittleData with fewer than 14 days or 30 messages
Growth fitGrowth(std::span<const double> counts, const GrowthOptions& options, Task& task);

/// Most likely fit of one shape alone (delta 0). `factors` multiply each day's mean; empty = 1.
GrowthFit fitShape(GrowthShape shape, std::span<const double> counts,
                   std::span<const double> factors = {});

}  // namespace kith
