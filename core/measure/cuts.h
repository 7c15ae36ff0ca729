#pragma once

#include "core/graph/graph.h"

#include <utility>
#include <vector>

namespace kith {

// Where a graph would fall apart.

/// People without whom some others would no longer be connected, ascending. Time O(people + ties).
/// Source: Hopcroft and Tarjan, Communications of the ACM 16:372, 1973.
std::vector<Vertex> articulationPoints(const Graph& graph);

/// Ties without which some people would no longer be connected, as (lower, higher), ascending.
/// Time O(people + ties). Source: Tarjan, Information Processing Letters 2:160, 1974.
std::vector<std::pair<Vertex, Vertex>> cutTies(const Graph& graph);

/// Ties whose ends have no contact in common, as (lower, higher), ascending (Granovetter 1973).
/// Time O(sum over ties of both degrees).
std::vector<std::pair<Vertex, Vertex>> localBridges(const Graph& graph);

}  // namespace kith
