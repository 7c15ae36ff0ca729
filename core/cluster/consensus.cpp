#include "core/cluster/consensus.h"

#include "core/base/parallel.h"
#include "core/cluster/consensusfrom.h"
#include "core/cluster/leidenrun.h"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace kith {
namespace {

/// Ties whose ends were together in less than this share of runs are dropped.
constexpr double threshold = 0.5;

/// Rounds of clustering the agreement; runs agree after two or three.
constexpr unsigned mostRounds = 10;

/// Pairs of runs compared for the instability.
constexpr std::size_t mostPairs = 100;

unsigned runsFor(std::size_t people)
{
    if (people <= 10'000) return 50;
    return people <= 100'000 ? 20 : 5;
}

double qualityOf(const Graph& graph, const Partition& partition, const LeidenOptions& options)
{
    return options.quality == Quality::Modularity ? modularity(graph, partition, options.resolution)
                                                  : cpm(graph, partition, options.resolution);
}

/// Runs numbered first, first + 1, ...; each has a stream of random numbers of its own.
/// @param start where every run begins; null = everybody alone
std::vector<Partition> runsOn(const Graph& graph, const ConsensusOptions& options, unsigned runs,
                              std::uint64_t first, const Partition* start, Task& task)
{
    std::vector<Partition> found(runs);
    std::mutex reporting;
    const auto breathe = [&] {
        if (task.cancelled()) throw Cancelled{};
    };
    parallelFor(runs, options.threads, [&](std::size_t i) {
        LeidenOptions leiden = samplingOptions(graph, options.leiden);
        leiden.run = first + i;
        found[i] = leidenRun(graph, leiden, breathe, start);
        const std::scoped_lock lock(reporting);
        task.advance();
    });
    return found;
}

/// By arc: the share of runs that put both its ends into one cluster.
std::vector<float> agreement(const Graph& graph, const std::vector<Partition>& runs,
                             unsigned threads)
{
    constexpr std::size_t block = 4096;
    std::vector<float> together(graph.weight.size());
    const std::size_t blocks = (graph.people() + block - 1) / block;
    parallelFor(blocks, threads, [&](std::size_t b) {
        const std::size_t end = std::min(graph.people(), (b + 1) * block);
        for (std::size_t v = b * block; v < end; ++v) {
            const std::uint64_t first = graph.firstArc(static_cast<Vertex>(v));
            const auto row = graph.neighbours(static_cast<Vertex>(v));
            for (std::size_t j = 0; j < row.size(); ++j) {
                unsigned count = 0;
                for (const auto& run : runs) count += run.clusterOf[v] == run.clusterOf[row[j]];
                together[first + j] = static_cast<float>(count) / static_cast<float>(runs.size());
            }
        }
    });
    return together;
}

bool allAgree(const std::vector<float>& together)
{
    return std::all_of(together.begin(), together.end(),
                       [](float share) { return share <= 0.0F || share >= 1.0F; });
}

/// Ties that most runs agree on, each once, weighing what they agree. CPM compares weights with a
/// density of ties, so there the agreement scales the weight instead of replacing it.
/// @param together by arc of `current`, which has some of the ties of `graph`
std::vector<WeightedTie> agreedTies(const Graph& graph, const Graph& current,
                                    const std::vector<float>& together, Quality quality)
{
    const auto most = [](float share) { return static_cast<double>(share) >= threshold; };
    std::vector<WeightedTie> ties;
    ties.reserve(static_cast<std::size_t>(std::ranges::count_if(together, most)) / 2);
    for (std::size_t i = 0; i < current.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        const auto row = current.neighbours(v);
        const std::uint64_t first = current.firstArc(v);
        for (std::size_t j = 0; j < row.size(); ++j) {
            const float share = together[first + j];
            if (v >= row[j] || !most(share)) continue;
            const float scale = quality == Quality::Cpm ? graph.between(v, row[j]) : 1.0F;
            ties.push_back({v, row[j], share * scale});
        }
    }
    return ties;
}

/// Clusters the agreement of the runs until all runs on it agree.
Partition agreed(const Graph& graph, const std::vector<float>& together,
                 const ConsensusOptions& options, unsigned runs, const Partition* start, Task& task)
{
    auto ties = agreedTies(graph, graph, together, options.leiden.quality);
    std::vector<Partition> found;
    for (unsigned round = 0; round < mostRounds; ++round) {
        // One graph of agreement at a time, and none while the next is built.
        const Graph current = buildGraph(graph.people(), std::move(ties));
        found = runsOn(current, options, runs, runs * (round + std::uint64_t{1}), start, task);
        const auto shares = agreement(current, found, options.threads);
        if (allAgree(shares)) break;
        ties = agreedTies(graph, current, shares, options.leiden.quality);
    }
    return found.front();
}

/// The first of the plain runs with the highest quality.
const Partition& best(const std::vector<Partition>& runs, const Graph& graph,
                      const LeidenOptions& options)
{
    const auto* winner = &runs.front();
    double highest = qualityOf(graph, *winner, options);
    for (const auto& run : runs) {
        const double quality = qualityOf(graph, run, options);
        if (quality > highest + 1e-12 * std::abs(highest)) {
            winner = &run;
            highest = quality;
        }
    }
    return *winner;
}

double instabilityOf(const std::vector<Partition>& runs, std::size_t people, unsigned threads)
{
    if (runs.size() < 2 || people < 2) return 0;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t apart = 1; apart < runs.size() && pairs.size() < mostPairs; ++apart)
        for (std::size_t i = 0; i + apart < runs.size() && pairs.size() < mostPairs; ++i)
            pairs.emplace_back(i, i + apart);
    std::vector<double> distance(pairs.size());
    parallelFor(pairs.size(), threads, [&](std::size_t i) {
        distance[i] = variationOfInformation(runs[pairs[i].first], runs[pairs[i].second]);
    });
    double sum = 0;
    for (const double d : distance) sum += d;
    return sum / static_cast<double>(pairs.size()) / std::log(static_cast<double>(people));
}

/// Weighted mean agreement of a person's ties inside the cluster; 0 for somebody without any.
double stabilityOf(const Graph& graph, const Consensus& consensus, Vertex v)
{
    double inside = 0;
    double kept = 0;
    const auto row = graph.neighbours(v);
    for (std::size_t j = 0; j < row.size(); ++j) {
        const std::uint64_t arc = graph.firstArc(v) + j;
        if (consensus.partition.clusterOf[row[j]] != consensus.partition.clusterOf[v]) continue;
        inside += static_cast<double>(graph.weight[arc]);
        kept +=
            static_cast<double>(graph.weight[arc]) * static_cast<double>(consensus.together[arc]);
    }
    return inside > 0 ? kept / inside : 0;
}

void fillStability(const Graph& graph, Consensus& consensus)
{
    consensus.personStability.resize(graph.people());
    consensus.stability.assign(consensus.partition.clusters, 0);
    std::vector<double> size(consensus.partition.clusters);
    double sum = 0;
    double tied = 0;
    for (std::size_t v = 0; v < graph.people(); ++v) {
        const double stability = stabilityOf(graph, consensus, static_cast<Vertex>(v));
        consensus.personStability[v] = stability;
        consensus.stability[consensus.partition.clusterOf[v]] += stability;
        size[consensus.partition.clusterOf[v]] += 1;
        if (graph.degree(static_cast<Vertex>(v)) == 0) continue;
        sum += stability;
        tied += 1;
    }
    for (std::size_t c = 0; c < size.size(); ++c) consensus.stability[c] /= size[c];
    consensus.overall = tied > 0 ? sum / tied : 0;
}

Consensus agreedOn(const Graph& graph, const ConsensusOptions& options, const Partition* start,
                   Task& task)
{
    Consensus consensus;
    consensus.runs = options.runs > 0 ? options.runs : runsFor(graph.people());
    task.begin("Finding clusters", 0);
    const auto plain = runsOn(graph, options, consensus.runs, 0, start, task);
    consensus.together = agreement(graph, plain, options.threads);
    consensus.instability = instabilityOf(plain, graph.people(), options.threads);

    const Partition& bestRun = best(plain, graph, options.leiden);
    if (allAgree(consensus.together)) {
        consensus.partition = bestRun;
    } else {
        const Partition common =
            agreed(graph, consensus.together, options, consensus.runs, start, task);
        consensus.partition = leidenRun(
            graph, options.leiden, [&] { task.advance(); }, &common);
        const double highest = qualityOf(graph, bestRun, options.leiden);
        const double reached = qualityOf(graph, consensus.partition, options.leiden);
        if (reached < highest - 1e-12 * std::abs(highest)) consensus.partition = bestRun;
    }
    consensus.modularity = reportedModularity(graph, consensus.partition, options.leiden);
    fillStability(graph, consensus);
    return consensus;
}

}  // namespace

LeidenOptions samplingOptions(const Graph& graph, LeidenOptions options)
{
    constexpr std::size_t large = 10'000;
    constexpr unsigned enough = 2;
    if (options.rounds == 0 && graph.people() > large) options.rounds = enough;
    return options;
}

double reportedModularity(const Graph& graph, const Partition& partition,
                          const LeidenOptions& options)
{
    return modularity(graph, partition,
                      options.quality == Quality::Modularity ? options.resolution : 1);
}

Consensus consensusClusters(const Graph& graph, const ConsensusOptions& options, Task& task)
{
    return agreedOn(graph, options, nullptr, task);
}

Consensus consensusFrom(const Graph& graph, const Partition& start, const ConsensusOptions& options,
                        Task& task)
{
    return agreedOn(graph, options, &start, task);
}

}  // namespace kith
