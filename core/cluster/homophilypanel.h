#pragma once

#include "core/base/task.h"
#include "core/cluster/homophily.h"
#include "core/graph/interaction.h"

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace kith {

/// A 95 % interval; both NaN where there is none.
struct Interval {
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
};

/// A group's homophily, with what goes beyond the weight of its ties.
struct GroupPanel : GroupHomophily {
    double withinTies = 0;   ///< H with every tie counting 1
    double inbreeding = 0;   ///< IH = (H - w)/(1 - w), w = n_k/N (Coleman 1958), counting ties
    double colemanTies = 0;  ///< Coleman's index (the person left out), counting ties
    /// SMI, -1..1: (d_in - d_out)/(d_in + d_out) of the densities of ties (Fershtman 1997).
    double segregation = 0;
};

/// Everything that is said of a nominal trait over the whole graph (METHODS d.1). What Homophily
/// has is of tie weight where it says so; the rest counts ties. Groups without ties have 0
/// everywhere. `p` is one-sided on the ties inside.
struct HomophilyPanel : Homophily {
    std::size_t ties = 0;            ///< that join people with a value
    Interval assortativityInterval;  ///< people resampled (Snijders and Borgatti 1999)
    double assortativityTies = 0;    ///< r when every tie counts 1
    double assortativityTiesSe = 0;
    double ifUnknownAlike = 0;      ///< r if everybody unknown were like most of their contacts
    double ifUnknownDifferent = 0;  ///< r if everybody unknown had a value of their own
    Interval oddsRatioInterval;
    double logOddsRatio = 0;
    double yuleQ = 0;                ///< (OR - 1)/(OR + 1)
    unsigned bootstraps = 0;         ///< draws behind the intervals
    bool byActivity = false;         ///< p is from shuffles among people of like activity
    double pFree = 1;                ///< from shuffles over everybody
    double pActivity = 1;            ///< whether the number of ties differs between groups
    double z = 0;                    ///< (ties inside - chance)/sd, both exact for free shuffles
    std::vector<GroupPanel> panels;  ///< by descending size, as `groups`
};

struct PanelOptions : PermutationOptions {
    unsigned bootstraps = 500;  ///< draws for intervals; 0 = none
};

/// Values are shuffled over the people who have one, ties stay. When the groups differ in activity
/// (Kruskal-Wallis over the numbers of ties, p <= 0.05 in the same shuffles), p comes from a second
/// set of shuffles inside tenths of people by activity. Above 10^6 ties p is a normal approximation
/// with the exact mean and variance (permutations = 0; inside tenths: from 99 shuffles), and the
/// intervals are from at most 100 draws. Deterministic for any number of threads.
/// Time O(people + ties) a shuffle or draw.
/// @throws Error TooLittleData when fewer than five people have a value, or no ties join any, or
///         all values are the same; Usage when there is not one value a vertex
HomophilyPanel homophilyPanel(const Graph& graph, const NominalValues& values,
                              const PanelOptions& options, Task& task);

/// The panel of directed ties: of arcs and ordered pairs, every arc counting 1 but for r.
struct ArcHomophily {
    std::size_t arcs = 0;
    double assortativity = 0;      ///< by weight (Newman 2003, directed)
    double assortativityArcs = 0;  ///< every arc counting 1
    double eiIndex = 0;
    double oddsRatio = 0;
    std::vector<GroupPanel> groups;  ///< of the arcs that leave the group; by descending size
};

/// @throws Error as homophilyPanel()
ArcHomophily arcHomophily(std::size_t people, std::span<const Arc> arcs,
                          const NominalValues& values);

/// Homophily in a numeric trait: the Pearson correlation of the values at both ends of a tie, both
/// directions of each (Newman 2003).
struct ScalarHomophily {
    std::size_t people = 0;
    std::size_t known = 0;
    std::size_t ties = 0;
    double assortativity = 0;  ///< by tie weight, -1..1; 0 when one side does not vary
    double assortativitySe = 0;
    Interval interval;             ///< people resampled
    double assortativityTies = 0;  ///< every tie counting 1
    double h = 0;  ///< 1 - mean squared difference over ties / over all pairs: 1 = the same
    double p = 1;  ///< one-sided: as alike or more
    unsigned permutations = 0;
    unsigned bootstraps = 0;
};

/// @param values one a vertex; NaN = not known
/// @throws Error TooLittleData when fewer than five are known, no ties join them, or all are the
///         same
ScalarHomophily scalarHomophily(const Graph& graph, const NumericValues& values,
                                const PanelOptions& options, Task& task);

/// The same correlation over directed ties: from against to. Every arc counts 1. 0 when one side
/// does not vary.
double scalarAssortativity(std::span<const Arc> arcs, const NumericValues& values);

/// How a person's own value goes with the mean value of their contacts (Cinelli et al. 2021).
struct NeighbourCorrelation {
    std::size_t people = 0;  ///< who have a value and contacts with one
    double correlation = 0;  ///< Pearson
    double p = 1;            ///< one-sided, values shuffled over people
    unsigned permutations = 0;
    std::vector<double> own;       ///< by person counted
    std::vector<double> contacts;  ///< weighted mean value of the contacts
};

/// @throws Error TooLittleData when fewer than ten people can be counted
NeighbourCorrelation neighbourCorrelation(const Graph& graph, const NumericValues& values,
                                          const PermutationOptions& options, Task& task);

}  // namespace kith
