#pragma once

#include "core/layout/scene.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace kith {

/// People of a scene in square cells, so that picking costs the same however many there are.
class MapGrid {
public:
    explicit MapGrid(const MapScene& scene);

    /// Index into MapScene::people of the person nearest to `at`, no further than `reach`.
    std::optional<std::size_t> nearest(Point at, double reach) const;

    /// People inside a closed line, in scene order.
    std::vector<std::size_t> inside(std::span<const Point> line) const;

private:
    std::size_t cellOf(Point at) const;
    void eachNear(Point low, Point high, const std::function<void(std::size_t)>& each) const;

    const MapScene& scene_;
    std::size_t side_ = 1;            ///< cells in a row
    std::vector<std::size_t> start_;  ///< by cell, into order_
    std::vector<std::size_t> order_;
};

/// Even-odd rule.
bool isInside(Point at, std::span<const Point> line);

}  // namespace kith
