#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/cluster/consensus.h"
#include "core/cluster/leidenrun.h"

#include <algorithm>
#include <bit>
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

std::vector<WeightedTie> tiesOf(const Graph& graph)
{
    std::vector<WeightedTie> ties;
    ties.reserve(graph.ties());
    for (std::size_t v = 0; v < graph.people(); ++v) {
        const auto from = static_cast<Vertex>(v);
        const auto row = graph.neighbours(from);
        for (std::size_t j = 0; j < row.size(); ++j)
            if (from < row[j]) ties.push_back({from, row[j], graph.weights(from)[j]});
    }
    return ties;
}

/// A set of ties: open addressing with linear probing, at most half full. Taking one out closes the
/// gap behind it, so that no marks of deleted entries pile up over many swaps.
class TieSet {
public:
    explicit TieSet(const std::vector<WeightedTie>& ties) : TieSet(ties, ties.size()) {}

    /// @param most ties that will be in it at any time
    TieSet(const std::vector<WeightedTie>& ties, std::size_t most)
        : slots_(std::bit_ceil(most * 2 + 2), none), mask_(slots_.size() - 1)
    {
        for (const auto& tie : ties) add(tie.a, tie.b);
    }

    bool has(Vertex a, Vertex b) const { return slots_[find(key(a, b))] != none; }
    void add(Vertex a, Vertex b) { slots_[find(key(a, b))] = key(a, b); }

    void take(Vertex a, Vertex b)
    {
        std::size_t gap = find(key(a, b));
        for (std::size_t at = (gap + 1) & mask_; slots_[at] != none; at = (at + 1) & mask_) {
            const std::size_t wanted = home(slots_[at]);
            if (((at - wanted) & mask_) < ((at - gap) & mask_)) continue;
            slots_[gap] = slots_[at];
            gap = at;
        }
        slots_[gap] = none;
    }

private:
    static constexpr std::uint64_t none = ~std::uint64_t{0};

    static std::uint64_t key(Vertex a, Vertex b)
    {
        if (a > b) std::swap(a, b);
        return (std::uint64_t{a} << 32U) | b;
    }

    std::size_t home(std::uint64_t key) const
    {
        return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> 20U) & mask_;
    }

    std::size_t find(std::uint64_t key) const
    {
        std::size_t at = home(key);
        while (slots_[at] != none && slots_[at] != key) at = (at + 1) & mask_;
        return at;
    }

    std::vector<std::uint64_t> slots_;
    std::size_t mask_;
};

/// a-b and c-d become a-d and c-b, unless that makes a loop or a tie that is there already.
void trySwap(WeightedTie& one, WeightedTie& other, bool turned, TieSet& set)
{
    const Vertex c = turned ? other.b : other.a;
    const Vertex d = turned ? other.a : other.b;
    if (one.a == d || one.b == c || set.has(one.a, d) || set.has(c, one.b)) return;
    set.take(one.a, one.b);
    set.take(c, d);
    other.a = c;
    other.b = one.b;
    one.b = d;
    set.add(one.a, one.b);
    set.add(other.a, other.b);
}

void swapMany(std::vector<WeightedTie>& ties, std::size_t eachTie, Random& random,
              const std::function<void()>& breathe)
{
    TieSet set(ties);
    const std::size_t swaps = ties.size() < 2 ? 0 : eachTie * ties.size();
    for (std::size_t i = 0; i < swaps; ++i) {
        if (i % breathEvery == 0) breathe();
        const std::size_t one = random.below(ties.size());
        const std::size_t other = random.below(ties.size());
        if (one != other) trySwap(ties[one], ties[other], (random.next() >> 63U) != 0, set);
    }
}

/// All ends of ties, matched anew at random.
std::vector<WeightedTie> dealtAgain(const std::vector<WeightedTie>& ties, Random& random)
{
    std::vector<Vertex> ends;
    ends.reserve(2 * ties.size());
    for (const auto& tie : ties) {
        ends.push_back(tie.a);
        ends.push_back(tie.b);
    }
    random.shuffle(std::span(ends));
    auto dealt = ties;
    for (std::size_t i = 0; i < dealt.size(); ++i) {
        dealt[i].a = ends[2 * i];
        dealt[i].b = ends[2 * i + 1];
    }
    return dealt;
}

