#pragma once

#include "core/base/task.h"
#include "core/cluster/partition.h"

#include <cstdint>
#include <optional>

namespace kith {

enum class Quality { Modularity, Cpm };

struct LeidenOptions {
    Quality quality = Quality::Modularity;

    /// gamma. Modularity: no unit, higher = more, smaller clusters. CPM: a density of ties.
    double resolution = 1;

    /// The same seed on the same graph gives the same clusters, on every machine.
    std::uint64_t seed = 1;

    /// Number of the run, for several runs with one seed.
    std::uint64_t run = 0;

    /// Rounds over the graph; 0 = until a round changes nothing, or, among more than 10^4 people,
    /// gains less than a hundred-thousandth of the quality.
    unsigned rounds = 0;

    /// How often somebody is looked at in a round, on average, at most; 0 = until nobody would gain
    /// by moving. With a limit clusters need not be connected: to measure graphs, not to show them.
    unsigned looks = 0;

    /// Randomness of the refinement, beta of the paper; > 0.
    double randomness = 0.01;
};

/// Finds clusters of people who interact more with each other than chance would have it. Every
/// cluster is connected; no two clusters would be better merged; after running until nothing
/// changes no part of a cluster would be better moved on its own.
/// @param start begin from this partition instead of everybody alone
/// @throws Cancelled
/// Time near linear in ties a round; memory O(people + ties). An empty graph gives no clusters;
/// people without ties are clusters of one.
/// Source: Traag, Waltman and van Eck, "From Louvain to Leiden", Scientific Reports 9:5233, 2019.
Partition leiden(const Graph& graph, const LeidenOptions& options, Task& task,
                 const Partition* start = nullptr);

}  // namespace kith
