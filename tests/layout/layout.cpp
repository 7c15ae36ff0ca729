#include "core/layout/layout.h"

#include "core/base/error.h"
#include "core/layout/packing.h"
#include "core/layout/quadtree.h"
#include "tests/layout/town.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <map>

using namespace kith;

TEST_CASE("a quadtree's forces are those of all pairs, to two parts in a hundred", "[layout]")
{
    Random random(7);
    std::vector<Point> points;
    for (int i = 0; i < 2000; ++i) points.push_back({random.real(), random.real() * random.real()});
    points.push_back(points[0]);  // two in one place
    const Quadtree tree(points);
    double wrong = 0;
    double all = 0;
    for (std::size_t i = 0; i < 200; ++i) {
        Point exact;
        for (const Point& p : points) {
            const double dx = points[i].x - p.x;
            const double dy = points[i].y - p.y;
            exact.x += dx / (dx * dx + dy * dy + 1e-4);
            exact.y += dy / (dx * dx + dy * dy + 1e-4);
        }
        const Point found = tree.forceOn(points[i], 0.9, 1e-4);
        wrong += std::pow(found.x - exact.x, 2) + std::pow(found.y - exact.y, 2);
        all += exact.x * exact.x + exact.y * exact.y;
    }
    CHECK(std::sqrt(wrong / all) < 0.02);
    CHECK(Quadtree({}).forceOn({1, 1}, 0.9, 1).x == 0);
}

TEST_CASE("discs are packed without overlap, tied ones side by side", "[layout]")
{
    std::vector<double> radii;
    std::vector<DiscTie> ties;
    for (std::uint32_t i = 0; i < 60; ++i) {
        radii.push_back(1 + i % 9);
        if (i > 0) ties.push_back({i - 1, i, 1});
    }
    Task task;
    const auto discs = packDiscs(radii, ties, 1, task);
    double tied = 0;
    double any = 0;
    for (std::size_t i = 0; i < discs.size(); ++i) {
        for (std::size_t j = i + 1; j < discs.size(); ++j) {
            const double far = std::hypot(discs[i].centre.x - discs[j].centre.x,
                                          discs[i].centre.y - discs[j].centre.y);
            CHECK(far >= discs[i].radius + discs[j].radius);
            any += far / (60.0 * 59 / 2);
            if (j == i + 1) tied += far / 59;
        }
    }
    CHECK(tied < 0.6 * any);
    CHECK(packDiscs({}, {}, 1, task).empty());
}

TEST_CASE("people stand among their own, inside the unit square, nobody on another", "[layout]")
{
    const auto town = tests::town(300, 6, 3);
    Task task;
    const auto at = layoutMap(town.graph, town.clusterOf, {}, task);

    REQUIRE(at.size() == 300);
    std::map<int, std::pair<Point, double>> middle;
    for (std::size_t v = 0; v < at.size(); ++v) {
        CHECK((at[v].x >= 0 && at[v].x <= 1 && at[v].y >= 0 && at[v].y <= 1));
        auto& [sum, count] = middle[town.clusterOf[v]];
        sum = {sum.x + at[v].x, sum.y + at[v].y};
        ++count;
    }
    std::size_t nearOwn = 0;
    std::size_t inClusters = 0;
    for (std::size_t v = 0; v < at.size(); ++v) {
        if (town.clusterOf[v] < 0) continue;
        ++inClusters;
        int nearest = -1;
        double best = 9;
        for (const auto& [cluster, sum] : middle) {
            if (cluster < 0) continue;
            const double far =
                std::hypot(at[v].x - sum.first.x / sum.second, at[v].y - sum.first.y / sum.second);
            if (far < best) {
                best = far;
                nearest = cluster;
            }
        }
        if (nearest == town.clusterOf[v]) ++nearOwn;
    }
    CHECK(nearOwn * 100 > inClusters * 85);
    double closest = 9;
    for (std::size_t v = 0; v < at.size(); ++v) {
        for (std::size_t u = 0; u < v; ++u) {
            closest = std::min(closest, std::hypot(at[v].x - at[u].x, at[v].y - at[u].y));
        }
    }
    CHECK(closest > 0.003);
}

TEST_CASE("the same people stand in the same places on any number of threads", "[layout]")
{
    const auto town = tests::town(1500, 9, 5);
    Task task;
    LayoutOptions options;
    options.threads = 1;
    const auto one = layoutMap(town.graph, town.clusterOf, options, task);
    options.threads = 3;
    const auto three = layoutMap(town.graph, town.clusterOf, options, task);
    bool same = true;
    for (std::size_t v = 0; v < one.size(); ++v)
        same &= one[v].x == three[v].x && one[v].y == three[v].y;
    CHECK(same);
    options.seed = 2;
    CHECK(layoutMap(town.graph, town.clusterOf, options, task)[0].x != one[0].x);
}

TEST_CASE("layouts of nobody, of one, of isolates and without clusters are well formed", "[layout]")
{
    Task task;
    CHECK(layoutMap(buildGraph(0, {}), {}, {}, task).empty());
    for (const std::size_t people : {1U, 2U, 40U}) {
        for (const Point& p :
             layoutMap(buildGraph(people, {}), std::vector<int>(people, 0), {}, task)) {
            CHECK((p.x >= 0 && p.x <= 1 && p.y >= 0 && p.y <= 1));
        }
    }
    const auto town = tests::town(60, 2, 1);
    for (const Point& p : layoutMap(town.graph, std::vector<int>(60, -1), {}, task)) {
        CHECK((std::isfinite(p.x) && std::isfinite(p.y)));
    }
    auto some = town.clusterOf;
    for (std::size_t v = 0; v < some.size(); v += 3) some[v] = -1;
    for (const Point& p : layoutMap(town.graph, some, {}, task)) CHECK(std::isfinite(p.x + p.y));
    CHECK_THROWS_AS(layoutMap(town.graph, {0, 1}, {}, task), Error);
}

TEST_CASE("a large town is laid out in time", "[.][bench]")
{
    for (const std::uint32_t people : {300U, 10'000U, 100'000U}) {
        const auto town = tests::town(people, people < 1000 ? 8 : 60, 3);
        Task task;
        const auto start = std::chrono::steady_clock::now();
        const auto at = layoutMap(town.graph, town.clusterOf, {}, task);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        WARN(people << " people, " << town.graph.ties() << " ties: " << took.count() << " s");
        CHECK(at.size() == people);
    }
}
