#include "core/cluster/partition.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace kith {
namespace {

constexpr std::uint32_t unseen = 0xffffffffU;

/// Labels as 0, 1, ... in order of first appearance.
std::vector<std::uint32_t> compacted(std::span<const std::uint32_t> labels, std::uint32_t& count)
{
    std::vector<std::uint32_t> result(labels.size());
    count = 0;
    const bool dense = std::all_of(labels.begin(), labels.end(),
                                   [&](std::uint32_t label) { return label < labels.size() * 2; });
    if (dense) {
        std::vector<std::uint32_t> seen(labels.size() * 2, unseen);
        for (std::size_t v = 0; v < labels.size(); ++v) {
            if (seen[labels[v]] == unseen) seen[labels[v]] = count++;
            result[v] = seen[labels[v]];
        }
        return result;
    }
    std::unordered_map<std::uint32_t, std::uint32_t> seen;
    for (std::size_t v = 0; v < labels.size(); ++v) {
        const auto [found, fresh] = seen.try_emplace(labels[v], count);
        if (fresh) ++count;
        result[v] = found->second;
    }
    return result;
}

/// By cluster: strengths of its members, weight inside (each tie once), number of members.
struct Totals {
    std::vector<double> volume;
    std::vector<double> inside;
    std::vector<double> size;
};

Totals totalsOf(const Graph& graph, const Partition& partition)
{
    Totals totals{std::vector<double>(partition.clusters), std::vector<double>(partition.clusters),
                  std::vector<double>(partition.clusters)};
    for (std::size_t i = 0; i < graph.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        const std::uint32_t cluster = partition.clusterOf[v];
        totals.volume[cluster] += graph.strength[v];
        totals.size[cluster] += 1;
        const auto neighbours = graph.neighbours(v);
        const auto weights = graph.weights(v);
        double inside = 0;
        for (std::size_t j = 0; j < neighbours.size(); ++j)
            if (partition.clusterOf[neighbours[j]] == cluster)
                inside += static_cast<double>(weights[j]);
        totals.inside[cluster] += inside / 2;
    }
    return totals;
}

}  // namespace

std::vector<std::vector<Vertex>> Partition::members() const
{
    std::vector<std::vector<Vertex>> result(clusters);
    for (std::size_t v = 0; v < clusterOf.size(); ++v)
        result[clusterOf[v]].push_back(static_cast<Vertex>(v));
    return result;
}

Partition partitionOf(std::span<const std::uint32_t> labels)
{
    Partition partition;
    partition.clusterOf = compacted(labels, partition.clusters);

    std::vector<std::uint32_t> size(partition.clusters);
    for (const std::uint32_t cluster : partition.clusterOf) ++size[cluster];
    std::vector<std::uint32_t> order(partition.clusters);
    std::iota(order.begin(), order.end(), 0U);
    // Stable: clusters of one size stay in order of first appearance, that is of lowest vertex.
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return size[a] > size[b]; });
    std::vector<std::uint32_t> number(partition.clusters);
    for (std::uint32_t i = 0; i < partition.clusters; ++i) number[order[i]] = i;
    for (auto& cluster : partition.clusterOf) cluster = number[cluster];
    return partition;
}

double modularity(const Graph& graph, const Partition& partition, double resolution)
{
    if (!(graph.total > 0)) return 0;
    const Totals totals = totalsOf(graph, partition);
    double quality = 0;
    for (std::uint32_t c = 0; c < partition.clusters; ++c) {
        const double share = totals.volume[c] / (2 * graph.total);
        quality += totals.inside[c] / graph.total - resolution * share * share;
    }
    return quality;
}

double cpm(const Graph& graph, const Partition& partition, double resolution)
{
    const Totals totals = totalsOf(graph, partition);
    double quality = 0;
    for (std::uint32_t c = 0; c < partition.clusters; ++c)
        quality += totals.inside[c] - resolution * totals.size[c] * (totals.size[c] - 1) / 2;
    return quality;
}

std::vector<double> conductance(const Graph& graph, const Partition& partition)
{
    const Totals totals = totalsOf(graph, partition);
    std::vector<double> result(partition.clusters);
    for (std::uint32_t c = 0; c < partition.clusters; ++c) {
        // A cluster that is the whole graph has no ties out, whatever rounding says.
        const double cut = std::max(0.0, totals.volume[c] - 2 * totals.inside[c]);
        const double smaller = std::min(totals.volume[c], 2 * graph.total - totals.volume[c]);
        if (!(totals.volume[c] > 0))
            result[c] = 1;
        else if (cut <= 1e-12 * totals.volume[c])
            result[c] = 0;
        else
            result[c] = std::min(1.0, cut / smaller);
    }
    return result;
}

}  // namespace kith
