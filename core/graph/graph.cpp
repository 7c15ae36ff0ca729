#include "core/graph/graph.h"

#include "core/base/error.h"
#include "core/base/fetchahead.h"
#include "core/base/largepages.h"
#include "core/base/release.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <utility>

namespace kith {
namespace {

/// The far end of a tie whose near end is the row it stands in.
struct Half {
    Vertex other;
    float weight;
};

/// Ties by one of their ends. Where rows start is counted in 32 bits as long as those are enough:
/// that is half of what is looked at all over the memory.
template <class Count>
struct Rows {
    std::vector<Count> starts;  ///< one a vertex and one more
    std::unique_ptr<Half[]> halves;

    std::size_t people() const { return starts.size() - 1; }
    std::size_t size() const { return starts.back(); }

    /// Not written to, and in pages of the common size: for what is soon given back, filling and
    /// finding large ones takes longer than they save.
    void makeRoom() { halves = std::make_unique_for_overwrite<Half[]>(size()); }
};

/// Deals halves out to their rows. A row may be anywhere in memory, so where its next half goes is
/// asked for some turns ahead, and that place some turns later.
template <class Count>
class Dealer {
public:
    static constexpr std::size_t soon = 12;
    static constexpr std::size_t later = 2 * soon;

    explicit Dealer(Rows<Count>& rows) : next_(rows.starts), halves_(rows.halves.get()) {}

