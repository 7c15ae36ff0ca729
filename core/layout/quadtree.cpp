#include "core/layout/quadtree.h"

#include <algorithm>
#include <limits>

namespace kith {
namespace {

constexpr std::uint32_t leafSize = 8;
constexpr unsigned bitsPerAxis = 16;

std::uint32_t spread(std::uint32_t value)
{
    value = (value | (value << 8U)) & 0x00ff00ffU;
    value = (value | (value << 4U)) & 0x0f0f0f0fU;
    value = (value | (value << 2U)) & 0x33333333U;
    return (value | (value << 1U)) & 0x55555555U;
}

}  // namespace

Quadtree::Quadtree(std::span<const Point> points)
{
    if (points.empty()) return;
    Point low{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    Point high{std::numeric_limits<double>::lowest(), std::numeric_limits<double>::lowest()};
    for (const Point& p : points) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const double side = std::max({high.x - low.x, high.y - low.y, 1e-12});
    const double scale = 65535.0 / side;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order(points.size());  // code, index
    for (std::uint32_t i = 0; i < points.size(); ++i) {
        const auto x = static_cast<std::uint32_t>((points[i].x - low.x) * scale);
        const auto y = static_cast<std::uint32_t>((points[i].y - low.y) * scale);
        order[i] = {spread(x) | (spread(y) << 1U), i};
    }
    std::sort(order.begin(), order.end());
    points_.reserve(points.size());
    codes_.reserve(points.size());
    for (const auto& [code, index] : order) {
        points_.push_back(points[index]);
        codes_.push_back(code);
    }
    cells_.reserve(points.size() / 2 + 8);
    build(0, static_cast<std::uint32_t>(points.size()), 0, side);
}

void Quadtree::build(std::uint32_t begin, std::uint32_t end, unsigned level, double width)
{
    const std::size_t own = cells_.size();
    Cell cell;
    cell.begin = begin;
    cell.count = end - begin;
    cell.width = width;
    cell.leaf = cell.count <= leafSize || level == bitsPerAxis;
    for (std::uint32_t i = begin; i < end; ++i) {
        cell.centre.x += points_[i].x;
        cell.centre.y += points_[i].y;
    }
    cell.centre.x /= cell.count;
    cell.centre.y /= cell.count;
    cells_.push_back(cell);
    if (!cell.leaf) {
        const unsigned shift = 2 * (bitsPerAxis - 1 - level);
        std::uint32_t at = begin;
        for (std::uint32_t quarter = 0; quarter < 4; ++quarter) {
            const auto from = codes_.begin() + at;
            const auto last = std::find_if(from, codes_.begin() + end, [&](std::uint32_t code) {
                return ((code >> shift) & 3U) > quarter;
            });
            const auto next = static_cast<std::uint32_t>(last - codes_.begin());
            if (next > at) build(at, next, level + 1, width / 2);
            at = next;
        }
    }
    cells_[own].skip = static_cast<std::uint32_t>(cells_.size());
}

Point Quadtree::forceOn(Point at, double theta, double softening) const
{
    Point force;
    const double strictness = 1 / (theta * theta);
    for (std::size_t c = 0; c < cells_.size();) {
        const Cell& cell = cells_[c];
        const double dx = at.x - cell.centre.x;
        const double dy = at.y - cell.centre.y;
        const double far = dx * dx + dy * dy;
        if (cell.width * cell.width * strictness < far) {
            const double pull = cell.count / (far + softening);
            force.x += dx * pull;
            force.y += dy * pull;
            c = cell.skip;
            continue;
        }
        if (cell.leaf) {
            for (std::uint32_t i = cell.begin; i < cell.begin + cell.count; ++i) {
                const double px = at.x - points_[i].x;
                const double py = at.y - points_[i].y;
                const double pull = 1 / (px * px + py * py + softening);
                force.x += px * pull;
                force.y += py * pull;
            }
        }
        ++c;  // children follow; the cell after a leaf is its skip
    }
    return force;
}

}  // namespace kith
