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

}  // namespace kith