/// Crosses a tie that must not be, a loop or one that is there already, with another at random.
/// @param bad not in the set
/// @return false when no tie was found that it can be crossed with
bool mended(std::size_t bad, std::vector<WeightedTie>& ties, const std::vector<bool>& kept,
            TieSet& set, Random& random)
{
    constexpr int attempts = 1'000;
    WeightedTie& one = ties[bad];
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const std::size_t at = random.below(ties.size());
        WeightedTie& other = ties[at];
        if (!kept[at] || one.a == other.b || other.a == one.b || set.has(one.a, other.b) ||
            set.has(other.a, one.b))
            continue;
        // Both new ties may be one and the same.
        if (std::minmax(one.a, other.b) == std::minmax(other.a, one.b)) continue;
        set.take(other.a, other.b);
        std::swap(one.b, other.b);
        set.add(one.a, one.b);
        set.add(other.a, other.b);
        return true;
    }
    return false;
}

/// The same ends matched anew, loops and parallel ties crossed away: for large graphs, where
/// 20 m swaps take far longer than clustering. Where such ties are few the graphs that come out are
/// as good as those of swaps (their modularity differs by less than a third of its spread).
/// Source: Molloy and Reed, Random Structures & Algorithms 6:161, 1995, for the matching.
/// @return the share of ties that were crossed away; nothing when it did not work out, which takes
///         a person tied to nearly everybody
std::optional<double> matchAnew(std::vector<WeightedTie>& ties, Random& random,
                                const std::function<void()>& breathe)
{
    auto dealt = dealtAgain(ties, random);
    TieSet set(std::vector<WeightedTie>{}, dealt.size());
    std::vector<bool> kept(dealt.size());
    std::vector<std::size_t> bad;
    for (std::size_t i = 0; i < dealt.size(); ++i) {
        if (i % breathEvery == 0) breathe();
        kept[i] = dealt[i].a != dealt[i].b && !set.has(dealt[i].a, dealt[i].b);
        if (kept[i])
            set.add(dealt[i].a, dealt[i].b);
        else
            bad.push_back(i);
    }
    for (const std::size_t i : bad) {
        if (!mended(i, dealt, kept, set, random)) return std::nullopt;
        kept[i] = true;
    }
    ties = std::move(dealt);
    return static_cast<double>(bad.size()) / static_cast<double>(ties.size());
}

Graph rewired(std::size_t people, std::vector<WeightedTie> ties, Random& random,
              const std::function<void()>& breathe)
{
    std::optional<double> mended;
    if (ties.size() > mostToSwap) mended = matchAnew(ties, random, breathe);
    if (!mended)
        swapMany(ties, swapsPerTie, random, breathe);
    else if (*mended > mostMended)
        swapMany(ties, swapsAfterMatching, random, breathe);
    for (std::size_t i = ties.size(); i > 1; --i)
        std::swap(ties[i - 1].weight, ties[random.below(i)].weight);
    return buildGraph(people, std::move(ties));
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

/// How clusters are looked for in a graph at random. There, rounds until nothing changes take many
/// times as long as where clusters are, so larger graphs get two.
LeidenOptions nullOptions(const Graph& graph, LeidenOptions options)
{
    constexpr std::size_t large = 2'000;
    constexpr unsigned few = 2;
    if (options.rounds == 0 && graph.people() > large) options.rounds = few;
    return options;
}

}  // namespace

Graph rewiredGraph(const Graph& graph, std::uint64_t seed, std::uint64_t stream, const Task& task)
{
    Random random(seed ^ rewiringSalt, stream);
    return rewired(graph.people(), tiesOf(graph), random, [&] {
        if (task.cancelled()) throw Cancelled{};
    });
}

NullTest rewiringNull(const Graph& graph, const ConsensusOptions& options, double observed,
                      unsigned samples, Task& task)
{
    task.begin("Comparing with ties at random", samples);
    const auto ties = tiesOf(graph);
    std::vector<double> values(samples);
    std::mutex reporting;
    const std::function<void()> breathe = [&] {
        if (task.cancelled()) throw Cancelled{};
    };
    parallelFor(samples, options.threads, [&](std::size_t i) {
        Random random(options.leiden.seed ^ rewiringSalt, i);
        const Graph sample = rewired(graph.people(), ties, random, breathe);
        LeidenOptions leiden = nullOptions(sample, options.leiden);
        leiden.run = i;
        values[i] = reportedModularity(sample, leidenRun(sample, leiden, breathe), leiden);
        const std::scoped_lock lock(reporting);
        task.advance();
    });
    // What gets two rounds at random is compared with what two rounds reach on the graph itself: a
    // consensus that was polished until stable would beat them even where there are no clusters.
    LeidenOptions same = nullOptions(graph, options.leiden);
    if (same.rounds == options.leiden.rounds) return summary(observed, values);
    same.run = samples;
    return summary(reportedModularity(graph, leidenRun(graph, same, breathe), same), values);
}

}  // namespace kith
