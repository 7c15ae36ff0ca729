#pragma once

#include "core/base/task.h"
#include "core/cluster/partition.h"
#include "core/graph/interaction.h"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A nominal trait over the vertices of a graph.
struct NominalValues {
    std::vector<std::string> names;     ///< the values that occur, ascending
    std::vector<std::int32_t> valueOf;  ///< by vertex: index into names, -1 = not known

    std::size_t known() const;
};

/// From texts; empty = not known.
NominalValues nominalValues(const std::vector<std::string>& texts);

/// A numeric trait; NaN = not known.
using NumericValues = std::vector<double>;

/// A 95 % interval; both NaN where there is none.
struct Interval {
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
};

struct GroupHomophily {
    std::string value;
    std::size_t size = 0;
    double within = 0;      ///< H: share of tie weight of the group that stays inside, 0..1
    double withinTies = 0;  ///< the same, every tie counting 1
    double inbreeding = 0;  ///< IH = (H - w)/(1 - w) with w = n_k/N (Coleman 1958), counting ties
    double coleman = 0;     ///< the person left out of the own group, w = (n_k-1)/(N-1); tie weight
    double colemanTies = 0;  ///< the same, counting ties
    /// SMI, -1..1: (d_in - d_out)/(d_in + d_out) of the densities of ties (Fershtman 1997).
    double segregation = 0;
};

/// Homophily of the whole graph in a nominal trait, over people with a known value and the ties
/// between them (METHODS d.1). `assortativity` and `within` are of tie weight, everything else
/// counts ties. Groups without ties have 0 everywhere.
struct Homophily {
    std::size_t people = 0;
    std::size_t known = 0;
    std::size_t ties = 0;            ///< that join people with a value
    double assortativity = 0;        ///< r, -1..1 (Newman 2003)
    double assortativitySe = 0;      ///< edge jackknife; takes ties as independent
    Interval assortativityInterval;  ///< people resampled (Snijders and Borgatti 1999)
    double assortativityTies = 0;    ///< r when every tie counts 1
    double assortativityTiesSe = 0;
    double ifUnknownAlike = 0;      ///< r if everybody unknown were like most of their contacts
    double ifUnknownDifferent = 0;  ///< r if everybody unknown had a value of their own
    double eiIndex = 0;             ///< -1..1
    double eiExpected = 0;          ///< its chance value
    double oddsRatio = 0;  ///< of being tied, same against different; 0.5 added when a cell is 0
    Interval oddsRatioInterval;
    double logOddsRatio = 0;
    double yuleQ = 0;  ///< (OR - 1)/(OR + 1)
    double freeman = 0;
    unsigned bootstraps = 0;  ///< draws behind the intervals

    double p = 1;               ///< the one to report, one-sided on the ties inside
    unsigned permutations = 0;  ///< that were needed (Besag and Clifford 1991 stop early)
    bool byActivity = false;    ///< p is from shuffles among people of like activity
    double pFree = 1;           ///< from shuffles over everybody
    double pActivity = 1;       ///< whether the number of ties differs between groups
    double z = 0;               ///< (ties inside - chance)/sd, both exact for free shuffles
    std::vector<GroupHomophily> groups;  ///< by descending size
};

struct PermutationOptions {
    unsigned permutations = 999;
    std::uint64_t seed = 1;
    unsigned threads = 0;
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
Homophily homophily(const Graph& graph, const NominalValues& values,
                    const PermutationOptions& options, Task& task);

/// The panel of directed ties: of arcs and ordered pairs, every arc counting 1 but for r.
struct ArcHomophily {
    std::size_t arcs = 0;
    double assortativity = 0;      ///< by weight (Newman 2003, directed)
    double assortativityArcs = 0;  ///< every arc counting 1
    double eiIndex = 0;
    double oddsRatio = 0;
    std::vector<GroupHomophily> groups;  ///< of the arcs that leave the group; by descending size
};

/// @throws Error as homophily()
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
                                const PermutationOptions& options, Task& task);

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

/// How alike the members of one cluster are in one trait (METHODS d.2).
struct Likeness {
    std::uint32_t cluster = 0;
    std::size_t trait = 0;     ///< index into the traits given
    std::string value;         ///< the most over-represented value (nominal)
    std::size_t known = 0;     ///< members with a value
    std::size_t count = 0;     ///< of them with `value`
    double share = 0;          ///< count / known
    double expected = 0;       ///< share of `value` among everybody with a value
    double valueP = 1;         ///< hypergeometric, at least `count`
    double pairs = 0;          ///< T: share of pairs alike inside; numeric: minus the variance
    double pairsExpected = 0;  ///< S: the same in the whole export
    double h = 0;              ///< (T - S)/(1 - S), at most 1
    double p = 1;
    double q = 1;         ///< Benjamini-Hochberg over all clusters and traits
    double coverage = 0;  ///< known / members
};

enum class Verdict {
    Homophilous,     ///< alike and close-knit: all four conditions
    CloseKnitMixed,  ///< only condition 1
    AlikeNotClose,   ///< only 2 to 4
    Neither,
    TooSmall  ///< fewer than five people
};

/// A name for the command line: "homophilous", "close-knit, mixed", "alike, not close-knit",
/// "neither", "too small".
std::string_view name(Verdict verdict);

struct ClusterTraits {
    std::vector<std::string> names;      ///< by trait
    std::vector<NominalValues> nominal;  ///< by trait; empty valueOf when numeric
    std::vector<NumericValues> numeric;  ///< by trait; empty when nominal
};

/// The test of every cluster of at least five people in every trait: values are permuted over the
/// people who have one, the partition stays. Clusters with fewer than five known values, and traits
/// whose known values are all the same, are listed but not tested (p = q = 1, h = 0). By cluster,
/// then trait. Deterministic for any number of threads. A permutation takes time O(people).
/// Variances divide by n - 1.
std::vector<Likeness> testLikeness(const Partition& partition, const ClusterTraits& traits,
                                   const PermutationOptions& options, Task& task);

/// The four conditions put together for one cluster.
/// @param likeness all of its rows
Verdict verdictOf(std::size_t size, double conductance, double stability, bool structureBeatsNull,
                  const std::vector<Likeness>& likeness);

/// q-values in the order of the p-values given (Benjamini and Hochberg 1995).
std::vector<double> benjaminiHochberg(const std::vector<double>& p);

/// Chance of at least `k` marked among `n` drawn from `total` of which `marked` are marked.
double hypergeometricTail(std::size_t k, std::size_t n, std::size_t marked, std::size_t total);

}  // namespace kith
