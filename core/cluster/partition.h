#pragma once

#include "core/graph/graph.h"

#include <cstdint>
#include <span>
#include <vector>

namespace kith {

/// Which cluster each vertex is in. Clusters are numbered from 0 by descending size, ties by their
/// lowest vertex, so that equal partitions are equal values.
struct Partition {
    std::vector<std::uint32_t> clusterOf;  ///< by vertex
    std::uint32_t clusters = 0;

    std::vector<std::vector<Vertex>> members() const;  ///< by cluster, ascending
    friend bool operator==(const Partition&, const Partition&) = default;
};

/// Renumbers any labels into a Partition.
Partition partitionOf(std::span<const std::uint32_t> labels);

/// Q(gamma) = sum_c [ e_c/m - gamma (K_c/2m)^2 ]; 0 for a graph without ties. In [-1/2, 1].
double modularity(const Graph& graph, const Partition& partition, double resolution = 1);

/// sum_c [ e_c - gamma n_c (n_c - 1)/2 ].
double cpm(const Graph& graph, const Partition& partition, double resolution);

/// cut / min(vol, rest of vol), by cluster; 0 when a cluster has no ties out, 1 when it has no ties
/// at all. In [0, 1].
std::vector<double> conductance(const Graph& graph, const Partition& partition);

// Comparing two partitions of the same vertices; natural logarithms (METHODS c).
double normalisedMutualInformation(const Partition& a, const Partition& b);  ///< 0..1
double adjustedMutualInformation(const Partition& a, const Partition& b);    ///< <= 1
double adjustedRandIndex(const Partition& a, const Partition& b);            ///< <= 1
double variationOfInformation(const Partition& a, const Partition& b);       ///< nats, 0..ln n

}  // namespace kith
