#pragma once

#include "core/graph/graph.h"

#include <cstdint>
#include <vector>

/// Graphs to measure with: made by ourselves, the same for the same seed, ids and the order of ties
/// shuffled so that nobody profits from how they were made.
namespace kith::bench {

struct Sample {
    std::size_t people = 0;
    std::vector<WeightedTie> ties;     ///< simple: no loops, no pair twice; weights 1
    std::vector<std::uint32_t> truth;  ///< by vertex: the planted group; empty when there is none
};

struct PlantedShape {
    std::size_t people = 0;
    double meanDegree = 18;
    double mostDegree = 1'000;  ///< degrees fall off as d^-2.5
    double mixing = 0.3;        ///< share of a person's ties that leave the group
    double leastGroup = 20;
    double mostGroup = 1'000;  ///< sizes fall off as s^-1.5
};

/// The shapes of 10^4, 10^5 and 10^6 people that the figures in README.md speak of.
PlantedShape plantedShape(std::size_t people, double mixing);

/// A planted partition with the distributions of the LFR graphs (Lancichinetti, Fortunato and
/// Radicchi, "Benchmark graphs for testing community detection algorithms", Physical Review E
/// 78:046110, 2008). Ends are matched at random inside and across groups; pairs that come up twice
/// are matched again and, where that fails, left out.
Sample planted(const PlantedShape& shape, std::uint64_t seed);

/// A graph without clear groups but with hubs: R-MAT (Chakrabarti, Zhan and Faloutsos, SDM 2004)
/// with a, b, c = 0.57, 0.19, 0.19 over 2^scale people.
Sample rmat(unsigned scale, std::size_t ties, std::uint64_t seed);

}  // namespace kith::bench
