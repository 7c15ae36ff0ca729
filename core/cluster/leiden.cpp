#include "core/cluster/leiden.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/cluster/leidenrun.h"
#include "core/cluster/level.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace kith {
namespace {

using level::Groups;
using level::Level;

/// Graphs of up to so many people are gone through with all care.
constexpr std::size_t smallGraph = 10'000;

void check(const Graph& graph, const LeidenOptions& options, const Partition* start)
{
    if (!(options.resolution >= 0) || std::isinf(options.resolution))
        throw Error(Error::Kind::Usage, "the resolution must be a number that is not negative");
    if (!(options.randomness > 0) || std::isinf(options.randomness))
        throw Error(Error::Kind::Usage, "the randomness must be a number above 0");
    if (start != nullptr && start->clusterOf.size() != graph.people())
        throw Error(Error::Kind::Usage, "the starting clusters are not those of this graph");
}

/// Rounds without a change before a run ends. A round draws the parts of clusters at random, so one
/// quiet round leaves some chance that another would find a part worth moving; on small graphs
/// asking again costs nothing.
unsigned quietRounds(std::size_t people)
{
    constexpr std::size_t most = 10;
    return static_cast<unsigned>(std::clamp<std::size_t>(1'000 / people, 1, most));
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

double qualityOf(const Graph& graph, const Partition& partition, const LeidenOptions& options)
{
    return options.quality == Quality::Modularity ? modularity(graph, partition, options.resolution)
                                                  : cpm(graph, partition, options.resolution);
}

/// Tells when a round on a large graph gained so little that another is not worth its time.
class Gains {
public:
    Gains(const Graph& graph, const LeidenOptions& options)
        : graph_(graph),
          options_(options),
          looks_(options.rounds == 0 && graph.people() > smallGraph)
    {}

    bool few(const Partition& after)
    {
        if (!looks_) return false;
        constexpr double little = 1e-5;
        const double reached = qualityOf(graph_, after, options_);
        const auto before = std::exchange(before_, reached);
        return before && reached - *before < little * std::abs(reached);
    }

private:
    const Graph& graph_;
    const LeidenOptions& options_;
    bool looks_;
    std::optional<double> before_;  ///< quality after the last round
};

class Run {
public:
    Run(const Graph& graph, const LeidenOptions& options, const std::function<void()>& breathe)
        : graph_(graph), breathe_(breathe), random_(options.seed, options.run)
    {
        const bool byStrength = options.quality == Quality::Modularity;
        if (!byStrength) ones_.assign(graph.people(), 1.0);
        mass_ = byStrength ? std::span(graph.strength) : std::span<const double>(ones_);
        rules_.pressure = byStrength ? options.resolution / (2 * graph.total) : options.resolution;
        rules_.looks = options.looks;
        rules_.softness = options.randomness * graph.total / static_cast<double>(graph.ties());
    }

    /// One round from the clusters in `labels`, which are below people(). The first nodes are
    /// people, then ever larger groups of them, until every cluster is one node.
    void round(std::vector<std::uint32_t>& labels)
    {
        if (!firstStep(labels)) return;
        std::vector<std::uint32_t> nodeOf = parts_;
        Groups groups = std::move(groups_);
        while (step(groups, labels, nodeOf)) {
        }
        for (auto& node : nodeOf) node = labels[node];
        labels = std::move(nodeOf);
    }

private:
    Level people() const
    {
        return {graph_.csr.m_forward.m_rowstart, graph_.csr.m_forward.m_column, graph_.weight,
                mass_, level::exactWeights};
    }

    /// The step from people to groups of them. In a large graph where nobody has moved since the
    /// last round the parts of that round still fit and are kept: drawing them again costs most of
    /// a round and gains nothing to speak of, while the levels above are drawn again. Only the
    /// parts are kept, for the graph of them takes as much memory as that of people.
    bool firstStep(std::vector<std::uint32_t>& labels)
    {
        const std::size_t moves =
            level::moveNodes(people(), rules_, labels, scratch_, random_, breathe_);
        const std::uint32_t clusters = compact(labels);
        if (clusters == labels.size()) return false;
        if (moves == 0 && !parts_.empty() && labels.size() > smallGraph) {
            const auto count = *std::max_element(parts_.begin(), parts_.end()) + 1;
            groups_ = level::aggregate(people(), parts_, count, scratch_);
            std::vector<std::uint32_t> groupLabels(count);
            for (std::size_t v = 0; v < labels.size(); ++v) groupLabels[parts_[v]] = labels[v];
            labels = std::move(groupLabels);
            return true;
        }
        auto parts = refine(people(), labels, clusters);
        groups_ = level::aggregate(people(), parts.partOf, parts.count(), scratch_);
        labels = std::move(parts.clusterOf);
        parts_ = std::move(parts.partOf);
        return true;
    }

    /// Moves, refines and aggregates one level. `groups`, `labels` and `nodeOf` become those of the
    /// next.
    /// @return false when every cluster is a node: then `groups` and `nodeOf` stay as they are
    bool step(Groups& groups, std::vector<std::uint32_t>& labels,
              std::vector<std::uint32_t>& nodeOf)
    {
        level::moveNodes(groups.view(), rules_, labels, scratch_, random_, breathe_);
        const std::uint32_t clusters = compact(labels);
        if (clusters == groups.mass.size()) return false;
        auto parts = refine(groups.view(), labels, clusters);
        for (auto& node : nodeOf) node = parts.partOf[node];
        if (isNearlyAsLarge(groups)) {
            groups = {};
            groups = level::aggregate(people(), nodeOf, parts.count(), scratch_);
        } else {
            groups = level::aggregate(groups.view(), parts.partOf, parts.count(), scratch_);
        }
        labels = std::move(parts.clusterOf);
        return true;
    }

    /// Where clusters are weak the first groups have nearly as many ties as people have, and the
    /// next ones too. Made from people again, in the same time, both need not be there together.
    bool isNearlyAsLarge(const Groups& groups) const
    {
        return graph_.people() > smallGraph && groups.columns.size() > graph_.weight.size() / 4 * 3;
    }

    /// The parts of clusters, of which each will be a node.
    level::Parts refine(const Level& level, const std::vector<std::uint32_t>& labels,
                        std::uint32_t clusters)
    {
        auto parts = level::refine(level, rules_, labels, clusters, scratch_, random_, breathe_);
        if (parts.clusterOf.size() == level.nodes()) {  // rounding alone can bring this about
            parts.partOf = labels;
            parts.clusterOf.resize(clusters);
            std::iota(parts.clusterOf.begin(), parts.clusterOf.end(), 0U);
        }
        // The next level is made when memory is fullest.
        if (graph_.people() > smallGraph) scratch_.forgetMoves();
        return parts;
    }

    const Graph& graph_;
    const std::function<void()>& breathe_;
    Random random_;
    std::vector<double> ones_;
    std::span<const double> mass_;
    level::Rules rules_;
    level::Scratch scratch_;
    std::vector<std::uint32_t> parts_;  ///< by person: the part of the last round
    Groups groups_;                     ///< of those parts, at the beginning of a round
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
    Gains gains(graph, options);
    unsigned quiet = 0;
    for (unsigned round = 0; options.rounds == 0 || round < options.rounds; ++round) {
        labels = partition.clusterOf;
        run.round(labels);
        Partition next = partitionOf(labels);
        quiet = next == partition ? quiet + 1 : 0;
        partition = std::move(next);
        if (gains.few(partition) || quiet == quietRounds(graph.people())) break;
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
