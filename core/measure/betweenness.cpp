#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/measure/bridges.h"
#include "core/measure/pathsweep.h"
#include "core/measure/shortestpaths.h"

#include <algorithm>

namespace kith {
namespace {

/// Sources are cut into parts whose number depends on the graph alone; each part is summed by
/// itself and the parts in order, so that the sum is the same on any number of threads.
std::vector<double> sumOver(const Graph& graph, unsigned threads, Task& task)
{
    const std::size_t sources = graph.people();
    if (sources == 0) return {};
    const std::size_t parts = std::min<std::size_t>(sources <= 20'000 ? 32 : 8, sources);
    std::vector<std::vector<double>> sums(parts, std::vector<double>(graph.people(), 0));
    constexpr std::size_t stepsARound = 8 * PathSweep::most;  // between two looks at the task
    const std::size_t longest = (sources + parts - 1) / parts;
    for (std::size_t from = 0; from < longest; from += stepsARound) {
        parallelFor(parts, threads, [&](std::size_t part) {
            PathSweep paths(graph);
            std::vector<Vertex> together;
            const std::size_t end = std::min(longest, from + stepsARound);
            for (std::size_t step = from; step < end; ++step) {
                const std::size_t i = step * parts + part;
                if (i < sources) together.push_back(static_cast<Vertex>(i));
                if (together.size() < PathSweep::most && step + 1 < end) continue;
                if (!task.cancelled()) paths.addFrom(together, sums[part]);
                together.clear();
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
