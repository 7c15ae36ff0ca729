#pragma once

#include "core/measure/hawkes.h"

#include <cstddef>
#include <span>
#include <vector>

namespace kith {

/// Where a moment lies between the moments that a trend is told by.
struct TrendPlace {
    std::size_t left = 0;
    double part = 0;  ///< of the way to the next one
};

/// @param moments at least 2; @param hours in [0, horizon], clamped to it
TrendPlace trendPlace(double hours, double horizon, std::size_t moments);

/// How busy a watch would be if nobody set anybody off, up to the constant mu: the shape of days
/// and weeks times the trend. The trend is taken as level within a step of six hours or less when
/// it is added up.
class Baseline {
public:
    Baseline(double horizon, DailyShape shape, Trend trend);

    double at(double hours) const { return shape_.at(hours) * trend_.at(hours); }
    double integral(double until) const;
    double whole() const { return upTo_.back(); }

    /// Middle of every step and the integral of the shape alone over it.
    struct Step {
        double middle = 0;
        double shape = 0;
    };
    static std::vector<Step> steps(double horizon, const DailyShape& shape);

private:
    double horizon_;
    DailyShape shape_;
    Trend trend_;
    double length_ = 0;  ///< of a step, in hours
    std::vector<double> upTo_;
};

/// Moments that a trend may be told by, fewest first: 2, 3, 5, 9, 17, as far as each stretch
/// between two has at least a fortnight and 50 events. A straight trend (2) always.
std::vector<std::size_t> trendMoments(std::size_t events, double horizon);

}  // namespace kith
