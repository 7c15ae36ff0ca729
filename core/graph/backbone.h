#pragma once

#include "core/graph/graph.h"

#include <cstdint>
#include <span>
#include <vector>

namespace kith {

/// How surprising a tie's weight is to either of its ends: the least over both ends i of
/// (1 - w / s_i)^(k_i - 1), and 1 where both have no other tie (disparity filter of Serrano, Boguna
/// and Vespignani 2009). For drawing only: a dial, not a test of the whole network.
struct BackboneTie {
    Vertex a = 0;  ///< below b
    Vertex b = 0;
    double alpha = 1;
};

/// Every tie once, by a then b. O(ties).
std::vector<BackboneTie> disparity(const Graph& graph);

/// The ties with an alpha below the one given, everybody still there.
Graph backbone(const Graph& graph, double alpha);

/// People tied by what they took part in together (Newman 2001): a meeting of n people hands out
/// 1 / (n - 1) to each pair, the same total however big it is.
struct SharedMeetings {
    Vertex a = 0;  ///< below b
    Vertex b = 0;
    std::uint32_t shared = 0;  ///< meetings
    double newman = 0;         ///< sum of 1 / (n - 1)
    double jaccard = 0;        ///< shared over meetings of either
};

/// @param meetings who took part in each; the same person twice counts once. Pairs by a then b.
///        Time and memory O(sum of n^2): for small data; threads of a workspace are projected by
///        the store, with a cap.
std::vector<SharedMeetings> projection(std::size_t people,
                                       const std::vector<std::vector<Vertex>>& meetings);

}  // namespace kith
