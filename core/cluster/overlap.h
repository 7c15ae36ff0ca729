#pragma once

#include "core/cluster/partition.h"

#include <vector>

namespace kith {

/// A cluster that holds much of a person's ties without being their own.
struct AlsoClose {
    Vertex person = 0;
    std::uint32_t cluster = 0;
    double share = 0;  ///< of the person's tie weight, 0..1
};

/// Everybody's shares w(i, c)/s_i of at least `share` in clusters other than their own, by person,
/// largest first (METHODS c, overlap). Time O(ties).
std::vector<AlsoClose> alsoCloseTo(const Graph& graph, const Partition& partition,
                                   double share = 0.25);

}  // namespace kith
