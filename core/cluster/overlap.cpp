#include "core/cluster/overlap.h"

#include <algorithm>

namespace kith {

std::vector<AlsoClose> alsoCloseTo(const Graph& graph, const Partition& partition, double share)
{
    std::vector<AlsoClose> found;
    std::vector<double> weight(partition.clusters);
    std::vector<std::uint32_t> met;
    for (std::size_t i = 0; i < graph.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j) {
            const std::uint32_t cluster = partition.clusterOf[row[j]];
            if (weight[cluster] == 0) met.push_back(cluster);
            weight[cluster] += static_cast<double>(graph.weights(v)[j]);
        }
        const std::size_t first = found.size();
        for (const std::uint32_t cluster : met) {
            const double part = weight[cluster] / graph.strength[v];
            weight[cluster] = 0;
            if (cluster != partition.clusterOf[v] && part >= share)
                found.push_back({v, cluster, part});
        }
        met.clear();
        std::sort(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(),
                  [](const AlsoClose& a, const AlsoClose& b) {
                      return a.share != b.share ? a.share > b.share : a.cluster < b.cluster;
                  });
    }
    return found;
}

}  // namespace kith
