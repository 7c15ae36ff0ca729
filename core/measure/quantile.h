#pragma once

#include <cstddef>
#include <span>

namespace kith {

/// The value below which `share` of the others lie, without interpolation.
/// @param sorted ascending, not empty
/// @param share  0..1
inline double lowerQuantile(std::span<const double> sorted, double share)
{
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

/// The value below which `share` of the others lie, between two of them where need be (Hyndman and
/// Fan 1996, definition 7; what R and numpy do unless told otherwise).
/// @param sorted ascending, not empty
/// @param share  0..1
inline double quantile(std::span<const double> sorted, double share)
{
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = below + 1 < sorted.size() ? below + 1 : below;
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace kith
