#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace kith {

/// A pair that may be matched, and what that is worth.
struct MatchCandidate {
    std::size_t left = 0;
    std::size_t right = 0;
    double worth = 0;  ///< > 0
};

/// The one-to-one matching of the greatest total worth; nobody has to be matched.
/// @return by left: the right one matched, or nullopt
/// Connected parts of the candidates are solved one by one; time O(k^3) for a part of k. The result
/// does not depend on the order of the candidates.
/// Source: Kuhn, Naval Research Logistics Quarterly 2:83, 1955, in Munkres' form with potentials.
std::vector<std::optional<std::size_t>> bestMatching(std::size_t lefts, std::size_t rights,
                                                     std::vector<MatchCandidate> candidates);

}  // namespace kith
