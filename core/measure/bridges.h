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

/// What somebody's contacts have to do with each other.
struct Gaps {
    /// Burt's (1992) constraint: low = sits in a gap. NaN for people without ties.
    std::vector<double> constraint;

    /// Burt's effective size n - 2t/n (Borgatti 1997), unweighted. 0 for people without ties.
    std::vector<double> effectiveSize;
};

/// Both from one walk over all triangles, each met once, at the end that has fewest ties. Time
/// O(ties^1.5) in the worst case and near linear in most graphs; memory 24 bytes a tie.
Gaps gaps(const Graph& graph, Task& task);

struct BetweennessOptions {
    std::uint64_t seed = 1;
    unsigned threads = 0;            ///< 0 = all; the result does not depend on it
    std::size_t exactUpTo = 10'000;  ///< people
    double error = 0.001;            ///< beyond: wanted for everybody's share of all pairs
    double risk = 0.1;               ///< chance that somebody's error is larger than said
    std::uint64_t mostVisits = 1'000'000'000;  ///< ties looked at before more draws are given up
};

struct Betweenness {
    std::vector<double> value;  ///< shortest paths through each vertex, each pair once
    bool exact = true;
    std::uint64_t draws = 0;  ///< paths drawn when not exact

    /// When not exact: but for the chance `risk`, nobody's value is wrong by more than this share
    /// of all pairs n (n - 1) / 2.
    double error = 0;
};

/// Exact up to `exactUpTo` people (Brandes, "A faster algorithm for betweenness centrality",
/// Journal of Mathematical Sociology 25:163, 2001), beyond from paths drawn at random (Borassi and
/// Natale 2019). Paths are unweighted. Time O(people x ties) when exact.
/// @throws Cancelled; Error Usage when error or risk are not between 0 and 1
Betweenness betweenness(const Graph& graph, const BetweennessOptions& options, Task& task);

/// Ranks people as bridges: those with ties into at least two clusters, by participation weighted
/// with the strength of their ties outside the own cluster, betweenness breaking ties.
std::vector<Vertex> rankBridges(const Graph& graph, const Partition& partition,
                                const std::vector<double>& participation,
                                const std::vector<double>& betweenness);

/// Clusters that each of `who` has at least `share` of its weight in, own first, then by weight.
std::vector<std::vector<std::uint32_t>> clustersTouched(const Graph& graph,
                                                        const Partition& partition,
                                                        const std::vector<Vertex>& who,
                                                        double share = 0.1);

}  // namespace kith
