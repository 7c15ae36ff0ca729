#pragma once

#include "core/base/fetchahead.h"
#include "core/cluster/level.h"

/// Walking along the rows of a level: the innermost loops of a Leiden run.
namespace kith::level {

/// Adds the weights of a node's ties to the pulls of what their other ends belong to, and lists in
/// scratch.touched what was met for the first time. Without branches: what is met is too irregular
/// for the processor to guess.
/// @param belongs where each node belongs: an index of scratch.pulls
/// @param met     how many are listed already
/// @return how many are listed now
inline std::size_t gather(const Level& level, Vertex node, Scratch& scratch,
                          std::span<const std::uint32_t> belongs, std::size_t met = 0)
{
    const std::uint64_t first = level.rows[node];
    const std::uint64_t last = level.rows[node + std::size_t{1}];
    if (scratch.touched.size() < met + (last - first))
        scratch.touched.resize(2 * (met + last - first));
    std::uint32_t* touched = scratch.touched.data();
    Pull* pulls = scratch.pulls.data();
    for (std::uint64_t arc = first; arc < last; ++arc) {
        const std::uint32_t where = belongs[level.columns[arc]];
        double& into = pulls[where].into;
        touched[met] = where;
        met += into == 0.0 ? 1U : 0U;
        into += static_cast<double>(level.weights[arc]);
    }
    return met;
}

// What is far apart in memory is asked for some turns ahead, one look after another, since each
// needs what the one before brought.

/// For a node some eight turns on.
inline void askStart(const Level& level, Vertex node)
{
    fetchAhead(level.rows.data() + node);
}

/// For a node some four turns on.
inline void askRow(const Level& level, Vertex node)
{
    constexpr std::uint64_t line = 16;  // neighbours to a line of the cache
    const std::uint64_t first = level.rows[node];
    for (std::uint64_t arc = first; arc < first + 2 * line; arc += line) {
        fetchAhead(level.columns.data() + arc);
        fetchAhead(level.weights.data() + arc);
    }
}

/// For a node two turns on: asks for belongs[] of its neighbours.
inline void askBelongs(const Level& level, Vertex node, std::span<const std::uint32_t> belongs)
{
    for (std::uint64_t arc = level.rows[node]; arc < level.rows[node + std::size_t{1}]; ++arc)
        fetchAhead(belongs.data() + level.columns[arc]);
}

/// For the next node: asks for the pulls of what its neighbours belong to.
inline void askPulls(const Level& level, Vertex node, std::span<const std::uint32_t> belongs,
                     const Scratch& scratch)
{
    for (std::uint64_t arc = level.rows[node]; arc < level.rows[node + std::size_t{1}]; ++arc)
        fetchAhead(scratch.pulls.data() + belongs[level.columns[arc]]);
}

}  // namespace kith::level
