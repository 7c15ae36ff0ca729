#include "core/analysis/weightcheck.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace kith {
namespace {

constexpr std::uint64_t stream = 0x77656967'68740000;  ///< apart from the other random steps
constexpr unsigned runsSmall = 5;                      ///< the best of so many, up to
constexpr std::size_t smallPeople = 10'000;            ///< so many people; one run beyond

std::vector<double> drawnFactors(std::size_t kinds, std::uint64_t seed, unsigned draw)
{
    Random random(seed, stream + draw);
    std::vector<double> factors;
    for (std::size_t k = 0; k < kinds; ++k) factors.push_back(std::exp2(2 * random.real() - 1));
    return factors;
}

Partition bestOf(const Graph& graph, const AnalysisOptions& options, Task& task)
{
    LeidenOptions leidenOptions;
    leidenOptions.resolution = options.resolution;
    leidenOptions.seed = options.seed;
    const unsigned runs = graph.people() <= smallPeople ? runsSmall : 1;
    Partition best;
    double highest = 0;
    for (unsigned run = 0; run < runs; ++run) {
        leidenOptions.run = run;
        auto found = leiden(graph, leidenOptions, task);
        const double quality = reportedModularity(graph, found, leidenOptions);
        if (run > 0 && quality <= highest) continue;
        highest = quality;
        best = std::move(found);
    }
    return best;
}

}  // namespace

WeightCheck checkWeights(const Workspace& workspace, const Analysis& analysis,
                         const WeightCheckOptions& options, Task& task)
{
    WeightCheck check;
    const auto& selection = analysis.options.selection;
    const auto kinds = arcsByKind(workspace, selection, analysis.options.weights, {}, task);
    check.kinds = kinds.size();
    if (kinds.size() < 2) return check;
    std::vector<double> agreement(options.draws);
    task.begin("Weighing ties otherwise", options.draws);
    parallelFor(options.draws, analysis.options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        Task quiet;
        const auto draw = static_cast<unsigned>(i);
        const auto factors = drawnFactors(kinds.size(), analysis.options.seed, draw);
        const auto graph =
            scaledGraph(analysis.people.people.size(), kinds, factors, selection.minWeight);
        agreement[i] = adjustedMutualInformation(analysis.consensus.partition,
                                                 bestOf(graph, analysis.options, quiet));
    });
    check.draws = options.draws;
    check.agreement = std::accumulate(agreement.begin(), agreement.end(), 0.0) / options.draws;
    check.lowest = *std::min_element(agreement.begin(), agreement.end());
    check.settled = check.agreement >= options.below;
    return check;
}

EvidenceSentence weightSentence(const WeightCheck& check)
{
    EvidenceSentence sentence;
    sentence.method =
        "How much a mention, a reaction or a shared thread counts beside a reply is a convention. "
        "Every kind's weight was multiplied by a number of its own between a half and two, and the "
        "groups were looked for again; adjusted mutual information says how alike the groups are, "
        "1 = the same.";
    if (check.kinds < 2) {
        sentence.finding =
            "There is one kind of tie here, so how kinds are weighed does not matter.";
        return sentence;
    }
    sentence.finding = check.settled
                           ? "The groups stay much the same when ties are weighed otherwise."
                           : "The groups depend on how the kinds of ties are weighed.";
    sentence.certainty = check.settled
                             ? "Halving or doubling the weight of any kind changes little."
                             : "Look at the kinds of ties one by one before relying on them.";
    sentence.figures =
        fmt::format("mean agreement {:.2f}, lowest {:.2f}, of {} draws over {} kinds",
                    check.agreement, check.lowest, check.draws, check.kinds);
    return sentence;
}

}  // namespace kith
