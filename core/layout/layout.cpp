#include "core/layout/layout.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/layout/packing.h"
#include "core/layout/quadtree.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

namespace kith {
namespace {

// Lengths are in units of the room that one person takes: a group of n fills a disc of radius
// sqrt(n). Equal charges in a harmonic trap of strength `repulsion` settle at that density.
constexpr double repulsion = 1.0;
constexpr double attraction = 1.2;  // of the trap's strength
constexpr double theta = 0.9;
constexpr double softening = 0.15;
constexpr double elbowRoom = 1.1;  // least distance of two people
constexpr std::size_t block = 512;
constexpr std::size_t sectors = 96;  // of the coast

class MapLayout {
public:
    MapLayout(const Graph& graph, const std::vector<int>& clusterOf, const LayoutOptions& options)
        : graph_(graph), options_(options), at_(graph.people()), groupOf_(graph.people(), none)
    {
        formGroups(clusterOf);
    }

    std::vector<Point> run(Task& task)
    {
        const unsigned rounds =
            options_.iterations > 0 ? options_.iterations : roundsFor(at_.size());
        task.begin("Drawing the map", rounds);
        Task quiet;
        discs_ = packDiscs(radii(), groupTies(), options_.seed, quiet);
        scatter();
        for (unsigned round = 0; round < rounds; ++round) {
            task.advance();
            step(1 - static_cast<double>(round) / rounds);
        }
        fillDiscs();
        for (unsigned i = 0; i < 12; ++i) giveElbowRoom();
        placeIsolates();
        fitIntoSquare();
        return at_;
    }

private:
    static constexpr std::uint32_t none = UINT32_MAX;

    static unsigned roundsFor(std::size_t people)
    {
        return people < 2'000 ? 200 : people < 20'000 ? 100 : 50;
    }

    /// Groups are clusters, by number, of people with ties; without any cluster all are one group.
    void formGroups(const std::vector<int>& clusterOf)
    {
        std::map<int, std::uint32_t> groupOfCluster;
        const bool any =
            std::any_of(clusterOf.begin(), clusterOf.end(), [](int c) { return c >= 0; });
        for (Vertex v = 0; v < at_.size(); ++v) {
            if (graph_.degree(v) == 0) {
                isolates_.push_back(v);
                continue;
            }
            if (any && clusterOf[v] < 0) {
                loose_.push_back(v);
                continue;
            }
            const int cluster = any ? clusterOf[v] : 0;
            const auto next = static_cast<std::uint32_t>(groupOfCluster.size());
            groupOf_[v] = groupOfCluster.try_emplace(cluster, next).first->second;
            if (groupOf_[v] == next) members_.emplace_back();
            members_[groupOf_[v]].push_back(v);
        }
    }

    std::vector<double> radii() const
    {
        std::vector<double> out;
        for (const auto& group : members_)
            out.push_back(std::sqrt(static_cast<double>(group.size())));
        return out;
    }

    std::vector<DiscTie> groupTies() const
    {
        std::map<std::pair<std::uint32_t, std::uint32_t>, double> sum;
        for (Vertex v = 0; v < at_.size(); ++v) {
            const auto neighbours = graph_.neighbours(v);
            for (std::size_t i = 0; i < neighbours.size(); ++i) {
                const auto a = groupOf_[v];
                const auto b = groupOf_[neighbours[i]];
                if (a < b && b != none) sum[{a, b}] += static_cast<double>(graph_.weights(v)[i]);
            }
        }
        std::vector<DiscTie> ties;
        for (const auto& [pair, weight] : sum) ties.push_back({pair.first, pair.second, weight});
        return ties;
    }

    /// Members on a sunflower spiral in their disc, in random order.
    void scatter()
    {
        const double golden = std::numbers::pi * (3 - std::sqrt(5.0));
        for (std::uint32_t g = 0; g < members_.size(); ++g) {
            auto order = members_[g];
            Random(options_.seed, 1 + g).shuffle(std::span(order));
            for (std::size_t i = 0; i < order.size(); ++i) {
                const double away = std::sqrt(static_cast<double>(i) + 0.5);
                const double angle = golden * static_cast<double>(i);
                at_[order[i]] = {discs_[g].centre.x + away * std::cos(angle),
                                 discs_[g].centre.y + away * std::sin(angle)};
            }
        }
        for (unsigned pass = 0; pass < 3; ++pass) {
            for (const Vertex v : loose_) at_[v] = meanOfNeighbours(v, jitter(v));
        }
    }

    Point jitter(Vertex v) const
    {
        Random random(options_.seed, (1ULL << 40U) + v);
        return {2 * random.real() - 1, 2 * random.real() - 1};
    }

    /// Where a person's ties pull, each by the logarithm of its weight.
    Point meanOfNeighbours(Vertex v, Point offset = {}) const
    {
        Point sum;
        double all = 0;
        const auto neighbours = graph_.neighbours(v);
        const auto weights = graph_.weights(v);
        for (std::size_t i = 0; i < neighbours.size(); ++i) {
            const double pull = std::log1p(static_cast<double>(weights[i]));
            sum.x += pull * at_[neighbours[i]].x;
            sum.y += pull * at_[neighbours[i]].y;
            all += pull;
        }
        return {sum.x / all + offset.x, sum.y / all + offset.y};
    }

