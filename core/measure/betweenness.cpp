#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/measure/bridges.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace kith {
namespace {

constexpr std::size_t fewestPivots = 64;
constexpr std::size_t mostPivots = 500;
constexpr std::uint64_t arcVisits = 400'000'000;  // to spend on pivots: a few seconds

/// Shortest paths from one source after another, after Brandes (2001).
class Paths {
public:
    explicit Paths(const Graph& graph)
        : graph_(graph),
          distance_(graph.people(), far),
          paths_(graph.people(), 0),
          share_(graph.people(), 0)
    {
        order_.reserve(graph.people());
    }

    /// Adds to `value` what the source contributes: for each vertex between, the share of shortest
    /// paths to every target; scaled by distance(source, v) / distance(source, target) when
    /// `scaled` (Geisberger, Sanders and Schultes 2008).
    void addFrom(Vertex source, bool scaled, std::vector<double>& value)
    {
        search(source);
        for (auto at = order_.rbegin(); at != order_.rend(); ++at) {
            const Vertex w = *at;
            if (w == source) break;
            const double through = share_[w] + (scaled ? 1.0 / distance_[w] : 1.0);
            const double each = through / paths_[w];
            for (const Vertex v : graph_.neighbours(w)) {
                if (distance_[v] + 1 == distance_[w]) share_[v] += paths_[v] * each;
            }
            value[w] += scaled ? distance_[w] * share_[w] : share_[w];
        }
        for (const Vertex v : order_) {
            distance_[v] = far;
            paths_[v] = share_[v] = 0;
        }
    }

private:
    static constexpr std::uint32_t far = UINT32_MAX - 1;

    void search(Vertex source)
    {
        order_.assign(1, source);
        distance_[source] = 0;
        paths_[source] = 1;
        for (std::size_t next = 0; next < order_.size(); ++next) {
            const Vertex v = order_[next];
            for (const Vertex w : graph_.neighbours(v)) {
                if (distance_[w] == far) {
                    distance_[w] = distance_[v] + 1;
                    order_.push_back(w);
                }
                if (distance_[w] == distance_[v] + 1) paths_[w] += paths_[v];
            }
        }
    }

    const Graph& graph_;
    std::vector<Vertex> order_;
    std::vector<std::uint32_t> distance_;
    std::vector<double> paths_;
    std::vector<double> share_;
};

/// Sources are cut into parts whose number depends on the graph alone; each part is summed by
/// itself and the parts in order, so that the sum is the same on any number of threads.
std::vector<double> sumOver(const Graph& graph, std::span<const Vertex> sources, bool scaled,
                            unsigned threads, Task& task)
{
    if (sources.empty()) return {};
    const std::size_t parts =
        std::min<std::size_t>(graph.people() <= 20'000 ? 32 : 8, sources.size());
    std::vector<std::vector<double>> sums(parts, std::vector<double>(graph.people(), 0));
    constexpr std::size_t stepsARound = 16;  // between two looks at the task
    const std::size_t longest = (sources.size() + parts - 1) / std::max<std::size_t>(1, parts);
    for (std::size_t from = 0; from < longest; from += stepsARound) {
        parallelFor(parts, threads, [&](std::size_t part) {
            Paths paths(graph);
            for (std::size_t step = from; step < std::min(longest, from + stepsARound); ++step) {
                const std::size_t i = step * parts + part;
                if (i < sources.size() && !task.cancelled())
                    paths.addFrom(sources[i], scaled, sums[part]);
            }
        });
        task.advance(std::min(sources.size(), (from + stepsARound) * parts) - from * parts);
    }
    std::vector<double> all(graph.people(), 0);
    for (const auto& sum : sums) {
        for (std::size_t v = 0; v < all.size(); ++v) all[v] += sum[v];
    }
    return all;
}

}  // namespace

Betweenness betweenness(const Graph& graph, std::uint64_t seed, unsigned threads, Task& task,
                        std::size_t exactUpTo)
{
    Betweenness out;
    std::vector<Vertex> sources(graph.people());
    std::iota(sources.begin(), sources.end(), Vertex{0});
    if (graph.people() > exactUpTo) {
        const std::uint64_t cost = graph.people() + graph.weight.size();
        const auto affordable = static_cast<std::size_t>(arcVisits / cost);
        const std::size_t pivots =
            std::min(std::clamp(affordable, fewestPivots, mostPivots), sources.size());
        Random(seed, 0x62747773).shuffle(std::span(sources));
        sources.resize(pivots);
        out.exact = false;
        out.pivots = static_cast<unsigned>(pivots);
    }
    task.begin("Following shortest paths", sources.size());
    out.value = sumOver(graph, sources, !out.exact, threads, task);
    // Exact sums meet each pair from both ends. Scaled ones meet it from both ends, too, but the
    // two shares of a vertex add up to one.
    const double scale =
        out.exact ? 0.5 : static_cast<double>(graph.people()) / static_cast<double>(out.pivots);
    for (double& value : out.value) value *= scale;
    return out;
}

}  // namespace kith
