#include "core/measure/bridges.h"

#include <algorithm>
#include <cmath>

namespace kith {
namespace {

/// Weight of each vertex' ties into each cluster, one vertex at a time. Cleared between vertices
/// by touching only what was used.
class WeightByCluster {
public:
    WeightByCluster(const Graph& graph, const Partition& partition)
        : graph_(graph), partition_(partition), weight_(partition.clusters, 0)
    {}

    /// Clusters that `v` has ties into, in order of first meeting.
    const std::vector<std::uint32_t>& load(Vertex v)
    {
        for (const std::uint32_t cluster : met_) weight_[cluster] = 0;
        met_.clear();
        const auto neighbours = graph_.neighbours(v);
        const auto weights = graph_.weights(v);
        for (std::size_t i = 0; i < neighbours.size(); ++i) {
            const std::uint32_t cluster = partition_.clusterOf[neighbours[i]];
            if (weight_[cluster] == 0) met_.push_back(cluster);
            weight_[cluster] += static_cast<double>(weights[i]);
        }
        return met_;
    }

    double operator[](std::uint32_t cluster) const { return weight_[cluster]; }

private:
    const Graph& graph_;
    const Partition& partition_;
    std::vector<double> weight_;
    std::vector<std::uint32_t> met_;
};

}  // namespace

std::vector<double> participation(const Graph& graph, const Partition& partition)
{
    WeightByCluster weight(graph, partition);
    std::vector<double> out(graph.people(), 0);
    for (Vertex v = 0; v < graph.people(); ++v) {
        const auto& met = weight.load(v);
        if (met.size() < 2) continue;  // exactly 0, without rounding
        double squares = 0;
        for (const std::uint32_t cluster : met) {
            const double share = weight[cluster] / graph.strength[v];
            squares += share * share;
        }
        out[v] = 1 - squares;
    }
    return out;
}

std::vector<double> withinClusterZ(const Graph& graph, const Partition& partition)
{
    WeightByCluster weight(graph, partition);
    std::vector<double> inside(graph.people(), 0);
    std::vector<double> mean(partition.clusters, 0);
    std::vector<double> people(partition.clusters, 0);
    for (Vertex v = 0; v < graph.people(); ++v) {
        const std::uint32_t own = partition.clusterOf[v];
        weight.load(v);
        inside[v] = weight[own];
        mean[own] += inside[v];
        ++people[own];
    }
    for (std::uint32_t c = 0; c < partition.clusters; ++c) mean[c] /= std::max(1.0, people[c]);
    std::vector<double> variance(partition.clusters, 0);
    for (Vertex v = 0; v < graph.people(); ++v) {
        const std::uint32_t own = partition.clusterOf[v];
        variance[own] += (inside[v] - mean[own]) * (inside[v] - mean[own]) / people[own];
    }
    for (Vertex v = 0; v < graph.people(); ++v) {
        const std::uint32_t own = partition.clusterOf[v];
        // Sums of equal weights may differ in the last bits; that is no spread.
        const bool spread = std::sqrt(variance[own]) > 1e-9 * std::abs(mean[own]);
        inside[v] = spread ? (inside[v] - mean[own]) / std::sqrt(variance[own]) : 0;
    }
    return inside;
}

std::vector<std::vector<std::uint32_t>> clustersTouched(const Graph& graph,
                                                        const Partition& partition,
                                                        const std::vector<Vertex>& who,
                                                        double share)
{
    WeightByCluster weight(graph, partition);
    std::vector<std::vector<std::uint32_t>> touched;
    for (const Vertex v : who) {
        auto& out = touched.emplace_back();
        for (const std::uint32_t cluster : weight.load(v)) {
            if (weight[cluster] >= share * graph.strength[v]) out.push_back(cluster);
        }
        const std::uint32_t own = partition.clusterOf[v];
        std::sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
            if ((a == own) != (b == own)) return a == own;
            if (weight[a] != weight[b]) return weight[a] > weight[b];
            return a < b;
        });
    }
    return touched;
}

std::vector<Vertex> rankBridges(const Graph& graph, const Partition& partition,
                                const std::vector<double>& participation,
                                const std::vector<double>& betweenness)
{
    WeightByCluster weight(graph, partition);
    std::vector<Vertex> ranked;
    std::vector<double> score(graph.people(), 0);
    for (Vertex v = 0; v < graph.people(); ++v) {
        if (weight.load(v).size() < 2) continue;
        score[v] = participation[v] * (graph.strength[v] - weight[partition.clusterOf[v]]);
        ranked.push_back(v);
    }
    std::sort(ranked.begin(), ranked.end(), [&](Vertex a, Vertex b) {
        if (score[a] != score[b]) return score[a] > score[b];
        if (betweenness[a] != betweenness[b]) return betweenness[a] > betweenness[b];
        return a < b;
    });
    return ranked;
}

}  // namespace kith
