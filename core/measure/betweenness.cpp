#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/measure/bridges.h"
#include "core/measure/shortestpaths.h"

#include <algorithm>

namespace kith {
namespace {

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
    /// paths to every target.
    void addFrom(Vertex source, std::vector<double>& value)
    {
        search(source);
        for (auto at = order_.rbegin(); at != order_.rend(); ++at) {
            const Vertex w = *at;
            if (w == source) break;
            const double each = (share_[w] + 1) / paths_[w];
            for (const Vertex v : graph_.neighbours(w)) {
                if (distance_[v] + 1 == distance_[w]) share_[v] += paths_[v] * each;
            }
            value[w] += share_[w];
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
std::vector<double> sumOver(const Graph& graph, unsigned threads, Task& task)
{
    const std::size_t sources = graph.people();
    if (sources == 0) return {};
    const std::size_t parts = std::min<std::size_t>(sources <= 20'000 ? 32 : 8, sources);
    std::vector<std::vector<double>> sums(parts, std::vector<double>(graph.people(), 0));
    constexpr std::size_t stepsARound = 16;  // between two looks at the task
    const std::size_t longest = (sources + parts - 1) / parts;
    for (std::size_t from = 0; from < longest; from += stepsARound) {
        parallelFor(parts, threads, [&](std::size_t part) {
            Paths paths(graph);
            for (std::size_t step = from; step < std::min(longest, from + stepsARound); ++step) {
                const std::size_t i = step * parts + part;
                if (i < sources && !task.cancelled())
                    paths.addFrom(static_cast<Vertex>(i), sums[part]);
            }
        });
        task.advance(std::min(sources, (from + stepsARound) * parts) - from * parts);
    }
    std::vector<double> all(graph.people(), 0);
    for (const auto& sum : sums) {
        for (std::size_t v = 0; v < all.size(); ++v) all[v] += sum[v];
    }
    return all;
}

}  // namespace

Betweenness betweenness(const Graph& graph, const BetweennessOptions& options, Task& task)
{
    const auto share = [](double value) { return value > 0 && value < 1; };
    if (!share(options.error) || !share(options.risk))
        throw Error(Error::Kind::Usage, "error and risk must be numbers between 0 and 1");
    if (graph.people() > options.exactUpTo) return sampledBetweenness(graph, options, task);
    task.begin("Following shortest paths", graph.people());
    Betweenness out;
    out.value = sumOver(graph, options.threads, task);
    for (double& value : out.value) value /= 2;  // each pair is met from both ends
    return out;
}

}  // namespace kith
