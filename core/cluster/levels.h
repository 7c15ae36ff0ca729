#pragma once

#include "core/cluster/consensus.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace kith {

struct LevelsOptions {
    unsigned steps = 25;  ///< densities tried
    unsigned runs = 0;    ///< at each; 0 = 10 up to 10^4 people, 4 up to 10^5, 2 beyond
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// What was found at one density.
struct SweepPoint {
    double gamma = 0;   ///< density that a group's own ties must exceed, in ties of mean weight
    double groups = 0;  ///< of two or more people: mean over the runs
    double instability = 0;  ///< mean pairwise VI of the runs / ln n
    double change = 0;       ///< VI to the groups of the density before / ln n; 0 for the first
    bool flat = false;       ///< the groups are about those of the density before
};

/// One scale at which the groups hold still.
struct ClusterLevel {
    std::size_t first = 0;  ///< points of the sweep that it stretches over
    std::size_t last = 0;
    double gamma = 0;  ///< the least unstable of them
    double instability = 0;
    double stability = 0;               ///< of its consensus; mean over people with ties
    Partition partition;                ///< inside the clusters of the coarser level before
    std::vector<std::uint32_t> parent;  ///< by cluster: the coarser level's; empty for the first
};

struct Levels {
    std::vector<SweepPoint> sweep;
    std::vector<ClusterLevel> levels;      ///< coarse to fine, at most three
    std::optional<std::size_t> preferred;  ///< the coarsest whose instability is below 0.05
};

/// Groups at several scales (METHODS c): CPM at densities in geometric steps from that of the graph
/// to 1, several runs each. A stretch is flat while neighbouring densities give the same groups
/// (VI / ln n at most 0.05, and as many groups within a tenth); the three longest that are not
/// trivial and whose instability is at most 0.1 are levels. Every level is the consensus of runs
/// inside the clusters of the level before, so that they nest. A graph without ties has no levels.
/// The result does not depend on the threads. Time: steps x runs clusterings; memory O(runs x
/// people) beside the graph.
/// @throws Cancelled
/// Sources: Traag, Van Dooren and Nesterov, Physical Review E 84:016114, 2011 (CPM); Traag, Krings
/// and Van Dooren, Scientific Reports 3:2930, 2013 (resolution profiles).
Levels findLevels(const Graph& graph, const LevelsOptions& options, Task& task);

}  // namespace kith
