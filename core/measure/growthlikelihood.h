#pragma once

#include "core/measure/growth.h"

#include <span>
#include <vector>

namespace kith {

/// Counts per day under a negative binomial whose variance is m + k m^2.
class CountLikelihood {
public:
    /// @param factors multiply each day's mean; empty = 1
    CountLikelihood(std::span<const double> counts, std::span<const double> factors);

    /// ln L with all terms, for one mean a day; minus infinity where a mean is not above 0.
    double operator()(GrowthShape shape, std::span<const double> parameters,
                      double dispersion) const;

    std::size_t days() const { return counts_.size(); }
    double mean(GrowthShape shape, std::span<const double> parameters, std::size_t day) const;

private:
    std::vector<double> risingTerms(double k) const;

    std::span<const double> counts_;
    std::vector<double> factors_;
    double constant_ = 0;      ///< sum of ln y!
    std::size_t largest_ = 0;  ///< count that is not beyond the table
};

/// Parameters as the search sees them: logarithms of what must be positive, and for the bent shapes
/// coordinates that hardly pull at each other. The first is then the total expected over all days
/// instead of c or K; Gompertz has its relative growth on the middle day instead of t0, which lies
/// far away and undetermined as long as the curve still looks exponential.
class GrowthSearch {
public:
    GrowthSearch(GrowthShape shape, std::size_t days)
        : shape_(shape), days_(static_cast<double>(days))
    {}

    std::vector<double> parameters(std::span<const double> searched) const;
    std::vector<double> searched(std::span<const double> parameters) const;

private:
    /// Total over all days with the first parameter 1.
    double unitTotal(std::span<const double> parameters) const;
    bool bent() const { return shape_ != GrowthShape::Linear && shape_ != GrowthShape::Ramp; }

    GrowthShape shape_;
    double days_;
};

/// Sensible parameters to start from.
std::vector<std::vector<double>> growthStarts(GrowthShape shape, std::span<const double> counts);

}  // namespace kith
