#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/cluster/knownties.h"

#include <algorithm>
#include <cmath>

namespace kith::known {
namespace {

constexpr unsigned drawsOfMany = 100;

// Apart from the streams of the shuffles.
constexpr std::uint64_t drawStream = 0x64726177'73000000;

Interval middle95(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (values.size() < 20) return {};
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[static_cast<std::size_t>(
            std::lround(share * static_cast<double>(values.size() - 1)))];
    };
    return {at(0.025), at(0.975)};
}

/// People drawn with replacement; two drawings of one person make no pair. (Snijders and Borgatti
/// put a random pair there; it would always be of the same value.)
struct Draw {
    double assortativity = 0;
    double oddsRatio = 0;
};

Draw drawOf(const Part& part, std::uint64_t seed, std::uint64_t number)
{
    Random random(seed, drawStream + number);
    const std::size_t people = part.values.size();
    std::vector<std::uint32_t> times(people);
    for (std::size_t i = 0; i < people; ++i) ++times[random.below(people)];
    const auto both = [&](const Tie& tie) {
        return static_cast<double>(times[tie.a]) * static_cast<double>(times[tie.b]);
    };
    Draw draw;
    draw.assortativity =
        mixingOf(part, [&](const Tie& tie) { return tie.weight * both(tie); }).assortativity();

    Table table;
    for (const auto& tie : part.ties)
        (part.same(tie) ? table.sameTied : table.differentTied) += both(tie);
    std::vector<double> drawn(part.sizes.size());
    double repeats = 0;
    for (std::size_t i = 0; i < people; ++i) {
        drawn[static_cast<std::size_t>(part.values[i])] += times[i];
        repeats += static_cast<double>(times[i]) * static_cast<double>(times[i]);
    }
    const auto all = static_cast<double>(people);
    double squares = 0;
    for (const double some : drawn) squares += some * some;
    const double samePairs = (squares - repeats) / 2;
    table.sameUntied = samePairs - table.sameTied;
    table.differentUntied = (all * all - repeats) / 2 - samePairs - table.differentTied;
    draw.oddsRatio = table.oddsRatio();
    return draw;
}

}  // namespace

void fillIntervals(HomophilyPanel& result, const Part& part, const PanelOptions& options,
                   Task& task)
{
    result.bootstraps = part.ties.size() > mostTiesToPermute
                            ? std::min(options.bootstraps, drawsOfMany)
                            : options.bootstraps;
    std::vector<double> r(result.bootstraps);
    std::vector<double> odds(result.bootstraps);
    parallelFor(r.size(), options.threads, [&](std::size_t b) {
        if (task.cancelled()) throw Cancelled{};
        const auto draw = drawOf(part, options.seed, b);
        r[b] = draw.assortativity;
        odds[b] = draw.oddsRatio;
    });
    result.assortativityInterval = middle95(std::move(r));
    result.oddsRatioInterval = middle95(std::move(odds));
}

}  // namespace kith::known
