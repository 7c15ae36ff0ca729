#pragma once

#include "core/base/task.h"
#include "core/cluster/leiden.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace kith {

struct ConsensusOptions {
    LeidenOptions leiden;
    unsigned runs = 0;     ///< 0 = 50 up to 10^4 people, 20 up to 10^5, 5 beyond
    unsigned threads = 0;  ///< 0 = all; the result does not depend on it
};

/// Clusters that many runs agree on, and how far they agree (METHODS c).
struct Consensus {
    Partition partition;
    double modularity = 0;  ///< see reportedModularity()
    unsigned runs = 0;
    std::vector<float> together;  ///< by arc of the graph: share of runs with both ends together
    std::vector<double> personStability;  ///< by vertex, 0..1: weighted mean of its ties inside
    std::vector<double> stability;        ///< by cluster: mean of its members'
    double overall = 0;                   ///< mean over people with ties
    double instability = 0;  ///< mean pairwise VI of the plain runs / ln n (a sample of pairs)
};

/// What is reported for a partition: modularity at the options' resolution; for CPM, whose
/// resolution is a density, at resolution 1.
double reportedModularity(const Graph& graph, const Partition& partition,
                          const LeidenOptions& options);

/// People without ties are clusters of one with stability 0. A step of `task` is one run.
/// @throws Cancelled
/// Source: Lancichinetti and Fortunato, "Consensus clustering in complex networks", Scientific
/// Reports 2:336, 2012, in a form linear in ties. The quality of the result is polished on the
/// original graph, never below the best plain run.
Consensus consensusClusters(const Graph& graph, const ConsensusOptions& options, Task& task);

/// Modularity against that of graphs at random (METHODS c).
struct NullTest {
    double observed = 0;  ///< reached as in every sample, by the best of five runs of one round;
                          ///< beyond 2000 people by one run of two, beyond 10^4 of one, beyond 10^5
                          ///< ended after four looks at everybody
    double mean = 0;
    double sd = 0;
    double z = 0;  ///< (observed - mean) / sd; 0 when all samples are the same
    double p = 1;  ///< (1 + #{null >= observed}) / (samples + 1)
    unsigned samples = 0;
};

/// Against graphs with the same degrees and ties at random. Exact for the draws of rewiredGraph():
/// the graph itself and its samples are looked at alike, so that of graphs at random five in a
/// hundred have p <= 0.05. The clusters that are shown come from more runs than that.
/// @param samples rewired graphs
/// @throws Cancelled
/// Time O(samples x ties), memory about 50 bytes a tie and thread.
NullTest rewiringNull(const Graph& graph, const ConsensusOptions& options, unsigned samples,
                      Task& task);

/// The same against graphs that are drawn otherwise.
/// @param draw one of them by its number, below `samples`; called from several threads
NullTest clusterNull(const Graph& graph, const ConsensusOptions& options, unsigned samples,
                     const std::function<Graph(std::size_t)>& draw, Task& task);

/// A graph with the same degrees and ties at random: 20 m swaps that keep every degree; beyond
/// 2x10^5 ties the ends are matched anew, and only loops and parallel ties are swapped away.
/// Weights are dealt out again. Depends on (seed, stream) alone. Time O(ties).
/// @throws Cancelled
Graph rewiredGraph(const Graph& graph, std::uint64_t seed, std::uint64_t stream, const Task& task);

}  // namespace kith
