#include "core/measure/bridges.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kith {
namespace {

constexpr std::size_t block = 512;  // vertices handed to a thread at a time
constexpr std::size_t blocksARound = 32;

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

/// work(first, last) over all vertices in blocks; the task hears of it between rounds of blocks.
template <class Work>
void eachBlock(std::size_t people, unsigned threads, Task& task, const Work& work)
{
    const std::size_t blocks = (people + block - 1) / block;
    for (std::size_t from = 0; from < blocks; from += blocksARound) {
        const std::size_t here = std::min(blocksARound, blocks - from);
        parallelFor(here, threads, [&](std::size_t i) {
            const std::size_t first = (from + i) * block;
            work(static_cast<Vertex>(first), static_cast<Vertex>(std::min(people, first + block)));
        });
        task.advance(std::min(people, (from + here) * block) - from * block);
    }
}

double constraintOf(const Graph& graph, Vertex v, std::vector<double>& through)
{
    if (graph.degree(v) == 0) return std::numeric_limits<double>::quiet_NaN();
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    // Shares start above 0, so a value at 0 marks "no contact of v".
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
        through[neighbours[i]] = static_cast<double>(weights[i]) / graph.strength[v];
    }
    std::vector<double> sum(neighbours.size(), 0);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
        const Vertex j = neighbours[i];
        const auto theirs = graph.neighbours(j);
        const auto theirWeights = graph.weights(j);
        sum[i] = through[j];
        // p_iq p_qj over q, read from j's row: w(q,j) is the same from both ends.
        for (std::size_t k = 0; k < theirs.size(); ++k) {
            const Vertex q = theirs[k];
            if (through[q] == 0) continue;
            sum[i] += through[q] * static_cast<double>(theirWeights[k]) / graph.strength[q];
        }
    }
    for (const Vertex j : neighbours) through[j] = 0;
    return std::accumulate(sum.begin(), sum.end(), 0.0,
                           [](double all, double s) { return all + s * s; });
}

double effectiveSizeOf(const Graph& graph, Vertex v, std::vector<char>& contact)
{
    const auto neighbours = graph.neighbours(v);
    if (neighbours.empty()) return 0;
    for (const Vertex j : neighbours) contact[j] = 1;
    std::uint64_t twiceTies = 0;
    for (const Vertex j : neighbours) {
        for (const Vertex q : graph.neighbours(j)) twiceTies += contact[q] != 0 ? 1U : 0U;
    }
    for (const Vertex j : neighbours) contact[j] = 0;
    const auto n = static_cast<double>(neighbours.size());
    return n - static_cast<double>(twiceTies) / n;
}

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

std::vector<double> constraint(const Graph& graph, unsigned threads, Task& task)
{
    task.begin("Looking for gaps between people", graph.people());
    std::vector<double> out(graph.people());
    eachBlock(graph.people(), threads, task, [&](Vertex first, Vertex last) {
        std::vector<double> through(graph.people(), 0);
        for (Vertex v = first; v < last; ++v) out[v] = constraintOf(graph, v, through);
    });
    return out;
}

std::vector<double> effectiveSize(const Graph& graph, unsigned threads, Task& task)
{
    task.begin("Counting separate contacts", graph.people());
    std::vector<double> out(graph.people());
    eachBlock(graph.people(), threads, task, [&](Vertex first, Vertex last) {
        std::vector<char> contact(graph.people(), 0);
        for (Vertex v = first; v < last; ++v) out[v] = effectiveSizeOf(graph, v, contact);
    });
    return out;
}

std::vector<std::uint32_t> clustersTouched(const Graph& graph, const Partition& partition, Vertex v,
                                           double share)
{
    WeightByCluster weight(graph, partition);
    std::vector<std::uint32_t> out;
    for (const std::uint32_t cluster : weight.load(v)) {
        if (weight[cluster] >= share * graph.strength[v]) out.push_back(cluster);
    }
    const std::uint32_t own = partition.clusterOf[v];
    std::sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
        if ((a == own) != (b == own)) return a == own;
        if (weight[a] != weight[b]) return weight[a] > weight[b];
        return a < b;
    });
    return out;
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
