#include "core/measure/shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kith {

namespace {

constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();

/// Walks outwards from one person.
class Outwards {
public:
    explicit Outwards(const Graph& graph) : graph_(graph), distance_(graph.people(), unseen) {}

    /// @return how far the farthest is
    std::uint32_t from(Vertex start)
    {
        for (const Vertex v : order_) distance_[v] = unseen;
        order_.assign(1, start);
        distance_[start] = 0;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            for (const Vertex u : graph_.neighbours(order_[i])) {
                if (distance_[u] != unseen) continue;
                distance_[u] = distance_[order_[i]] + 1;
                order_.push_back(u);
            }
        }
        return distance_[order_.back()];
    }

    std::uint32_t distance(Vertex v) const { return distance_[v]; }
    const std::vector<Vertex>& order() const { return order_; }  ///< nearest first
    Vertex farthest() const { return order_.back(); }

    /// Somebody halfway from the start to the farthest.
    Vertex halfway() const
    {
        Vertex at = farthest();
        for (auto steps = distance_[at] / 2; steps > 0; --steps) {
            for (const Vertex u : graph_.neighbours(at)) {
                if (distance_[u] + 1 != distance_[at]) continue;
                at = u;
                break;
            }
        }
        return at;
    }

private:
    const Graph& graph_;
    std::vector<std::uint32_t> distance_;
    std::vector<Vertex> order_;
};

/// From the middle, whoever is farthest out is tried first; what lies within half of the best way
/// found cannot give a longer one.
void findDiameter(const Graph& graph, Vertex start, GraphShape& shape, Task& task)
{
    constexpr std::size_t steps = 500'000'000;  ///< along ties, some ten seconds
    const std::size_t most = std::clamp<std::size_t>(steps / (graph.ties() + 1), 10, 1000);
    Outwards walk(graph);
    walk.from(start);
    std::uint32_t best = walk.from(walk.farthest());
    const Vertex middle = walk.halfway();
    best = std::max(best, walk.from(middle));
    auto fringe = walk.order();
    std::vector<std::uint32_t> level;
    for (const Vertex v : fringe) level.push_back(walk.distance(v));
    std::size_t walks = 0;
    for (std::size_t i = fringe.size(); i-- > 0 && best < 2 * level[i];) {
        if (walks++ == most) {
            shape.diameterExact = false;
            break;
        }
        task.advance();
        best = std::max(best, walk.from(fringe[i]));
    }
    shape.diameter = best;
}

/// Ties from those with fewer acquaintances to those with more, by from: O(sqrt(ties)) each.
struct Upwards {
    std::vector<std::uint64_t> start;
    std::vector<Vertex> to;

    explicit Upwards(const Graph& graph)
    {
        const auto below = [&](Vertex a, Vertex b) {
            return std::pair(graph.degree(a), a) < std::pair(graph.degree(b), b);
        };
        start.push_back(0);
        for (Vertex v = 0; v < graph.people(); ++v) {
            for (const Vertex u : graph.neighbours(v)) {
                if (below(v, u)) to.push_back(u);
            }
            start.push_back(to.size());
        }
    }
};

/// Newman's correlation of degrees at both ends of a tie.
double assortativity(const Graph& graph)
{
    double products = 0;
    double sums = 0;
    double squares = 0;
    for (Vertex v = 0; v < graph.people(); ++v) {
        const auto own = static_cast<double>(graph.degree(v));
        sums += own * own;
        squares += own * own * own;
        for (const Vertex u : graph.neighbours(v)) products += own * double(graph.degree(u));
    }
    const auto ends = static_cast<double>(2 * graph.ties());
    if (!(ends > 0)) return std::numeric_limits<double>::quiet_NaN();
    const double mean = sums / ends;
    const double spread = squares / ends - mean * mean;
    if (spread <= 1e-12 * mean * mean) return std::numeric_limits<double>::quiet_NaN();
    return (products / ends - mean * mean) / spread;
}

void closeTriangles(const Graph& graph, GraphShape& shape)
{
    const auto found = triangles(graph);
    double ways = 0;
    double sum = 0;
    for (Vertex v = 0; v < graph.people(); ++v) {
        const auto k = static_cast<double>(graph.degree(v));
        const double pairs = k * (k - 1) / 2;
        ways += pairs;
        if (pairs > 0) sum += static_cast<double>(found.at[v]) / pairs;
    }
    if (ways > 0) shape.transitivity = 3 * static_cast<double>(found.all) / ways;
    shape.clustering = sum / static_cast<double>(graph.people());
    shape.localBridges = found.openTies;
}

/// Depth-first walk without recursion: a chain of a million people must not fill the stack.
class CutWalk {
public:
    explicit CutWalk(const Graph& graph)
        : graph_(graph), entered_(graph.people(), unseen), lowest_(graph.people())
    {
        result_.person.assign(graph.people(), false);
    }

    CutPoints run()
    {
        for (Vertex v = 0; v < graph_.people(); ++v) {
            if (entered_[v] == unseen) walk(v);
        }
        result_.people = static_cast<std::size_t>(std::ranges::count(result_.person, true));
        return std::move(result_);
    }

private:
    struct Frame {
        Vertex at;
        Vertex from;
        std::size_t next = 0;
    };

    void enter(Vertex v, Vertex from)
    {
        entered_[v] = lowest_[v] = clock_++;
        path_.push_back({v, from});
    }

