#pragma once

#include "core/base/task.h"
#include "core/graph/graph.h"

#include <cstdint>

namespace kith {

/// Up to so many people the resolution is 1 unless somebody asks for another.
inline constexpr std::size_t steadyFrom = 10'000;

/// The resolution of modularity, 1, 4, 16 ..., at which the groups of a large graph hold still. In
/// large graphs modularity at resolution 1 puts small groups together, and which ones is chance:
/// two runs differ (variation of information over ln n). The resolution is raised for as long as
/// they come to differ clearly less, and where that leads to groups on which runs agree (below
/// 0.05) it is taken; else it stays 1. It is 1 up to 10^4 people and without ties. The result does
/// not depend on `threads`. Time: two runs of two rounds a resolution tried, some eight in all.
/// @throws Cancelled
/// Sources: Fortunato and Barthelemy, PNAS 104:36, 2007, for the limit of resolution 1; Lambiotte,
/// WiOpt 2010, for stability under repetition as the guide.
double steadyResolution(const Graph& graph, std::uint64_t seed, unsigned threads, Task& task);

}  // namespace kith