    /// One round: everybody moves towards where repulsion inside the group, the group's place and
    /// the own ties balance, at most as far as `heat` allows.
    void step(double heat)
    {
        std::vector<std::optional<Quadtree>> trees(members_.size());
        parallelFor(trees.size(), options_.threads, [&](std::size_t g) {
            std::vector<Point> points;
            for (const Vertex v : members_[g]) points.push_back(at_[v]);
            trees[g].emplace(points);
        });
        auto next = at_;
        parallelFor((at_.size() + block - 1) / block, options_.threads, [&](std::size_t b) {
            const std::size_t end = std::min(at_.size(), (b + 1) * block);
            for (std::size_t i = b * block; i < end; ++i) {
                const auto v = static_cast<Vertex>(i);
                if (groupOf_[v] != none) next[v] = moved(v, *trees[groupOf_[v]], heat);
            }
        });
        for (const Vertex v : loose_) next[v] = meanOfNeighbours(v, jitter(v));
        at_ = std::move(next);
    }

    Point moved(Vertex v, const Quadtree& tree, double heat) const
    {
        const Disc& disc = discs_[groupOf_[v]];
        const Point push = tree.forceOn(at_[v], theta, softening);
        const Point pull = meanOfNeighbours(v);
        double dx =
            repulsion * push.x + (disc.centre.x - at_[v].x) + attraction * (pull.x - at_[v].x);
        double dy =
            repulsion * push.y + (disc.centre.y - at_[v].y) + attraction * (pull.y - at_[v].y);
        const double far = std::sqrt(dx * dx + dy * dy);
        const double most = 0.05 + heat * (0.3 + 0.15 * disc.radius);
        const double pace = std::min(0.4, far > 0 ? most / far : 0.0);
        return {at_[v].x + pace * dx, at_[v].y + pace * dy};
    }

    /// Ties draw groups together; this spreads each over its disc again. People whom ties pull out
    /// of it may stand outside, up to half a radius.
    void fillDiscs()
    {
        for (std::size_t g = 0; g < members_.size(); ++g) {
            const Disc& disc = discs_[g];
            Point mean;
            for (const Vertex v : members_[g]) mean = {mean.x + at_[v].x, mean.y + at_[v].y};
            const auto count = static_cast<double>(members_[g].size());
            mean = {mean.x / count, mean.y / count};
            std::vector<double> away;
            for (const Vertex v : members_[g])
                away.push_back(std::hypot(at_[v].x - mean.x, at_[v].y - mean.y));
            auto sorted = away;
            const auto most = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 9 / 10);
            std::nth_element(sorted.begin(), most, sorted.end());
            const double stretch = *most > 1e-9 ? 0.9 * disc.radius / *most : 1.0;
            for (std::size_t i = 0; i < members_[g].size(); ++i) {
                const Vertex v = members_[g][i];
                const double far = away[i] * stretch;
                const double limit = disc.radius + 0.25 * (far - disc.radius);
                const double shrink =
                    far > disc.radius ? std::min(limit, 1.35 * disc.radius) / far : 1.0;
                at_[v] = {disc.centre.x + (at_[v].x - mean.x) * stretch * shrink,
                          disc.centre.y + (at_[v].y - mean.y) * stretch * shrink};
            }
        }
        for (const Vertex v : loose_) at_[v] = meanOfNeighbours(v, jitter(v));
    }

