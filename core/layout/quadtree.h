#pragma once

#include "core/layout/layout.h"

#include <cstdint>
#include <span>
#include <vector>

namespace kith {

/// Sums of repulsion over many points after Barnes and Hut (1986). Points are sorted along the
/// Morton curve; the tree is a flat list in preorder with skips. Building is sequential and
/// deterministic; forceOn may be called from several threads.
class Quadtree {
public:
    /// Time O(n log n). The points are copied.
    explicit Quadtree(std::span<const Point> points);

    /// Sum over all points p of (at - p) / (|at - p|^2 + softening): the field of equal charges in
    /// the plane. A far cell counts as one point when its width is below `theta` times its
    /// distance. Time O(log n).
    Point forceOn(Point at, double theta, double softening) const;

private:
    struct Cell {
        Point centre;  // of its points
        double width = 0;
        std::uint32_t begin = 0;
        std::uint32_t count = 0;
        std::uint32_t skip = 0;  // index of the next cell that is not inside this one
        bool leaf = false;
    };

    void build(std::uint32_t begin, std::uint32_t end, unsigned level, double width);

    std::vector<Point> points_;
    std::vector<std::uint32_t> codes_;
    std::vector<Cell> cells_;
};

}  // namespace kith
