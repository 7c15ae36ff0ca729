#pragma once

#include <cstddef>
#include <vector>

namespace kith {

/// No column.
inline constexpr std::size_t unmatched = static_cast<std::size_t>(-1);

/// The one-to-one matching of rows to columns with the greatest sum of worth (the Hungarian
/// method: Kuhn 1955, in the form of Jonker and Volgenant 1987). Every row of the smaller side is
/// matched, whatever its worth. By row: its column, or `unmatched`. Time O(rows^2 columns).
/// @param worth by row, then column; all rows of one length
std::vector<std::size_t> bestMatching(const std::vector<std::vector<double>>& worth);

}  // namespace kith
