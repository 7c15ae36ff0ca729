#include "core/graph/graph.h"

#include "core/base/error.h"
#include "core/base/largepages.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace kith {
namespace {

/// The far end of a tie whose near end is the row it stands in.
struct Half {
    Vertex other = 0;
    float weight = 0;
};

/// Ties by their lower end; `starts` has one entry a vertex and one more.
struct HalfRows {
    std::vector<std::uint64_t> starts;
    std::vector<Half> halves;
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
void accumulate(std::vector<std::uint64_t>& starts)
{
    for (std::size_t v = 1; v < starts.size(); ++v) starts[v] += starts[v - 1];
}

/// After a scatter that used starts[v] as the writing position of row v, puts the starts back.
void rewind(std::vector<std::uint64_t>& starts)
{
    for (std::size_t v = starts.size() - 1; v > 0; --v) starts[v] = starts[v - 1];
    starts[0] = 0;
}

/// Where the rows of all vertices start, by either end of the ties.
struct Starts {
    std::vector<std::uint64_t> higher;
    std::vector<std::uint64_t> lower;

    std::uint64_t endsAbove(std::size_t v) const { return higher[v + 1] - higher[v]; }
};

Starts startsOf(std::size_t people, const std::vector<WeightedTie>& ties)
{
    if (people >= std::numeric_limits<Vertex>::max())
        throw Error(Error::Kind::LimitReached, "a graph cannot hold more than four billion people");
    Starts starts{std::vector<std::uint64_t>(people + 1), std::vector<std::uint64_t>(people + 1)};
    for (const auto& tie : ties) {
        check(tie, people);
        if (!counts(tie)) continue;
        ++starts.higher[std::max(tie.a, tie.b) + std::size_t{1}];
        ++starts.lower[std::min(tie.a, tie.b) + std::size_t{1}];
    }
    accumulate(starts.higher);
    accumulate(starts.lower);
    return starts;
}

HalfRows byHigherEnd(const std::vector<WeightedTie>& ties, const std::vector<std::uint64_t>& starts)
{
    HalfRows rows{starts, {}};
    reserveLarge(rows.halves, starts.back());
    rows.halves.resize(starts.back());
    for (const auto& tie : ties)
        if (counts(tie))
            rows.halves[rows.starts[std::max(tie.a, tie.b)]++] = {std::min(tie.a, tie.b),
                                                                  tie.weight};
    rewind(rows.starts);
    return rows;
}

/// Rows by the other end; each row comes out ascending because the sources are visited in order.
HalfRows transposed(const HalfRows& from, const std::vector<std::uint64_t>& starts)
{
    HalfRows rows{starts, {}};
    reserveLarge(rows.halves, starts.back());
    rows.halves.resize(starts.back());
    for (std::size_t v = 0; v + 1 < from.starts.size(); ++v)
        for (std::uint64_t i = from.starts[v]; i < from.starts[v + 1]; ++i)
            rows.halves[rows.starts[from.halves[i].other]++] = {static_cast<Vertex>(v),
                                                                from.halves[i].weight};
    rewind(rows.starts);
    return rows;
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

void mergeParallel(HalfRows& rows)
{
    std::uint64_t out = 0;
    std::uint64_t begin = 0;
    for (std::size_t v = 0; v + 1 < rows.starts.size(); ++v) {
        const std::uint64_t end = rows.starts[v + 1];
        while (begin < end) {
            std::uint64_t last = begin + 1;
            while (last < end && rows.halves[last].other == rows.halves[begin].other) ++last;
            rows.halves[out++] = merged(std::span(rows.halves).subspan(begin, last - begin));
            begin = last;
        }
        rows.starts[v + 1] = out;
    }
    rows.halves.resize(out);
}

/// Both arcs of every tie. Going through the ties by lower end and then by higher end, each row
/// gets its lower neighbours first and then its higher ones: it comes out ascending.
/// @param before where rows started before parallel ties were merged
Graph bothDirections(const HalfRows& rows, const Starts& before)
{
    const std::size_t people = rows.starts.size() - 1;
    Graph graph;
    auto& starts = graph.csr.m_forward.m_rowstart;
    auto& columns = graph.csr.m_forward.m_column;
    reserveLarge(starts, people + 1);
    starts.assign(people + 1, 0);
    for (std::size_t v = 0; v < people; ++v) starts[v + 1] = rows.starts[v + 1] - rows.starts[v];
    if (rows.halves.size() == before.higher.back())
        for (std::size_t v = 0; v < people; ++v) starts[v + 1] += before.endsAbove(v);
    else
        for (const auto& half : rows.halves) ++starts[half.other + std::size_t{1}];
    accumulate(starts);
    reserveLarge(columns, starts.back());
    reserveLarge(graph.weight, starts.back());
    columns.resize(starts.back());
    graph.weight.resize(starts.back());
    for (std::size_t v = 0; v < people; ++v) {
        for (std::uint64_t i = rows.starts[v]; i < rows.starts[v + 1]; ++i) {
            const Half half = rows.halves[i];
            const std::uint64_t there = starts[v]++;
            const std::uint64_t back = starts[half.other]++;
            columns[there] = half.other;
            columns[back] = static_cast<Vertex>(v);
            graph.weight[there] = graph.weight[back] = half.weight;
        }
    }
    rewind(starts);
    return graph;
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
    const Starts starts = startsOf(people, ties);
    HalfRows rows = byHigherEnd(ties, starts.higher);
    std::vector<WeightedTie>().swap(ties);
    rows = transposed(rows, starts.lower);
    mergeParallel(rows);

    Graph graph = bothDirections(rows, starts);
    graph.strength.resize(people);
    double ends = 0;
    for (std::size_t v = 0; v < people; ++v) {
        double sum = 0;
        for (const float weight : graph.weights(static_cast<Vertex>(v)))
            sum += static_cast<double>(weight);
        graph.strength[v] = sum;
        ends += sum;
    }
    graph.total = ends / 2;
    return graph;
}

}  // namespace kith
