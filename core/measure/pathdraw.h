#pragma once

#include "core/base/random.h"
#include "core/graph/graph.h"

#include <cstdint>
#include <vector>

namespace kith {

/// No shortest path has more people on it: twice the way from the best-tied person of each
/// connected part to whoever is farthest from there, and one. Time O(people + ties).
std::uint64_t pathLengthLimit(const Graph& graph);

/// Draws two people and one of the shortest paths between them, each alike likely, and counts who
/// stands between. Searches from both ends, always at the one with less to look at, so that a draw
/// sees a small part of the graph. Memory 20 bytes a person.
class PathDrawer {
public:
    explicit PathDrawer(const Graph& graph);

    void draw(Random& random);

    /// Adds to `counts` how often each vertex stood between since the last time.
    /// @return arcs looked at since then
    std::uint64_t takeCounts(std::vector<std::uint32_t>& counts);

private:
    /// What a search found of a vertex. Levels are counted from 1 at either end: those of the first
    /// search as they are, of the second below 0; 0 = not met.
    struct Met {
        double paths = 0;
        std::int32_t level = 0;
    };

    struct Side {
        std::vector<Vertex> reached;  ///< all of them, level by level
        std::size_t levelStart = 0;   ///< where the last level begins in `reached`
        std::uint64_t arcs = 0;       ///< of the last level
        std::int32_t level = 0;
    };

    struct Crossing {
        Vertex first;   ///< on the first side
        Vertex second;  ///< on the second
        double paths;
    };

    void begin(Side& side, Vertex vertex, std::int32_t level);
    void expand(Side& side, std::int32_t step);
    void pick(Random& random);
    void walkBack(Vertex from, std::int32_t step, Random& random);
    void clean();

    const Graph& graph_;
    std::vector<Met> met_;
    std::vector<std::uint32_t> counts_;
    Side first_;
    Side second_;
    std::vector<Crossing> crossings_;
    std::uint64_t visits_ = 0;
};

}  // namespace kith
