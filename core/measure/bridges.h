#pragma once

#include "core/base/task.h"
#include "core/cluster/partition.h"

#include <cstdint>
#include <vector>

namespace kith {

// Who crosses (METHODS f). Every function gives one value a vertex.

/// P_i = 1 - sum_c (w(i,c)/s_i)^2, in [0, 1); 0 for people without ties. Guimera and Amaral 2005.
std::vector<double> participation(const Graph& graph, const Partition& partition);

/// z of the weight inside the own cluster against its members (population sd); 0 when sd is 0.
std::vector<double> withinClusterZ(const Graph& graph, const Partition& partition);

/// Burt's (1992) constraint; low = sits in a gap. NaN for people without ties. Time O(sum of
/// squared degrees) in the worst case.
std::vector<double> constraint(const Graph& graph, unsigned threads, Task& task);

/// Burt's effective size n - 2t/n (Borgatti 1997), unweighted. 0 for people without ties.
std::vector<double> effectiveSize(const Graph& graph, unsigned threads, Task& task);

struct Betweenness {
    std::vector<double> value;  ///< shortest paths through each vertex, each pair once
    bool exact = true;
    unsigned pivots = 0;  ///< sources used when not exact
};

/// Exact (Brandes 2001) up to `exactUpTo` people, beyond from sampled pivots (Brandes and Pich 2007
/// with the linear scaling of Geisberger, Sanders and Schultes 2008). Unweighted. Summation order
/// is fixed, so the result does not depend on `threads`.
Betweenness betweenness(const Graph& graph, std::uint64_t seed, unsigned threads, Task& task,
                        std::size_t exactUpTo = 10'000);

/// Ranks people as bridges: those with ties into at least two clusters, by participation weighted
/// with the strength of their ties outside the own cluster, betweenness breaking ties.
std::vector<Vertex> rankBridges(const Graph& graph, const Partition& partition,
                                const std::vector<double>& participation,
                                const std::vector<double>& betweenness);

/// Clusters that a vertex has at least `share` of its weight in, own first, then by weight.
std::vector<std::uint32_t> clustersTouched(const Graph& graph, const Partition& partition, Vertex v,
                                           double share = 0.1);

}  // namespace kith
