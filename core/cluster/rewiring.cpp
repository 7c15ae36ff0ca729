#include "core/base/fetchahead.h"
#include "core/base/largepages.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/base/release.h"
#include "core/cluster/consensus.h"
#include "core/cluster/leidenrun.h"
#include "core/cluster/tieset.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

namespace kith {
namespace {

/// Keeps the streams of rewiring apart from those of the runs.
constexpr std::uint64_t rewiringSalt = 0x7265776972696e67ULL;

constexpr std::size_t swapsPerTie = 20;

/// Graphs of more ties are matched anew instead.
constexpr std::size_t mostToSwap = 10'000;

/// Where more than this share of the matched ties had to be crossed away, among a few people tied
/// to very many, the graphs have too few clusters by about a standard deviation, so they are mixed.
constexpr double mostMended = 0.02;
constexpr std::size_t swapsAfterMatching = 2;

constexpr std::size_t breathEvery = 4096;

/// Both ends of every tie, one tie after another: of tie i at 2 i and 2 i + 1.
using Ends = std::vector<Vertex>;

Ends endsOf(const Graph& graph)
{
    Ends ends;
    reserveLarge(ends, 2 * graph.ties());
    for (std::size_t v = 0; v < graph.people(); ++v) {
        const auto from = static_cast<Vertex>(v);
        for (const Vertex to : graph.neighbours(from)) {
            if (from > to) continue;
            ends.push_back(from);
            ends.push_back(to);
        }
    }
    return ends;
}

/// By tie, in the order of endsOf().
std::vector<float> weightsOf(const Graph& graph)
{
    std::vector<float> weights;
    weights.reserve(graph.ties());
    for (std::size_t v = 0; v < graph.people(); ++v) {
        const auto from = static_cast<Vertex>(v);
        const auto row = graph.neighbours(from);
        for (std::size_t j = 0; j < row.size(); ++j)
            if (from < row[j]) weights.push_back(graph.weights(from)[j]);
    }
    return weights;
}

/// Two ties to be swapped, the other perhaps turned round.
struct Swap {
    std::size_t one = 0;
    std::size_t other = 0;
    bool turned = false;

