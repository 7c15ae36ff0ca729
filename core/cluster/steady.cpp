#include "core/cluster/steady.h"

#include "core/base/parallel.h"
#include "core/cluster/leidenrun.h"

#include <array>
#include <cmath>

namespace kith {
namespace {

constexpr double stride = 4;
constexpr double highest = 65'536;
constexpr double settled = 0.05;                ///< mean distance of runs that agree
constexpr double clearlyLess = 0.9;             ///< of the distance before
constexpr std::uint64_t runStride = 1'000'000;  ///< keeps the runs apart from those of a consensus

/// Two runs at one resolution.
struct Trial {
    double distance = 0;  ///< VI / ln n
    bool trivial = false;
};

/// Hardly anybody in a group, or hardly any group of more than two.
bool trivial(const Graph& graph, const Partition& found)
{
    std::vector<std::size_t> sizes(found.clusters);
    for (const auto cluster : found.clusterOf) ++sizes[cluster];
    std::size_t groups = 0;
    std::size_t grouped = 0;
    for (const std::size_t size : sizes) {
        if (size < 2) continue;
        ++groups;
        grouped += size;
    }
    std::size_t tied = 0;
    for (std::size_t v = 0; v < graph.people(); ++v)
        tied += graph.degree(static_cast<Vertex>(v)) > 0 ? 1U : 0U;
    return groups < 2 || grouped * 2 < tied || grouped < 3 * groups;
}

Trial tryAt(const Graph& graph, double resolution, std::uint64_t seed, std::uint64_t number,
            unsigned threads, Task& task)
{
    std::array<Partition, 2> found;
    parallelFor(found.size(), threads, [&](std::size_t i) {
        LeidenOptions leiden;
        leiden.resolution = resolution;
        leiden.seed = seed;
        leiden.run = runStride + 2 * number + i;
        found[i] = leidenRun(graph, samplingOptions(graph, leiden), [&] {
            if (task.cancelled()) throw Cancelled{};
        });
    });
    task.advance();
    return {
        variationOfInformation(found[0], found[1]) / std::log(static_cast<double>(graph.people())),
        trivial(graph, found[0])};
}

}  // namespace

double steadyResolution(const Graph& graph, std::uint64_t seed, unsigned threads, Task& task)
{
    if (graph.people() <= steadyFrom || graph.ties() == 0) return 1;
    task.begin("Looking for the scale of groups", 0);
    double best = 1;
    double least = tryAt(graph, best, seed, 0, threads, task).distance;
    std::uint64_t number = 1;
    for (double next = stride; next <= highest; next *= stride) {
        const Trial trial = tryAt(graph, next, seed, number++, threads, task);
        if (trial.trivial || trial.distance >= clearlyLess * least) break;
        best = next;
        least = trial.distance;
    }
    return least < settled ? best : 1;
}

}  // namespace kith