    void askRow(Vertex row) const { fetchAhead(next_.data() + row); }
    void askPlace(Vertex row) const { fetchAhead(halves_ + next_[row]); }
    void deal(Vertex row, Half half) { halves_[next_[row]++] = half; }

private:
    std::vector<Count> next_;
    Half* halves_;
};

bool counts(const WeightedTie& tie)
{
    return tie.a != tie.b && tie.weight > 0;
}

void check(const WeightedTie& tie, std::size_t people)
{
    if (tie.a >= people || tie.b >= people)
        throw Error(Error::Kind::Usage, "a tie names somebody who is not in the graph");
    if (std::isinf(tie.weight)) throw Error(Error::Kind::Usage, "a tie has an endless weight");
}

/// Turns counts at v + 1 into starts.
template <class Count>
void accumulate(std::vector<Count>& starts)
{
    for (std::size_t v = 1; v < starts.size(); ++v) starts[v] += starts[v - 1];
}

template <class Count>
void countEnds(const std::vector<WeightedTie>& ties, Rows<Count>& byLower, Rows<Count>& byHigher)
{
    for (const auto& tie : ties) {
        check(tie, byLower.people());
        if (!counts(tie)) continue;
        ++byLower.starts[std::min(tie.a, tie.b) + std::size_t{1}];
        ++byHigher.starts[std::max(tie.a, tie.b) + std::size_t{1}];
    }
    accumulate(byLower.starts);
    accumulate(byHigher.starts);
}

template <class Count>
void dealByLowerEnd(const std::vector<WeightedTie>& ties, Rows<Count>& byLower)
{
    Dealer<Count> dealer(byLower);
    const auto rowAt = [&](std::size_t i) {
        const auto& tie = ties[std::min(i, ties.size() - 1)];
        return std::min(tie.a, tie.b);
    };
    for (std::size_t i = 0; i < ties.size(); ++i) {
        dealer.askRow(rowAt(i + dealer.later));
        dealer.askPlace(rowAt(i + dealer.soon));
        const auto& tie = ties[i];
        if (counts(tie)) dealer.deal(std::min(tie.a, tie.b), {std::max(tie.a, tie.b), tie.weight});
    }
}

/// Rows by the other end; each row comes out ascending because the sources are visited in order.
template <class Count>
void transpose(const Rows<Count>& from, Rows<Count>& to)
{
    Dealer<Count> dealer(to);
    const auto rowAt = [&](std::size_t i) {
        return from.halves[std::min(i, from.size() - 1)].other;
    };
    std::size_t i = 0;
    for (std::size_t v = 0; v < from.people(); ++v) {
        for (; i < from.starts[v + 1]; ++i) {
            dealer.askRow(rowAt(i + dealer.later));
            dealer.askPlace(rowAt(i + dealer.soon));
            dealer.deal(from.halves[i].other, {static_cast<Vertex>(v), from.halves[i].weight});
        }
    }
}

/// One tie for a run of parallel ones. Sorted first, so that rounding is the same for every order.
Half merged(std::span<Half> run)
{
    if (run.size() > 2)
        std::sort(run.begin(), run.end(),
                  [](const Half& a, const Half& b) { return a.weight < b.weight; });
    double sum = 0;
    for (const auto& half : run) sum += static_cast<double>(half.weight);
    constexpr double largest = std::numeric_limits<float>::max();
    return {run.front().other, static_cast<float>(std::min(sum, largest))};
}

/// @return whether there were any
template <class Count>
bool mergeParallel(Rows<Count>& rows)
{
    const std::size_t before = rows.size();
    Count out = 0;
    Count begin = 0;
    for (std::size_t v = 0; v < rows.people(); ++v) {
        const Count end = rows.starts[v + 1];
        while (begin < end) {
            Count last = begin + 1;
            while (last < end && rows.halves[last].other == rows.halves[begin].other) ++last;
            rows.halves[out++] = merged({rows.halves.get() + begin, last - begin});
            begin = last;
        }
        rows.starts[v + 1] = out;
    }
    return out != before;
}

/// Where rows by the other end start.
template <class Count>
void countOthers(const Rows<Count>& from, Rows<Count>& to)
{
    std::fill(to.starts.begin(), to.starts.end(), Count{0});
    for (std::size_t i = 0; i < from.size(); ++i)
        ++to.starts[from.halves[i].other + std::size_t{1}];
    accumulate(to.starts);
}

/// Both arcs of every tie. Each row gets its lower neighbours first and then its higher ones, both
/// ascending.
template <class Count>
Graph bothDirections(const Rows<Count>& byLower, const Rows<Count>& byHigher)
{
    const std::size_t people = byLower.people();
    const std::size_t arcs = 2 * byLower.size();
    Graph graph;
    auto& starts = graph.csr.m_forward.m_rowstart;
    auto& columns = graph.csr.m_forward.m_column;
    reserveLarge(starts, people + 1);
    reserveLarge(columns, arcs);
    reserveLarge(graph.weight, arcs);
    starts.resize(people + 1);
    columns.resize(arcs);
    graph.weight.resize(arcs);
    graph.strength.resize(people);
    std::size_t out = 0;
    double ends = 0;
    for (std::size_t v = 0; v < people; ++v) {
        double sum = 0;
        for (const Rows<Count>* rows : {&byHigher, &byLower}) {
            for (std::size_t i = rows->starts[v]; i < rows->starts[v + 1]; ++i) {
                columns[out] = rows->halves[i].other;
                graph.weight[out++] = rows->halves[i].weight;
                sum += static_cast<double>(rows->halves[i].weight);
            }
        }
        starts[v + 1] = out;
        graph.strength[v] = sum;
        ends += sum;
    }
    graph.total = ends / 2;
    return graph;
}

/// Three times the ties are dealt out in order of one end; twice would leave the first rows
/// unsorted.
template <class Count>
Graph sortedGraph(std::size_t people, std::vector<WeightedTie> ties)
{
    Rows<Count> byLower{std::vector<Count>(people + 1), nullptr};
    Rows<Count> byHigher{std::vector<Count>(people + 1), nullptr};
    countEnds(ties, byLower, byHigher);
    byLower.makeRoom();
    dealByLowerEnd(ties, byLower);
    release(ties);
    byHigher.makeRoom();
    transpose(byLower, byHigher);
    if (mergeParallel(byHigher)) countOthers(byHigher, byLower);
    transpose(byHigher, byLower);
    return bothDirections(byLower, byHigher);
}

}  // namespace

float Graph::between(Vertex a, Vertex b) const
{
    const auto row = neighbours(a);
    const auto found = std::lower_bound(row.begin(), row.end(), b);
    if (found == row.end() || *found != b) return 0;
    return weights(a)[static_cast<std::size_t>(found - row.begin())];
}

Graph buildGraph(std::size_t people, std::vector<WeightedTie> ties)
{
    if (people >= std::numeric_limits<Vertex>::max())
        throw Error(Error::Kind::LimitReached, "a graph cannot hold more than four billion people");
    if (ties.size() <= std::numeric_limits<std::uint32_t>::max())
        return sortedGraph<std::uint32_t>(people, std::move(ties));
    return sortedGraph<std::uint64_t>(people, std::move(ties));
}

}  // namespace kith