    /// Pushes people apart who stand closer than elbowRoom, found through a grid of cells of that
    /// size. Everybody's move is worked out from the same picture, so order does not matter.
    void giveElbowRoom()
    {
        std::vector<std::pair<std::uint64_t, Vertex>> cells;
        const auto cellOf = [](double x, double y) {
            const auto column = static_cast<std::int32_t>(std::floor(x / elbowRoom));
            const auto row = static_cast<std::int32_t>(std::floor(y / elbowRoom));
            return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(row) ^ 0x80000000U)
                    << 32U) |
                   (static_cast<std::uint32_t>(column) ^ 0x80000000U);
        };
        for (Vertex v = 0; v < at_.size(); ++v) {
            if (graph_.degree(v) > 0) cells.emplace_back(cellOf(at_[v].x, at_[v].y), v);
        }
        std::sort(cells.begin(), cells.end());
        auto next = at_;
        parallelFor((cells.size() + block - 1) / block, options_.threads, [&](std::size_t b) {
            const std::size_t end = std::min(cells.size(), (b + 1) * block);
            for (std::size_t i = b * block; i < end; ++i) {
                const Vertex v = cells[i].second;
                Point push;
                for (int row = -1; row <= 1; ++row) {
                    const double y = at_[v].y + row * elbowRoom;
                    const std::pair from{cellOf(at_[v].x - elbowRoom, y), Vertex{0}};
                    const auto last = cellOf(at_[v].x + elbowRoom, y);
                    auto near = std::lower_bound(cells.begin(), cells.end(), from);
                    for (; near != cells.end() && near->first <= last; ++near) {
                        addPush(v, near->second, push);
                    }
                }
                next[v] = {at_[v].x + push.x, at_[v].y + push.y};
            }
        });
        at_ = std::move(next);
    }

    void addPush(Vertex v, Vertex other, Point& push) const
    {
        if (v == other) return;
        double dx = at_[v].x - at_[other].x;
        double dy = at_[v].y - at_[other].y;
        double far = std::sqrt(dx * dx + dy * dy);
        if (far >= elbowRoom) return;
        if (far < 1e-9) {
            dx = v < other ? 1e-9 : -1e-9;
            dy = 0;
            far = 1e-9;
        }
        const double share = 0.4 * (elbowRoom - far) / far;
        push.x += dx * share;
        push.y += dy * share;
    }

    /// Of the rectangle round everybody, or round those with ties.
    std::pair<Point, Point> corners(bool tiedOnly) const
    {
        std::optional<std::pair<Point, Point>> box;
        for (Vertex v = 0; v < at_.size(); ++v) {
            if (tiedOnly && graph_.degree(v) == 0) continue;
            if (!box) box = {at_[v], at_[v]};
            box->first = {std::min(box->first.x, at_[v].x), std::min(box->first.y, at_[v].y)};
            box->second = {std::max(box->second.x, at_[v].x), std::max(box->second.y, at_[v].y)};
        }
        return box.value_or(std::pair<Point, Point>{});
    }

    /// How far from `middle` people stand in each direction, a little smoothed.
    std::vector<double> coast(Point middle) const
    {
        constexpr std::size_t near = sectors / 16;
        std::vector<double> far(sectors, 0);
        for (Vertex v = 0; v < at_.size(); ++v) {
            if (graph_.degree(v) == 0) continue;
            const double dx = at_[v].x - middle.x;
            const double dy = at_[v].y - middle.y;
            const double turn = std::atan2(dx, -dy) / (2 * std::numbers::pi) + 1;  // 0 = up
            auto& here = far[static_cast<std::size_t>(turn * sectors) % sectors];
            here = std::max(here, std::hypot(dx, dy));
        }
        std::vector<double> out(sectors, 0);
        for (std::size_t s = 0; s < sectors; ++s) {
            for (std::size_t i = 0; i <= 2 * near; ++i) {
                out[s] = std::max(out[s], far[(s + sectors + i - near) % sectors]);
            }
        }
        return out;
    }

    /// People without ties stand along the coast, in as many rows as they need.
    void placeIsolates()
    {
        const auto [low, high] = corners(true);
        const Point middle{(low.x + high.x) / 2, (low.y + high.y) / 2};
        const auto far = coast(middle);
        double mean = 0;
        for (const double f : far) mean += f / sectors;
        double offset = 2.5;
        for (std::size_t done = 0; done < isolates_.size(); offset += 1.6) {
            const auto fits =
                static_cast<std::size_t>(2 * std::numbers::pi * (mean + offset) / 1.6);
            const std::size_t here = std::min(fits, isolates_.size() - done);
            for (std::size_t i = 0; i < here; ++i) {
                const double turn = static_cast<double>(i) / static_cast<double>(here);
                const double rim = far[static_cast<std::size_t>(turn * sectors)] + offset;
                at_[isolates_[done + i]] = {middle.x + rim * std::sin(2 * std::numbers::pi * turn),
                                            middle.y - rim * std::cos(2 * std::numbers::pi * turn)};
            }
            done += here;
        }
    }

    void fitIntoSquare()
    {
        if (at_.empty()) return;
        const auto [low, high] = corners(false);
        constexpr double margin = 0.05;
        const double side = std::max({high.x - low.x, high.y - low.y, 4.0});
        const double scale = (1 - 2 * margin) / side;
        for (Point& p : at_) {
            p.x = 0.5 + (p.x - (low.x + high.x) / 2) * scale;
            p.y = 0.5 + (p.y - (low.y + high.y) / 2) * scale;
        }
    }

    const Graph& graph_;
    const LayoutOptions& options_;
    std::vector<Point> at_;
    std::vector<std::uint32_t> groupOf_;        // `none` for isolates and the loose
    std::vector<std::vector<Vertex>> members_;  // by group
    std::vector<Vertex> loose_;                 // with ties, in no cluster
    std::vector<Vertex> isolates_;
    std::vector<Disc> discs_;  // by group
};

}  // namespace

std::vector<Point> layoutMap(const Graph& graph, const std::vector<int>& clusterOf,
                             const LayoutOptions& options, Task& task)
{
    if (clusterOf.size() != graph.people()) {
        throw Error(Error::Kind::Usage, "the map needs one cluster number for each person");
    }
    return MapLayout(graph, clusterOf, options).run(task);
}

}  // namespace kith
