#pragma once

#include "core/base/random.h"
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
template <class Weight>
struct Level {
    std::span<const std::uint64_t> rows;
    std::span<const Vertex> columns;
    std::span<const Weight> weights;
    std::span<const double> mass;

    std::size_t nodes() const { return mass.size(); }
};

/// The arrays behind a level of groups.
struct Groups {
    std::vector<std::uint64_t> rows;
    std::vector<Vertex> columns;
    std::vector<double> weights;
    std::vector<double> mass;

    Level<double> view() const { return {rows, columns, weights, mass}; }
};

struct Rules {
    double pressure = 0;  ///< what a unit of mass asks of a unit of mass
    double softness = 0;  ///< gains this far apart are chosen e times as often
};

/// Arrays that live as long as the run, so that no level allocates them again.
struct Scratch {
    std::vector<double> into;  ///< by cluster: weight from the node at hand; all 0 between nodes
    std::vector<std::uint32_t> touched;
    std::vector<double> clusterMass;
    std::vector<std::uint32_t> clusterSize;
    std::vector<std::uint32_t> empty;
    std::vector<Vertex> queue;
    std::vector<std::uint8_t> waiting;
    std::vector<double> outward;
    std::vector<double> chance;
};

/// Moves single nodes to the neighbouring cluster (or a new one) that gains most, until no node
/// gains; a node is looked at again whenever a neighbour has moved away. `labels` are below
/// nodes().
template <class Weight>
void moveNodes(const Level<Weight>& level, const Rules& rules, std::vector<std::uint32_t>& labels,
               Scratch& scratch, Random& random, const std::function<void()>& breathe);

/// Splits every cluster into well-connected parts: nodes start alone and join, at random in
/// proportion to exp(gain / softness), a part of their own cluster that they do not lose by.
/// @return the part of every node, below nodes()
template <class Weight>
std::vector<std::uint32_t> refine(const Level<Weight>& level, const Rules& rules,
                                  std::span<const std::uint32_t> labels, Scratch& scratch,
                                  Random& random, const std::function<void()>& breathe);

/// One node for every part; parts must be numbered 0 to count - 1.
template <class Weight>
Groups aggregate(const Level<Weight>& level, std::span<const std::uint32_t> parts,
                 std::uint32_t count, Scratch& scratch);

}  // namespace kith::level
