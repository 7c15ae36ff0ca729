#pragma once

#include "core/base/task.h"
#include "core/graph/graph.h"
#include "core/graph/interaction.h"

#include <cstdint>
#include <span>
#include <vector>

namespace kith {

// What a whole graph looks like. Weights play no part except where said.

struct GraphShape {
    std::size_t people = 0;
    std::size_t ties = 0;
    double density = 0;              ///< ties over pairs; 0 with fewer than two people
    std::size_t components = 0;      ///< connected parts, people without ties included
    std::size_t largest = 0;         ///< people of the largest part
    std::size_t diameter = 0;        ///< longest of the shortest ways in the largest part, in ties
    bool diameterExact = true;       ///< false: a lower bound, the search was cut short
    double transitivity = 0;         ///< closed among all two-step ways; 0 without one
    double clustering = 0;           ///< mean over everybody of the share of pairs of acquaintances
                                     ///< who are tied; people with fewer than two count as 0
    double degreeAssortativity = 0;  ///< -1..1 (Newman 2003); NaN when all degrees are the same
    std::size_t cutPeople = 0;       ///< without whom a part falls apart (articulation points)
    std::size_t cutTies = 0;         ///< without which a part falls apart (bridges)
    std::size_t localBridges = 0;    ///< ties whose ends share no acquaintance (Granovetter 1973)
};

/// Time O(ties^1.5) for triangles; the diameter takes some passes over the largest part, between
/// ten and a thousand at most, by its size (double sweep and fringes: Crescenzi, Grossi, Habib,
/// Lanzi and Marino 2013).
GraphShape graphShape(const Graph& graph, Task& task);

/// The connected part of everybody, numbered by their first person. O(ties).
struct Components {
    std::vector<std::uint32_t> of;  ///< by vertex
    std::vector<std::size_t> size;  ///< by part
};
Components components(const Graph& graph);

/// Triangles through everybody, and ties in none. O(ties^1.5).
struct Triangles {
    std::vector<std::uint64_t> at;  ///< by vertex
    std::uint64_t all = 0;
    std::size_t openTies = 0;  ///< ties that are part of no triangle
};
Triangles triangles(const Graph& graph);

/// People and ties on which the connection of others hangs (Hopcroft and Tarjan 1973). O(ties).
struct CutPoints {
    std::vector<bool> person;  ///< by vertex
    std::size_t people = 0;
    std::size_t ties = 0;
};
CutPoints cutPoints(const Graph& graph);

/// How much is returned, of directed ties.
struct Reciprocity {
    std::uint64_t arcs = 0;
    std::uint64_t mutual = 0;  ///< pairs tied both ways
    std::uint64_t oneWay = 0;  ///< pairs tied one way
    double arcShare = 0;       ///< 2M / (2M + A); 0 without arcs
    double pairShare = 0;      ///< M / (M + A)
    double weightedShare = 0;  ///< sum of min(w_ij, w_ji) over arcs / sum of weights
};                             ///  (Squartini, Picciolo, Ruzzenenti and Garlaschelli 2013)

/// @param arcs by from then to, each pair once each way, no loops. O(arcs log arcs).
Reciprocity reciprocity(std::span<const Arc> arcs);

}  // namespace kith
