#include "core/base/random.h"
#include "core/measure/opinions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kith {

namespace {

using Point = std::array<double, 2>;

double squaredDistance(const Point& a, const Point& b)
{
    const double x = a[0] - b[0];
    const double y = a[1] - b[1];
    return x * x + y * y;
}

std::vector<Point> firstCentres(std::span<const Point> points, std::uint32_t k, Random& random)
{
    std::vector<Point> centres{points[random.below(points.size())]};
    std::vector<double> nearest(points.size(), std::numeric_limits<double>::infinity());
    while (centres.size() < k) {
        double sum = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            nearest[i] = std::min(nearest[i], squaredDistance(points[i], centres.back()));
            sum += nearest[i];
        }
        double wanted = random.real() * sum;
        std::size_t chosen = 0;
        while (chosen + 1 < points.size() && (wanted -= nearest[chosen]) >= 0) ++chosen;
        centres.push_back(points[chosen]);
    }
    return centres;
}

std::uint32_t closest(const Point& point, const std::vector<Point>& centres)
{
    std::uint32_t best = 0;
    for (std::uint32_t c = 1; c < centres.size(); ++c) {
        if (squaredDistance(point, centres[c]) < squaredDistance(point, centres[best])) best = c;
    }
    return best;
}

/// Lloyd's algorithm until nobody moves.
KMeans settle(std::span<const Point> points, std::vector<Point> centres)
{
    constexpr int most = 300;
    KMeans result;
    result.groupOf.assign(points.size(), ~0U);
    for (int round = 0; round < most; ++round) {
        bool moved = false;
        std::vector<Point> sum(centres.size());
        std::vector<double> count(centres.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto group = closest(points[i], centres);
            moved = moved || group != result.groupOf[i];
            result.groupOf[i] = group;
            sum[group][0] += points[i][0];
            sum[group][1] += points[i][1];
            ++count[group];
        }
        if (!moved) break;
        for (std::size_t c = 0; c < centres.size(); ++c) {
            if (count[c] > 0) centres[c] = {sum[c][0] / count[c], sum[c][1] / count[c]};
        }
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        result.inertia += squaredDistance(points[i], centres[result.groupOf[i]]);
    }
    return result;
}

/// Mean silhouette (Rousseeuw 1987) over every `stride`-th point.
double silhouetteOf(std::span<const Point> points, const std::vector<std::uint32_t>& groupOf,
                    std::uint32_t k)
{
    constexpr std::size_t sampled = 5000;
    const std::size_t stride = (points.size() + sampled - 1) / sampled;
    double total = 0;
    double looked = 0;
    for (std::size_t i = 0; i < points.size(); i += stride) {
        std::vector<double> sum(k);
        std::vector<double> count(k);
        for (std::size_t j = 0; j < points.size(); ++j) {
            sum[groupOf[j]] += std::sqrt(squaredDistance(points[i], points[j]));
            ++count[groupOf[j]];
        }
        ++looked;
        const auto own = groupOf[i];
        if (count[own] < 2) continue;
        const double inside = sum[own] / (count[own] - 1);
        double outside = std::numeric_limits<double>::infinity();
        for (std::uint32_t g = 0; g < k; ++g) {
            if (g != own && count[g] > 0) outside = std::min(outside, sum[g] / count[g]);
        }
        const double wider = std::max(inside, outside);
        if (std::isfinite(outside) && wider > 0) total += (outside - inside) / wider;
    }
    return looked > 0 ? total / looked : 0;
}

}  // namespace

KMeans kMeans(std::span<const Point> points, std::uint32_t k, unsigned starts, std::uint64_t seed,
              std::uint64_t stream)
{
    KMeans best;
    best.inertia = std::numeric_limits<double>::infinity();
    Random random(seed, stream);
    for (unsigned start = 0; start < starts; ++start) {
        auto found = settle(points, firstCentres(points, k, random));
        if (found.inertia < best.inertia) best = std::move(found);
    }
    best.groupOf = partitionOf(best.groupOf).clusterOf;
    best.silhouette = silhouetteOf(points, best.groupOf, k);
    return best;
}

}  // namespace kith
