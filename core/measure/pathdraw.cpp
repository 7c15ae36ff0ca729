#include "core/measure/pathdraw.h"

#include <algorithm>
#include <numeric>

namespace kith {

std::uint64_t pathLengthLimit(const Graph& graph)
{
    std::vector<Vertex> roots(graph.people());
    std::iota(roots.begin(), roots.end(), Vertex{0});
    std::stable_sort(roots.begin(), roots.end(),
                     [&](Vertex a, Vertex b) { return graph.degree(a) > graph.degree(b); });
    std::vector<std::uint32_t> distance(graph.people(), UINT32_MAX);
    std::vector<Vertex> queue;
    std::uint64_t limit = 0;
    for (const Vertex root : roots) {
        if (distance[root] != UINT32_MAX) continue;
        queue.assign(1, root);
        distance[root] = 0;
        for (std::size_t next = 0; next < queue.size(); ++next)
            for (const Vertex w : graph.neighbours(queue[next])) {
                if (distance[w] != UINT32_MAX) continue;
                distance[w] = distance[queue[next]] + 1;
                queue.push_back(w);
            }
        limit = std::max(limit, 2 * std::uint64_t{distance[queue.back()]} + 1);
    }
    return limit;
}

PathDrawer::PathDrawer(const Graph& graph)
    : graph_(graph), met_(graph.people()), counts_(graph.people(), 0)
{}

void PathDrawer::begin(Side& side, Vertex vertex, std::int32_t level)
{
    side = {std::move(side.reached), 0, graph_.degree(vertex), level};
    side.reached.assign(1, vertex);
    met_[vertex] = {1, level};
}

void PathDrawer::draw(Random& random)
{
    const auto source = static_cast<Vertex>(random.below(graph_.people()));
    auto target = static_cast<Vertex>(random.below(graph_.people() - 1));
    target += target >= source ? 1U : 0U;
    begin(first_, source, 1);
    begin(second_, target, -1);
    crossings_.clear();
    while (crossings_.empty() && first_.arcs > 0 && second_.arcs > 0) {
        if (first_.arcs <= second_.arcs)
            expand(first_, 1);
        else
            expand(second_, -1);
    }
    if (!crossings_.empty()) pick(random);
    clean();
}

/// Looks at all ties of the last level. When any leads to the other side, all shortest paths cross
/// between the two last levels, by just these ties, and whoever else is met is on none of them.
void PathDrawer::expand(Side& side, std::int32_t step)
{
    const std::size_t end = side.reached.size();
    const std::int32_t next = side.level + step;
    visits_ += side.arcs;
    for (std::size_t i = side.levelStart; i < end; ++i) {
        const Vertex v = side.reached[i];
        const double paths = met_[v].paths;
        for (const Vertex w : graph_.neighbours(v)) {
            Met& there = met_[w];
            if (there.level != 0 && (there.level < 0) != (step < 0)) {
                crossings_.push_back({step > 0 ? v : w, step > 0 ? w : v, paths * there.paths});
            } else if (!crossings_.empty()) {
                continue;
            } else if (there.level == 0) {
                there = {paths, next};
                side.reached.push_back(w);
            } else if (there.level == next) {
                there.paths += paths;
            }
        }
    }
    side.levelStart = end;
    side.level = next;
    if (!crossings_.empty()) return;
    side.arcs = 0;
    for (std::size_t i = end; i < side.reached.size(); ++i)
        side.arcs += graph_.degree(side.reached[i]);
}

void PathDrawer::pick(Random& random)
{
    double all = 0;
    for (const auto& crossing : crossings_) all += crossing.paths;
    double drawn = random.real() * all;
    std::size_t chosen = 0;
    while (chosen + 1 < crossings_.size() && drawn >= crossings_[chosen].paths)
        drawn -= crossings_[chosen++].paths;
    walkBack(crossings_[chosen].first, 1, random);
    walkBack(crossings_[chosen].second, -1, random);
}

/// Counts everybody from `from` back to where its search began, but for that end.
void PathDrawer::walkBack(Vertex from, std::int32_t step, Random& random)
{
    while (met_[from].level != step) {
        ++counts_[from];
        const std::int32_t before = met_[from].level - step;
        double drawn = random.real() * met_[from].paths;
        Vertex back = from;
        for (const Vertex w : graph_.neighbours(from)) {
            if (met_[w].level != before) continue;
            back = w;  // the last one, should rounding leave something over
            if (drawn < met_[w].paths) break;
            drawn -= met_[w].paths;
        }
        from = back;
    }
}

void PathDrawer::clean()
{
    for (const Vertex v : first_.reached) met_[v] = {};
    for (const Vertex v : second_.reached) met_[v] = {};
}

std::uint64_t PathDrawer::takeCounts(std::vector<std::uint32_t>& counts)
{
    for (std::size_t v = 0; v < counts.size(); ++v) counts[v] += counts_[v];
    std::fill(counts_.begin(), counts_.end(), 0U);
    const std::uint64_t visits = visits_;
    visits_ = 0;
    return visits;
}

}  // namespace kith
