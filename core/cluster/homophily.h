#pragma once

#include "core/base/task.h"
#include "core/cluster/partition.h"

#include <cstdint>
#include <optional>
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

struct GroupHomophily {
    std::string value;
    std::size_t size = 0;
    double within = 0;   ///< H: share of tie ends of the group that stay inside; 0 without ties
    double coleman = 0;  ///< -1..1; 0 without ties
};

/// Homophily of the whole graph in a nominal trait, over people with a known value and the ties
/// between them (METHODS d.1). Assortativity and the groups' shares are of tie weight, everything
/// else counts ties. Above 10^6 ties p is a normal approximation from 99 permutations around the
/// exact mean.
struct Homophily {
    std::size_t people = 0;
    std::size_t known = 0;
    double assortativity = 0;    ///< r, -1..1 (Newman 2003)
    double assortativitySe = 0;  ///< edge jackknife
    double eiIndex = 0;          ///< -1..1
    double eiExpected = 0;       ///< its chance value
    double oddsRatio = 0;  ///< of being tied, same against different; 0.5 added when a cell is 0
    double freeman = 0;
    double p = 1;
    unsigned permutations = 0;           ///< that were needed (Besag and Clifford 1991 stop early)
    std::vector<GroupHomophily> groups;  ///< by descending size
};

struct PermutationOptions {
    unsigned permutations = 999;
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// @throws Error TooLittleData when fewer than five people have a value, or no ties join any, or
/// all
///         values are the same
Homophily homophily(const Graph& graph, const NominalValues& values,
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
