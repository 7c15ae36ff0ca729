#include "core/cluster/leiden.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/cluster/leidenrun.h"
#include "core/cluster/level.h"

#include <cmath>
#include <numeric>

namespace kith {
namespace {

using level::Groups;
using level::Level;

void check(const Graph& graph, const LeidenOptions& options, const Partition* start)
{
    if (!(options.resolution >= 0) || std::isinf(options.resolution))
        throw Error(Error::Kind::Usage, "the resolution must be a number that is not negative");
    if (!(options.randomness > 0) || std::isinf(options.randomness))
        throw Error(Error::Kind::Usage, "the randomness must be a number above 0");
    if (start != nullptr && start->clusterOf.size() != graph.people())
        throw Error(Error::Kind::Usage, "the starting clusters are not those of this graph");
}

/// Renumbers labels below labels.size() as 0, 1, ... by first appearance.
/// @return how many there are
std::uint32_t compact(std::vector<std::uint32_t>& labels)
{
    constexpr std::uint32_t unseen = 0xffffffffU;
    std::vector<std::uint32_t> number(labels.size(), unseen);
    std::uint32_t count = 0;
    for (auto& label : labels) {
        if (number[label] == unseen) number[label] = count++;
        label = number[label];
    }
    return count;
}

class Run {
public:
    Run(const Graph& graph, const LeidenOptions& options, const std::function<void()>& breathe)
        : graph_(graph), breathe_(breathe), random_(options.seed, options.run)
    {
        const bool byStrength = options.quality == Quality::Modularity;
        mass_ = byStrength ? graph.strength : std::vector<double>(graph.people(), 1.0);
        rules_.pressure = byStrength ? options.resolution / (2 * graph.total) : options.resolution;
        rules_.softness = options.randomness * graph.total / static_cast<double>(graph.ties());
        scratch_.into.assign(graph.people(), 0);
    }

    /// One round from the clusters in `labels`, which are below people(). The first nodes are
    /// people, then ever larger groups of them, until every cluster is one node.
    void round(std::vector<std::uint32_t>& labels)
    {
        std::vector<std::uint32_t> nodeOf(graph_.people());
        std::iota(nodeOf.begin(), nodeOf.end(), 0U);
        Groups groups;
        bool more = step(people(), labels, nodeOf, groups);
        while (more) {
            Groups next;
            more = step(groups.view(), labels, nodeOf, next);
            groups = std::move(next);
        }
        std::vector<std::uint32_t> result(graph_.people());
        for (std::size_t v = 0; v < result.size(); ++v) result[v] = labels[nodeOf[v]];
        labels = std::move(result);
    }

private:
    Level<float> people() const
    {
        return {graph_.csr.m_forward.m_rowstart, graph_.csr.m_forward.m_column, graph_.weight,
                mass_};
    }

    /// Moves, refines and aggregates one level. `labels` and `nodeOf` are carried over to `next`.
    /// @return false when every cluster is a node, and `next` was not made
    template <class Weight>
    bool step(const Level<Weight>& level, std::vector<std::uint32_t>& labels,
              std::vector<std::uint32_t>& nodeOf, Groups& next)
    {
        level::moveNodes(level, rules_, labels, scratch_, random_, breathe_);
        if (compact(labels) == level.nodes()) return false;

        auto parts = level::refine(level, rules_, labels, scratch_, random_, breathe_);
        std::uint32_t count = compact(parts);
        if (count == level.nodes()) {  // rounding alone can bring this about
            parts = labels;
            count = compact(parts);
        }
        next = level::aggregate(level, parts, count, scratch_);
        std::vector<std::uint32_t> groupLabels(count);
        for (std::size_t v = 0; v < parts.size(); ++v) groupLabels[parts[v]] = labels[v];
        labels = std::move(groupLabels);
        for (auto& node : nodeOf) node = parts[node];
        return true;
    }

    const Graph& graph_;
    const std::function<void()>& breathe_;
    Random random_;
    std::vector<double> mass_;
    level::Rules rules_;
    level::Scratch scratch_;
};

}  // namespace

Partition leidenRun(const Graph& graph, const LeidenOptions& options,
                    const std::function<void()>& breathe, const Partition* start)
{
    check(graph, options, start);
    std::vector<std::uint32_t> labels(graph.people());
    std::iota(labels.begin(), labels.end(), 0U);
    if (graph.ties() == 0) return partitionOf(labels);
    if (start != nullptr) labels = start->clusterOf;
    for (std::size_t v = 0; v < labels.size();
         ++v)  // nothing else would take them out of a cluster
        if (graph.degree(static_cast<Vertex>(v)) == 0)
            labels[v] = static_cast<std::uint32_t>(labels.size() + v);

    Partition partition = partitionOf(labels);
    Run run(graph, options, breathe);
    for (unsigned round = 0; options.rounds == 0 || round < options.rounds; ++round) {
        labels = partition.clusterOf;
        run.round(labels);
        Partition next = partitionOf(labels);
        const bool same = next == partition;
        partition = std::move(next);
        if (same) break;
    }
    return partition;
}

Partition leiden(const Graph& graph, const LeidenOptions& options, Task& task,
                 const Partition* start)
{
    task.begin("Finding clusters", 0);
    return leidenRun(
        graph, options, [&] { task.advance(); }, start);
}

}  // namespace kith
