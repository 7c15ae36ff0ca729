#pragma once

#include "core/base/task.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kith {

// How far coders agree (METHODS m).

enum class CodeScale : std::uint8_t { Nominal, Ordinal, Interval, Ratio };

/// One unit's values, one a coder who coded it.
using CodedUnit = std::vector<double>;

/// Krippendorff's alpha: 1 = agreement, 0 = what chance gives (Krippendorff 2011). Units with fewer
/// than two values do not count. nullopt when nothing can be compared or all values are the same.
std::optional<double> krippendorffAlpha(const std::vector<CodedUnit>& units, CodeScale scale);

struct AlphaRange {
    double alpha = 0;
    double low = 0;  ///< 95 %, units drawn anew
    double high = 0;
    std::size_t units = 0;  ///< with at least two values
    double agreement = 0;   ///< raw share of pairs of values that are equal
};

/// @throws Error TooLittleData when alpha is not defined
AlphaRange alphaRange(const std::vector<CodedUnit>& units, CodeScale scale, unsigned draws,
                      std::uint64_t seed, unsigned threads, Task& task);

/// Cohen's kappa of two coders without gaps, present or absent, with its asymptotic 95 % interval
/// (Fleiss, Cohen and Everitt 1969).
struct Kappa {
    double kappa = 0;
    double variance = 0;
    double low = 0;
    double high = 0;
};
/// @param both, first, second, neither counts of units
/// @throws Error TooLittleData when there are no units or chance agreement is complete
Kappa cohenKappa(std::uint64_t both, std::uint64_t first, std::uint64_t second,
                 std::uint64_t neither);

}  // namespace kith
