#pragma once

#include "core/base/task.h"
#include "core/graph/graph.h"

#include <cstdint>
#include <vector>

namespace kith {

struct Point {
    double x = 0;
    double y = 0;
};

struct LayoutOptions {
    std::uint64_t seed = 1;
    unsigned iterations = 0;  ///< 0 = chosen by size
    unsigned threads = 0;     ///< the result does not depend on it
};

/// Places people so that those who interact stand close: clusters find their place first, then
/// people inside and around them, by a force-directed method with Barnes-Hut repulsion. People
/// without ties stand on a rim. Positions lie in the unit square, (0,0) top left.
/// @param clusterOf by vertex; negative = in no cluster
/// Deterministic in (graph, clusters, seed). Time O(iterations x (ties + people log people)).
std::vector<Point> layoutMap(const Graph& graph, const std::vector<int>& clusterOf,
                             const LayoutOptions& options, Task& task);

}  // namespace kith
