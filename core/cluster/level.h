#pragma once

#include "core/base/random.h"
#include "core/base/release.h"
#include "core/graph/graph.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

/// The working parts of one Leiden run. Both qualities have the form
/// sum_c [ e_c - pressure/2 M_c^2 ] + constant, where M_c adds up the masses of a cluster's nodes:
/// strengths and gamma/2m for modularity, numbers of people and gamma for CPM.
namespace kith::level {

/// A graph whose nodes are people or groups of people. Ties inside a node do not appear: they move
/// with it and never change a comparison.
struct Level {
    std::span<const std::uint64_t> rows;
    std::span<const Vertex> columns;
    std::span<const float> weights;
    std::span<const double> mass;

    /// Gains below this share of what is compared are rounding: people's ties weigh the same from
    /// both ends and are added in double; those of groups were rounded to float at each end.
    double rounding = 0;

    std::size_t nodes() const { return mass.size(); }
};

inline constexpr double exactWeights = 1e-11;
inline constexpr double roundedWeights = 2.5e-7;

/// The arrays behind a level of groups.
struct Groups {
    std::vector<std::uint64_t> rows;
    std::vector<Vertex> columns;
    std::vector<float> weights;
    std::vector<double> mass;

    Level view() const { return {rows, columns, weights, mass, roundedWeights}; }
};

struct Rules {
    double pressure = 0;  ///< what a unit of mass asks of a unit of mass
    double softness = 0;  ///< gains this far apart are chosen e times as often
    unsigned looks = 0;   ///< at a node while nodes are moved, on average, at most; 0 = no limit
};

/// What a node sees of a cluster; together, so that one look into memory brings both.
struct Pull {
    double mass = 0;
    double into = 0;  ///< weight from the node at hand; 0 between nodes
};

/// Arrays that live as long as the run, so that no level allocates them again.
struct Scratch {
    std::vector<Pull> pulls;  ///< by cluster, part of a cluster, or group
    std::vector<std::uint32_t> touched;
    std::vector<std::uint32_t> clusterSize;
    std::vector<std::uint32_t> empty;
    std::vector<Vertex> order;
    std::vector<std::uint8_t> waiting;
    std::vector<double> outward;
    std::vector<double> chance;

    /// Gives back what no level needs while it is made.
    void forgetMoves()
    {
        for (auto* one : {&clusterSize, &empty, &order}) release(*one);
        release(waiting);
        for (auto* one : {&outward, &chance}) release(*one);
    }
};

/// Moves single nodes to the neighbouring cluster (or a new one) that gains most, until no node
/// gains; a node is looked at again whenever a neighbour has moved away. `labels` are below
/// nodes(). Ends early where the rules limit the looks.
/// @return how many moves were made
std::size_t moveNodes(const Level& level, const Rules& rules, std::vector<std::uint32_t>& labels,
                      Scratch& scratch, Random& random, const std::function<void()>& breathe);

/// The well-connected parts of clusters, by ascending label: parts of one cluster are neighbours.
struct Parts {
    std::vector<std::uint32_t> partOf;     ///< by node
    std::vector<std::uint32_t> clusterOf;  ///< by part

    std::uint32_t count() const { return static_cast<std::uint32_t>(clusterOf.size()); }
};

/// Splits every cluster into well-connected parts: nodes start alone and join, at random in
/// proportion to exp(gain / softness), a part of their own cluster that they do not lose by.
/// @param labels numbered 0 to clusters - 1
Parts refine(const Level& level, const Rules& rules, std::span<const std::uint32_t> labels,
             std::uint32_t clusters, Scratch& scratch, Random& random,
             const std::function<void()>& breathe);

/// One node for every part; parts must be numbered 0 to count - 1.
Groups aggregate(const Level& level, std::span<const std::uint32_t> parts, std::uint32_t count,
                 Scratch& scratch);

}  // namespace kith::level
