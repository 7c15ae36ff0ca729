#pragma once

#include "core/base/task.h"
#include "core/graph/graph.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace kith {

// The core and the edge of a graph (METHODS i). Weights play no part.

/// The largest k for which somebody is part of a group in which everybody is tied to k others
/// (Seidman 1983; linear method of Batagelj and Zaversnik 2003). By vertex; 0 without ties.
/// Time O(people + ties).
std::vector<std::uint32_t> coreNumbers(const Graph& graph);

/// How many have each core number, ascending.
std::map<std::uint32_t, std::size_t> coreHistogram(std::span<const std::uint32_t> cores);

struct CoreOptions {
    unsigned starts = 200;
    unsigned nullSamples = 99;  ///< graphs with the same numbers of ties; a tenth of the starts
                                ///< each, which are also what they are held against
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// A core whose members are tied to everybody, and an edge whose members are tied to the core only:
/// how well the best such division fits (Borgatti and Everett 1999, discrete; the ideal has a tie
/// wherever at least one end is of the core).
struct CorePeriphery {
    std::vector<Vertex> core;  ///< ascending
    double fit = 0;            ///< correlation over pairs of people, -1..1
    double nullMean = 0;  ///< of the best fits of rewired graphs: any skew of degrees fits some
    double nullSd = 0;    ///< (Kojaku and Masuda 2018)
    double p = 1;         ///< (1 + rewired at least as good) / (1 + samples)
    unsigned samples = 0;
};

/// The best of many hill climbs that move one person at a time. Time O(starts x people x ties).
/// @throws Error TooLittleData below 10 people, LimitReached above 500
CorePeriphery corePeriphery(const Graph& graph, const CoreOptions& options, Task& task);

}  // namespace kith
