#include "core/cluster/levels.h"

#include "core/base/parallel.h"
#include "core/cluster/leidenrun.h"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace kith {
namespace {

constexpr double mostChange = 0.05;      ///< VI / ln n between neighbours of a flat stretch
constexpr double mostInstability = 0.1;  ///< of a level
constexpr double settled = 0.05;         ///< of the level to begin with
constexpr std::size_t mostLevels = 3;
constexpr std::uint64_t runStride =
    1'000;  ///< run numbers of neighbouring densities are so far apart

unsigned runsFor(const LevelsOptions& options, std::size_t people)
{
    if (options.runs > 0) return options.runs;
    if (people <= 10'000) return 10;
    return people <= 100'000 ? 4 : 2;
}

/// How many clusters have two or more people, and how many people are in them.
struct Sizes {
    double groups = 0;
    double people = 0;
};

Sizes sizesOf(const Partition& partition)
{
    std::vector<std::size_t> sizes(partition.clusters);
    for (const auto cluster : partition.clusterOf) ++sizes[cluster];
    Sizes found;
    for (const std::size_t size : sizes) {
        if (size < 2) continue;
        found.groups += 1;
        found.people += static_cast<double>(size);
    }
    return found;
}

double meanDistance(const std::vector<Partition>& runs, double scale)
{
    double sum = 0;
    double pairs = 0;
    for (std::size_t a = 0; a < runs.size(); ++a)
        for (std::size_t b = a + 1; b < runs.size(); ++b) {
            sum += variationOfInformation(runs[a], runs[b]);
            pairs += 1;
        }
    return pairs > 0 ? sum / pairs / scale : 0;
}

class Sweep {
public:
    Sweep(const Graph& graph, const LevelsOptions& options)
        : graph_(graph),
          options_(options),
          runs_(runsFor(options, graph.people())),
          meanWeight_(graph.total / static_cast<double>(graph.ties())),
          scale_(std::log(static_cast<double>(std::max<std::size_t>(graph.people(), 3))))
    {
        tied_ = 0;
        for (std::size_t v = 0; v < graph.people(); ++v)
            tied_ += graph.degree(static_cast<Vertex>(v)) > 0 ? 1 : 0;
    }

    std::vector<SweepPoint> walk(Task& task)
    {
        const double density = static_cast<double>(graph_.ties()) / pairsOf(tied_);
        const unsigned steps = std::max(2U, options_.steps);
        task.begin("Trying scales of groups", std::uint64_t{steps} * runs_);
        std::vector<SweepPoint> points;
        Partition before;
        for (unsigned k = 0; k < steps; ++k) {
            const double gamma =
                std::pow(density, 1 - static_cast<double>(k) / static_cast<double>(steps - 1));
            auto point = at(gamma, k, task);
            if (k > 0) compare(point, points.back(), before);
            before = std::move(best_);
            points.push_back(point);
        }
        return points;
    }

    LeidenOptions leidenAt(double gamma) const
    {
        LeidenOptions leiden;
        leiden.quality = Quality::Cpm;
        leiden.resolution = gamma * meanWeight_;
        leiden.seed = options_.seed;
        return leiden;
    }

    unsigned runs() const { return runs_; }

    /// Everybody in one group, or hardly anybody in any, is no level.
    bool trivial(std::size_t point) const
    {
        const auto& size = sizes_[point];
        return size.groups < 2 || size.people * 2 < tied_ || size.people < 3 * size.groups;
    }

private:
    static double pairsOf(double people) { return std::max(1.0, people * (people - 1) / 2); }

    SweepPoint at(double gamma, unsigned step, Task& task)
    {
        std::vector<Partition> found(runs_);
        std::mutex reporting;
        parallelFor(runs_, options_.threads, [&](std::size_t i) {
            auto leiden = samplingOptions(graph_, leidenAt(gamma));
            leiden.run = step * runStride + i;
            found[i] = leidenRun(graph_, leiden, [&] {
                if (task.cancelled()) throw Cancelled{};
            });
            const std::scoped_lock lock(reporting);
            task.advance();
        });
        SweepPoint point;
        point.gamma = gamma;
        point.instability = meanDistance(found, scale_);
        double highest = 0;
        std::size_t winner = 0;
        for (std::size_t i = 0; i < found.size(); ++i) {
            point.groups += sizesOf(found[i]).groups / static_cast<double>(runs_);
            const double quality = cpm(graph_, found[i], leidenAt(gamma).resolution);
            if (i > 0 && quality <= highest) continue;
            highest = quality;
            winner = i;
        }
        best_ = std::move(found[winner]);
        sizes_.push_back(sizesOf(best_));
        return point;
    }

    void compare(SweepPoint& point, const SweepPoint& last, const Partition& before) const
    {
        point.change = variationOfInformation(before, best_) / scale_;
        const double difference = std::abs(point.groups - last.groups);
        point.flat = point.change <= mostChange &&
                     difference <= std::max(1.0, std::max(point.groups, last.groups) / 10);
    }

    const Graph& graph_;
    const LevelsOptions& options_;
    unsigned runs_;
    double meanWeight_;
    double scale_;
    double tied_ = 0;
    Partition best_;
    std::vector<Sizes> sizes_;  ///< by point, of the best run
};

/// Points first to last of the sweep.
struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
    double instability = 0;  ///< mean

    std::size_t length() const { return last - first + 1; }
};

std::vector<Stretch> stretchesOf(const std::vector<SweepPoint>& sweep, const Sweep& walked)
{
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < sweep.size(); ++i) {
        if (walked.trivial(i)) continue;
        const bool goes =
            i > 0 && sweep[i].flat && !stretches.empty() && stretches.back().last + 1 == i;
        if (goes)
            stretches.back().last = i;
        else
            stretches.push_back({i, i, 0});
    }
    for (auto& stretch : stretches) {
        for (std::size_t i = stretch.first; i <= stretch.last; ++i)
            stretch.instability += sweep[i].instability / static_cast<double>(stretch.length());
    }
    std::erase_if(stretches, [](const Stretch& stretch) {
        return stretch.length() < 2 || stretch.instability > mostInstability;
    });
    std::stable_sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
        return a.length() != b.length() ? a.length() > b.length() : a.instability < b.instability;
    });
    stretches.resize(std::min(stretches.size(), mostLevels));
    std::sort(stretches.begin(), stretches.end(),
              [](const Stretch& a, const Stretch& b) { return a.first < b.first; });
    return stretches;
}

