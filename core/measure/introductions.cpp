#include "core/measure/separation.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace kith {

namespace {

constexpr std::size_t refined = 200;      ///< pairs whose resistance is worked out exactly
constexpr std::size_t mostPaired = 1000;  ///< people of each side who are paired with each other

std::vector<bool> hubMarks(const Graph& graph, const Walks& walks)
{
    std::vector<bool> hub(graph.people());
    for (const auto& hubs : walks.hubs) {
        for (const Vertex v : hubs) hub[v] = true;
    }
    return hub;
}

/// True when `a` would lower separation more than `b`.
bool lowers(const Introduction& a, const Introduction& b)
{
    if (a.after != b.after) return a.after < b.after;
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
}

}  // namespace

Introductions::Introductions(const Graph& graph, std::span<const Side> sides, const Walks& walks)
    : graph_(graph),
      sides_(sides),
      walks_(walks),
      hub_(hubMarks(graph, walks)),
      system_(graph, hub_)
{
    for (const Side side : {Side::First, Side::Second}) {
        const auto people = static_cast<double>(std::ranges::count(sides, side));
        std::vector<double> right(graph.people());
        for (std::size_t v = 0; v < right.size(); ++v) {
            if (sides[v] == side) right[v] = 1 / people;
        }
        y_[static_cast<std::size_t>(side)] = system_.solve(right);
    }
}

/// RWC when (e_u - e_v) h = gap, and the same of y, with a resistance between u and v.
double Introductions::with(double gap, double yFirst, double ySecond, double resistance) const
{
    const double a = walks_.a - gap * yFirst / (1 + resistance);
    const double b = 1 - ((1 - walks_.b) - gap * ySecond / (1 + resistance));
    return (a + b - 1) / (1 - (a - b) * (a - b));
}

double Introductions::after(Vertex u, Vertex v) const
{
    std::vector<double> right(graph_.people());
    right[u] = 1;
    right[v] = -1;
    const auto x = system_.solve(right);
    return with(walks_.h[u] - walks_.h[v], y_[0][u] - y_[0][v], y_[1][u] - y_[1][v], x[u] - x[v]);
}

double Introductions::roughly(Vertex u, Vertex v) const
{
    const double resistance = 1 / graph_.strength[u] + 1 / graph_.strength[v];
    return with(walks_.h[u] - walks_.h[v], y_[0][u] - y_[0][v], y_[1][u] - y_[1][v], resistance);
}

std::vector<Introduction> Introductions::ranked(std::span<const std::pair<Vertex, Vertex>> pairs,
                                                std::size_t most) const
{
    std::vector<Introduction> all;
    for (const auto& [u, v] : pairs) {
        const bool apart = !hub_[u] && !hub_[v] && graph_.between(u, v) == 0;
        if (apart && graph_.degree(u) > 0 && graph_.degree(v) > 0)
            all.push_back({u, v, roughly(u, v)});
    }
    const auto kept = std::min(all.size(), most);
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(kept), lowers);
    all.resize(kept);
    return all;
}

std::vector<Introduction> Introductions::best(std::span<const std::pair<Vertex, Vertex>> pairs,
                                              std::size_t top, Task& task) const
{
    auto all = ranked(pairs, std::max(top, refined));
    task.begin("Working out introductions", all.size());
    for (Introduction& one : all) {
        one.after = after(one.first, one.second);
        task.advance();
    }
    std::ranges::sort(all, lowers);
    all.resize(std::min(all.size(), top));
    return all;
}

std::vector<std::pair<Vertex, Vertex>> Introductions::pairsAcross(
    const std::vector<bool>& without) const
{
    // A tie helps by (h_u - h_v) times a difference of y: people with much of both are the ones.
    std::array<std::vector<Vertex>, 2> people;
    for (std::size_t i = 0; i < graph_.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        if (sides_[i] == Side::Neither || hub_[i] || graph_.degree(v) == 0) continue;
        if (!without.empty() && without[i]) continue;
        people[static_cast<std::size_t>(sides_[i])].push_back(v);
    }
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        const auto promise = [&](Vertex v) {
            const double leaning = side == 0 ? walks_.h[v] : 1 - walks_.h[v];
            return leaning * y_[side][v] / (1 + 1 / graph_.strength[v]);
        };
        std::ranges::stable_sort(people[side],
                                 [&](Vertex a, Vertex b) { return promise(a) > promise(b); });
        people[side].resize(std::min(people[side].size(), mostPaired));
    }
    std::vector<std::pair<Vertex, Vertex>> pairs;
    for (const Vertex u : people[0]) {
        for (const Vertex v : people[1]) pairs.emplace_back(u, v);
    }
    return pairs;
}

std::vector<Introduction> Introductions::best(std::size_t top, Task& task) const
{
    return best(pairsAcross({}), top, task);
}

std::vector<Introduction> Introductions::promising(std::size_t top,
                                                   const std::vector<bool>& without) const
{
    return ranked(pairsAcross(without), top);
}

}  // namespace kith
