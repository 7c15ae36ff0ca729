#include "core/measure/bridges.h"

#include <algorithm>
#include <limits>

namespace kith {
namespace {

/// Every tie once, in the row of the end with fewer ties (of equals, the lower number).
struct OneWay {
    std::vector<std::uint64_t> rows;
    std::vector<Vertex> columns;
    std::vector<float> weights;
    std::vector<double> through;  ///< by tie: sum over shared contacts q of w_iq w_qj / s_q
};

OneWay oneWay(const Graph& graph)
{
    OneWay ties;
    ties.rows.reserve(graph.people() + 1);
    ties.columns.reserve(graph.ties());
    ties.weights.reserve(graph.ties());
    ties.rows.push_back(0);
    for (std::size_t i = 0; i < graph.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j) {
            const std::size_t theirs = graph.degree(row[j]);
            if (theirs < row.size() || (theirs == row.size() && row[j] < v)) continue;
            ties.columns.push_back(row[j]);
            ties.weights.push_back(graph.weights(v)[j]);
        }
        ties.rows.push_back(ties.columns.size());
    }
    ties.through.assign(ties.columns.size(), 0);
    return ties;
}

/// The walk over all triangles a, b, c with ties a-b, a-c and b-c pointing one way: each is met
/// once, at a. How two contacts are held together by the third is the same from both, so that it
/// is kept by tie.
class Triangles {
public:
    Triangles(const Graph& graph, OneWay& ties)
        : graph_(graph), ties_(ties), tieTo_(graph.people(), none), count_(graph.people(), 0)
    {}

    void from(Vertex a)
    {
        const std::uint64_t first = ties_.rows[a];
        const std::uint64_t last = ties_.rows[a + std::size_t{1}];
        if (last - first < 2) return;
        for (std::uint64_t ac = first; ac < last; ++ac) tieTo_[ties_.columns[ac]] = ac;
        for (std::uint64_t ab = first; ab < last; ++ab) around(a, ab);
        for (std::uint64_t ac = first; ac < last; ++ac) tieTo_[ties_.columns[ac]] = none;
    }

    /// By vertex: ties among its contacts.
    const std::vector<std::uint64_t>& count() const { return count_; }

private:
    static constexpr std::uint64_t none = ~std::uint64_t{0};

    void around(Vertex a, std::uint64_t ab)
    {
        const Vertex b = ties_.columns[ab];
        const double weightAb = static_cast<double>(ties_.weights[ab]);
        const double viaA = 1 / graph_.strength[a];
        const double viaB = weightAb / graph_.strength[b];
        double held = 0;
        std::uint64_t found = 0;
        for (std::uint64_t bc = ties_.rows[b]; bc < ties_.rows[b + std::size_t{1}]; ++bc) {
            const Vertex c = ties_.columns[bc];
            const std::uint64_t ac = tieTo_[c];
            if (ac == none) continue;
            const double weightAc = static_cast<double>(ties_.weights[ac]);
            const double weightBc = static_cast<double>(ties_.weights[bc]);
            held += weightAc * weightBc / graph_.strength[c];
            ties_.through[ac] += viaB * weightBc;
            ties_.through[bc] += weightAb * weightAc * viaA;
            ++count_[c];
            ++found;
        }
        ties_.through[ab] += held;
        count_[a] += found;
        count_[b] += found;
    }

    const Graph& graph_;
    OneWay& ties_;
    std::vector<std::uint64_t> tieTo_;  ///< by vertex: the tie of `a` to it
    std::vector<std::uint64_t> count_;
};

}  // namespace

Gaps gaps(const Graph& graph, Task& task)
{
    constexpr std::size_t stride = 1024;
    task.begin("Looking for gaps between people", graph.people());
    OneWay ties = oneWay(graph);
    Triangles triangles(graph, ties);
    for (std::size_t v = 0; v < graph.people(); ++v) {
        if (v % stride == 0) task.advance(std::min(stride, graph.people() - v));
        triangles.from(static_cast<Vertex>(v));
    }

    Gaps out{std::vector<double>(graph.people(), 0), std::vector<double>(graph.people(), 0)};
    for (std::size_t v = 0; v < graph.people(); ++v) {
        const auto contacts = static_cast<double>(graph.degree(static_cast<Vertex>(v)));
        if (contacts > 0) {
            const auto shared = static_cast<double>(triangles.count()[v]);
            out.effectiveSize[v] = contacts - 2 * shared / contacts;
        } else {
            out.constraint[v] = std::numeric_limits<double>::quiet_NaN();
        }
        for (std::uint64_t tie = ties.rows[v]; tie < ties.rows[v + 1]; ++tie) {
            const Vertex other = ties.columns[tie];
            const double held = static_cast<double>(ties.weights[tie]) + ties.through[tie];
            const double mine = held / graph.strength[v];
            const double theirs = held / graph.strength[other];
            out.constraint[v] += mine * mine;
            out.constraint[other] += theirs * theirs;
        }
    }
    return out;
}

}  // namespace kith
