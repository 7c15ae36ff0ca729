#pragma once

#include "core/base/random.h"
#include "core/layout/scene.h"

#include <vector>

namespace kith::tests {

/// A town of clusters of falling size: people know about six of their own, some know others.
struct Town {
    Graph graph;
    std::vector<int> clusterOf;
    std::vector<bool> crosses;
};

inline Town town(std::uint32_t people, int clusters, std::uint64_t seed, double crossing = 0.06)
{
    Random random(seed);
    Town out;
    std::vector<std::vector<Vertex>> members(static_cast<std::size_t>(clusters));
    for (Vertex v = 0; v < people; ++v) {
        const double u = random.real();
        const int c = static_cast<int>(u * u * clusters);
        out.clusterOf.push_back(c);
        members[static_cast<std::size_t>(c)].push_back(v);
    }
    out.crosses.assign(people, false);
    std::vector<WeightedTie> ties;
    for (Vertex v = 0; v < people; ++v) {
        if (v % 50 == 49) {  // without ties
            out.clusterOf[v] = -1;
            continue;
        }
        const auto& own = members[static_cast<std::size_t>(out.clusterOf[v])];
        for (int i = 0; i < 4; ++i) {
            const Vertex other = own[random.below(own.size())];
            if (other % 50 != 49)
                ties.push_back({v, other, static_cast<float>(1 + random.below(5))});
        }
        if (!random.chance(crossing)) continue;
        out.crosses[v] = true;
        // Neighbouring clusters know each other best.
        const auto next = static_cast<std::size_t>((out.clusterOf[v] + 1) % clusters);
        for (int i = 0; i < 3 && !members[next].empty(); ++i) {
            const Vertex other = members[next][random.below(members[next].size())];
            if (other % 50 != 49) ties.push_back({v, other, 2});
        }
    }
    out.graph = buildGraph(people, ties);
    return out;
}

}  // namespace kith::tests
