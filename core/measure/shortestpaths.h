#pragma once

#include "core/base/task.h"
#include "core/measure/bridges.h"

#include <cstdint>

namespace kith {

/// Betweenness from shortest paths drawn at random between people drawn at random, until the error
/// is small enough or the work planned is done; see betweenness(). Draw number i has a stream of
/// random numbers of its own, and counts are whole numbers: the result does not depend on
/// `threads`.
/// Source: Borassi and Natale, "KADABRA is an adaptive algorithm for betweenness via random
/// approximation", ACM Journal of Experimental Algorithmics 24:1.2, 2019.
Betweenness sampledBetweenness(const Graph& graph, const BetweennessOptions& options, Task& task);

}  // namespace kith