/// The least unstable point; of equals the one in the middle.
std::size_t pointOf(const Stretch& stretch, const std::vector<SweepPoint>& sweep)
{
    const double middle = static_cast<double>(stretch.first + stretch.last) / 2;
    const auto offCentre = [&](std::size_t i) { return std::abs(static_cast<double>(i) - middle); };
    std::size_t best = stretch.first;
    for (std::size_t i = stretch.first; i <= stretch.last; ++i) {
        const double difference = sweep[i].instability - sweep[best].instability;
        if (difference < -1e-12 || (difference <= 1e-12 && offCentre(i) < offCentre(best)))
            best = i;
    }
    return best;
}

Graph inside(const Graph& graph, const Partition& partition)
{
    std::vector<WeightedTie> ties;
    for (std::size_t i = 0; i < graph.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j)
            if (v < row[j] && partition.clusterOf[v] == partition.clusterOf[row[j]])
                ties.push_back({v, row[j], graph.weights(v)[j]});
    }
    return buildGraph(graph.people(), std::move(ties));
}

std::vector<std::uint32_t> parentsOf(const Partition& fine, const Partition& coarse)
{
    std::vector<std::uint32_t> parent(fine.clusters);
    for (std::size_t v = 0; v < fine.clusterOf.size(); ++v)
        parent[fine.clusterOf[v]] = coarse.clusterOf[v];
    return parent;
}

}  // namespace

Levels findLevels(const Graph& graph, const LevelsOptions& options, Task& task)
{
    Levels found;
    if (graph.ties() == 0) return found;
    Sweep sweep(graph, options);
    found.sweep = sweep.walk(task);
    for (const auto& stretch : stretchesOf(found.sweep, sweep)) {
        ClusterLevel level;
        level.first = stretch.first;
        level.last = stretch.last;
        const auto& point = found.sweep[pointOf(stretch, found.sweep)];
        level.gamma = point.gamma;
        level.instability = point.instability;
        ConsensusOptions consensus;
        consensus.leiden = sweep.leidenAt(level.gamma);
        consensus.runs = sweep.runs();
        consensus.threads = options.threads;
        // CPM looks at ties inside a cluster only: without the ties between the coarser clusters
        // every cluster is found inside one of them.
        const bool first = found.levels.empty();
        auto agreed = first ? consensusClusters(graph, consensus, task)
                            : consensusClusters(inside(graph, found.levels.back().partition),
                                                consensus, task);
        level.stability = agreed.overall;
        level.partition = std::move(agreed.partition);
        if (!first) level.parent = parentsOf(level.partition, found.levels.back().partition);
        if (!found.preferred && level.instability < settled) found.preferred = found.levels.size();
        found.levels.push_back(std::move(level));
    }
    return found;
}

}  // namespace kith