    void leave(const Frame& done, Vertex root)
    {
        const Vertex parent = done.from;
        lowest_[parent] = std::min(lowest_[parent], lowest_[done.at]);
        if (lowest_[done.at] > entered_[parent]) ++result_.ties;
        if (parent == root) {
            ++rootBranches_;
        } else if (lowest_[done.at] >= entered_[parent]) {
            result_.person[parent] = true;
        }
    }

    void walk(Vertex root)
    {
        rootBranches_ = 0;
        enter(root, root);
        while (!path_.empty()) {
            Frame& top = path_.back();
            const auto row = graph_.neighbours(top.at);
            if (top.next < row.size()) {
                const Vertex u = row[top.next++];
                if (entered_[u] == unseen) {
                    enter(u, top.at);
                } else if (u != top.from) {
                    lowest_[top.at] = std::min(lowest_[top.at], entered_[u]);
                }
                continue;
            }
            const Frame done = top;
            path_.pop_back();
            if (done.at != root) leave(done, root);
        }
        if (rootBranches_ > 1) result_.person[root] = true;
    }

    const Graph& graph_;
    std::vector<std::uint32_t> entered_;
    std::vector<std::uint32_t> lowest_;
    std::vector<Frame> path_;
    std::uint32_t clock_ = 0;
    std::size_t rootBranches_ = 0;
    CutPoints result_;
};

}  // namespace

Components components(const Graph& graph)
{
    Components found{std::vector<std::uint32_t>(graph.people(), unseen), {}};
    std::vector<Vertex> queue;
    for (Vertex start = 0; start < graph.people(); ++start) {
        if (found.of[start] != unseen) continue;
        const auto part = static_cast<std::uint32_t>(found.size.size());
        found.of[start] = part;
        queue.assign(1, start);
        for (std::size_t i = 0; i < queue.size(); ++i) {
            for (const Vertex u : graph.neighbours(queue[i])) {
                if (found.of[u] != unseen) continue;
                found.of[u] = part;
                queue.push_back(u);
            }
        }
        found.size.push_back(queue.size());
    }
    return found;
}

Triangles triangles(const Graph& graph)
{
    const Upwards up(graph);
    Triangles found{std::vector<std::uint64_t>(graph.people()), 0, 0};
    std::vector<bool> closed(up.to.size());
    std::vector<std::uint64_t> arcTo(graph.people());  // behind the arc to it from `v`; 0 = none
    for (Vertex v = 0; v < graph.people(); ++v) {
        for (auto a = up.start[v]; a < up.start[v + 1]; ++a) arcTo[up.to[a]] = a + 1;
        for (auto a = up.start[v]; a < up.start[v + 1]; ++a) {
            const Vertex u = up.to[a];
            for (auto b = up.start[u]; b < up.start[u + 1]; ++b) {
                const auto third = arcTo[up.to[b]];
                if (third == 0) continue;
                ++found.all;
                for (const Vertex one : {v, u, up.to[b]}) ++found.at[one];
                closed[a] = closed[b] = closed[third - 1] = true;
            }
        }
        for (auto a = up.start[v]; a < up.start[v + 1]; ++a) arcTo[up.to[a]] = 0;
    }
    found.openTies = static_cast<std::size_t>(std::ranges::count(closed, false));
    return found;
}

CutPoints cutPoints(const Graph& graph)
{
    return CutWalk(graph).run();
}

Reciprocity reciprocity(std::span<const Arc> arcs)
{
    const auto pairOf = [](const Arc& arc) { return std::pair(arc.from, arc.to); };
    Reciprocity found;
    double total = 0;
    double returned = 0;
    std::uint64_t back = 0;
    for (const Arc& arc : arcs) {
        ++found.arcs;
        const auto weight = static_cast<double>(arc.weight);
        total += weight;
        const auto wanted = std::pair(arc.to, arc.from);
        const auto other = std::ranges::lower_bound(arcs, wanted, {}, pairOf);
        if (other == arcs.end() || pairOf(*other) != wanted) continue;
        ++back;
        returned += std::min(weight, static_cast<double>(other->weight));
    }
    found.mutual = back / 2;
    found.oneWay = found.arcs - back;
    if (found.arcs == 0) return found;
    found.arcShare = static_cast<double>(back) / static_cast<double>(found.arcs);
    found.pairShare =
        static_cast<double>(found.mutual) / static_cast<double>(found.mutual + found.oneWay);
    found.weightedShare = total > 0 ? returned / total : 0;
    return found;
}

GraphShape graphShape(const Graph& graph, Task& task)
{
    GraphShape shape;
    shape.people = graph.people();
    shape.ties = graph.ties();
    if (shape.people == 0) return shape;
    const auto n = static_cast<double>(shape.people);
    if (shape.people > 1) shape.density = static_cast<double>(shape.ties) / (n * (n - 1) / 2);
    task.begin("Looking at the whole of the ties", 0);
    const auto parts = components(graph);
    shape.components = parts.size.size();
    const auto largest = std::ranges::max_element(parts.size);
    shape.largest = *largest;
    const auto part = static_cast<std::uint32_t>(largest - parts.size.begin());
    const auto first = std::ranges::find(parts.of, part) - parts.of.begin();
    closeTriangles(graph, shape);
    shape.degreeAssortativity = assortativity(graph);
    const auto cut = cutPoints(graph);
    shape.cutPeople = cut.people;
    shape.cutTies = cut.ties;
    findDiameter(graph, static_cast<Vertex>(first), shape, task);
    return shape;
}

}  // namespace kith