    std::size_t c() const { return 2 * other + (turned ? 1U : 0U); }
    std::size_t d() const { return 2 * other + (turned ? 0U : 1U); }
};

Swap drawSwap(std::size_t ties, Random& random)
{
    Swap swap{random.below(ties), random.below(ties), false};
    if (swap.one != swap.other) swap.turned = (random.next() >> 63U) != 0;
    return swap;
}

/// Asks for all that a swap is going to look at in the set.
void ask(const Ends& ends, const Swap& swap, const TieSet& set)
{
    const Vertex a = ends[2 * swap.one];
    const Vertex b = ends[2 * swap.one + 1];
    set.ask(a, b);
    set.ask(ends[swap.c()], ends[swap.d()]);
    set.ask(a, ends[swap.d()]);
    set.ask(ends[swap.c()], b);
}

/// a-b and c-d become a-d and c-b, unless that makes a loop or a tie that is there already.
void trySwap(const Swap& swap, Ends& ends, TieSet& set)
{
    if (swap.one == swap.other) return;
    const Vertex a = ends[2 * swap.one];
    const Vertex b = ends[2 * swap.one + 1];
    const Vertex c = ends[swap.c()];
    const Vertex d = ends[swap.d()];
    if (a == d || b == c || set.has(a, d) || set.has(c, b)) return;
    set.take(a, b);
    set.take(c, d);
    ends[2 * swap.other] = c;
    ends[2 * swap.other + 1] = b;
    ends[2 * swap.one + 1] = d;
    set.add(a, d);
    set.add(c, b);
}

/// Swaps are drawn some turns before they are made: what they look at is all over the memory, and
/// is asked for in between.
void swapMany(std::size_t people, Ends& ends, std::size_t eachTie, Random& random,
              const std::function<void()>& breathe)
{
    constexpr std::size_t ahead = 16;
    const std::size_t ties = ends.size() / 2;
    if (ties < 2) return;
    TieSet set(people, ties);
    for (std::size_t i = 0; i < ties; ++i) set.add(ends[2 * i], ends[2 * i + 1]);
    std::array<Swap, ahead> coming;
    const std::size_t swaps = eachTie * ties;
    for (std::size_t i = 0; i < swaps + ahead; ++i) {
        if (i % breathEvery == 0) breathe();
        if (i >= ahead) trySwap(coming[i % ahead], ends, set);
        if (i < swaps) {
            coming[i % ahead] = drawSwap(ties, random);
            fetchAhead(ends.data() + 2 * coming[i % ahead].one);
            fetchAhead(ends.data() + 2 * coming[i % ahead].other);
        }
        if (i >= ahead / 2) ask(ends, coming[(i - ahead / 2) % ahead], set);
    }
}

/// Crosses a tie that must not be, a loop or one that is there already, with another at random.
/// @param bad not in the set
/// @return false when no tie was found that it can be crossed with
bool mended(std::size_t bad, Ends& ends, const std::vector<bool>& kept, TieSet& set, Random& random)
{
    constexpr int attempts = 1'000;
    const Vertex a = ends[2 * bad];
    const Vertex b = ends[2 * bad + 1];
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const std::size_t at = random.below(kept.size());
        const Vertex c = ends[2 * at];
        const Vertex d = ends[2 * at + 1];
        if (!kept[at] || a == d || c == b || set.has(a, d) || set.has(c, b)) continue;
        // Both new ties may be one and the same.
        if (std::minmax(a, d) == std::minmax(c, b)) continue;
        set.take(c, d);
        std::swap(ends[2 * bad + 1], ends[2 * at + 1]);
        set.add(a, d);
        set.add(c, b);
        return true;
    }
    return false;
}

/// The same ends matched anew, loops and parallel ties crossed away: for large graphs, where
/// 20 m swaps take far longer than clustering. Where such ties are few the graphs that come out are
/// as good as those of swaps (their modularity differs by less than a third of its spread).
/// Source: Molloy and Reed, Random Structures & Algorithms 6:161, 1995, for the matching.
/// @return the share of ties that were crossed away; nothing when it did not work out, which takes
///         a person tied to nearly everybody. Then the ends are of no use any more.
std::optional<double> matchAnew(std::size_t people, Ends& ends, Random& random,
                                const std::function<void()>& breathe)
{
    constexpr std::size_t ahead = 16;
    random.shuffle(std::span(ends));
    const std::size_t ties = ends.size() / 2;
    TieSet set(people, ties);
    std::vector<bool> kept(ties);
    std::vector<std::size_t> bad;
    for (std::size_t i = 0; i < ties; ++i) {
        if (i % breathEvery == 0) breathe();
        const std::size_t later = std::min(i + ahead, ties - 1);
        set.ask(ends[2 * later], ends[2 * later + 1]);
        const Vertex a = ends[2 * i];
        const Vertex b = ends[2 * i + 1];
        kept[i] = a != b && !set.has(a, b);
        if (kept[i])
            set.add(a, b);
        else
            bad.push_back(i);
    }
    for (const std::size_t i : bad) {
        if (!mended(i, ends, kept, set, random)) return std::nullopt;
        kept[i] = true;
    }
    return static_cast<double>(bad.size()) / static_cast<double>(ties);
}

Ends rewiredEnds(const Graph& graph, Random& random, const std::function<void()>& breathe)
{
    Ends ends = endsOf(graph);
    if (graph.ties() <= mostToSwap) {
        swapMany(graph.people(), ends, swapsPerTie, random, breathe);
        return ends;
    }
    const auto mended = matchAnew(graph.people(), ends, random, breathe);
    if (!mended) {
        ends = endsOf(graph);
        swapMany(graph.people(), ends, swapsPerTie, random, breathe);
    } else if (*mended > mostMended) {
        swapMany(graph.people(), ends, swapsAfterMatching, random, breathe);
    }
    return ends;
}

Graph rewired(const Graph& graph, Random& random, const std::function<void()>& breathe)
{
    Ends ends = rewiredEnds(graph, random, breathe);
    auto weights = weightsOf(graph);
    random.shuffle(std::span(weights));
    std::vector<WeightedTie> ties;
    reserveLarge(ties, weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i)
        ties.push_back({ends[2 * i], ends[2 * i + 1], weights[i]});
    release(ends);
    release(weights);
    return buildGraph(graph.people(), std::move(ties));
}

NullTest summary(double observed, const std::vector<double>& values)
{
    NullTest test;
    test.observed = observed;
    test.samples = static_cast<unsigned>(values.size());
    const auto count = static_cast<double>(values.size());
    double reached = 0;
    for (const double value : values) {
        test.mean += value / count;
        if (value >= observed) reached += 1;
    }
    double squares = 0;
    for (const double value : values) squares += (value - test.mean) * (value - test.mean);
    test.sd = values.size() > 1 ? std::sqrt(squares / (count - 1)) : 0;
    test.z = test.sd > 0 ? (observed - test.mean) / test.sd : 0;
    test.p = (1 + reached) / (count + 1);
    return test;
}

constexpr std::size_t small = 2'000;  ///< people

/// How clusters are looked for in a graph at random, where rounds until nothing changes take many
/// times as long as where clusters are. In small graphs, where single runs differ, many rounds take
/// less far than many runs. Among more than 10^5 people most of the one round would go to the last
/// few hundredths of Q: there it ends after four looks at everybody.
LeidenOptions nullOptions(const Graph& graph, LeidenOptions options)
{
    constexpr std::size_t large = 10'000;
    constexpr std::size_t huge = 100'000;
    if (options.rounds != 0) return options;
    options.rounds = graph.people() <= small || graph.people() > large ? 1 : 2;
    if (graph.people() > huge) options.looks = 4;
    return options;
}

/// The quality that is reached: in small graphs by the best of five.
double reachedQuality(const Graph& graph, const LeidenOptions& options, std::uint64_t number,
                      const std::function<void()>& breathe)
{
    if (graph.ties() == 0) return 0;
    const std::uint64_t runs = graph.people() > small ? 1 : 5;
    LeidenOptions leiden = nullOptions(graph, options);
    double best = -1;
    for (std::uint64_t i = 0; i < runs; ++i) {
        leiden.run = number * runs + i;
        best = std::max(best, reportedModularity(graph, leidenRun(graph, leiden, breathe), leiden));
    }
    return best;
}

}  // namespace

Graph rewiredGraph(const Graph& graph, std::uint64_t seed, std::uint64_t stream, const Task& task)
{
    Random random(seed ^ rewiringSalt, stream);
    return rewired(graph, random, [&] {
        if (task.cancelled()) throw Cancelled{};
    });
}

NullTest clusterNull(const Graph& graph, const ConsensusOptions& options, unsigned samples,
                     const std::function<Graph(std::size_t)>& draw, Task& task)
{
    task.begin("Comparing with chance", samples);
    std::vector<double> values(samples);
    std::mutex reporting;
    const std::function<void()> breathe = [&] {
        if (task.cancelled()) throw Cancelled{};
    };
    parallelFor(samples, options.threads, [&](std::size_t i) {
        breathe();
        values[i] = reachedQuality(draw(i), options.leiden, i, breathe);
        const std::scoped_lock lock(reporting);
        task.advance();
    });
    // The graph itself is looked at just as the samples are: a consensus of many runs that was
    // polished until stable beats graphs at random even where there are no clusters.
    return summary(reachedQuality(graph, options.leiden, samples, breathe), values);
}

NullTest rewiringNull(const Graph& graph, const ConsensusOptions& options, unsigned samples,
                      Task& task)
{
    const auto draw = [&](std::size_t i) {
        return rewiredGraph(graph, options.leiden.seed, i, task);
    };
    return clusterNull(graph, options, samples, draw, task);
}

}  // namespace kith
