#include "ui/map/grid.h"

#include <algorithm>
#include <cmath>

namespace kith {
namespace {

std::size_t stripe(double value, std::size_t side)
{
    const double cell = std::floor(std::clamp(value, 0.0, 1.0) * static_cast<double>(side));
    return std::min(static_cast<std::size_t>(cell), side - 1);
}

}  // namespace

MapGrid::MapGrid(const MapScene& scene) : scene_(scene)
{
    const double people = static_cast<double>(scene.people.size());
    side_ = std::clamp<std::size_t>(static_cast<std::size_t>(std::sqrt(people)), 1, 512);
    start_.assign(side_ * side_ + 1, 0);
    for (const auto& person : scene.people) ++start_[cellOf(person.at) + 1];
    for (std::size_t cell = 1; cell < start_.size(); ++cell) start_[cell] += start_[cell - 1];
    order_.resize(scene.people.size());
    auto next = start_;
    for (std::size_t i = 0; i < scene.people.size(); ++i) {
        order_[next[cellOf(scene.people[i].at)]++] = i;
    }
}

std::size_t MapGrid::cellOf(Point at) const
{
    return stripe(at.y, side_) * side_ + stripe(at.x, side_);
}

void MapGrid::eachNear(Point low, Point high, const std::function<void(std::size_t)>& each) const
{
    for (auto row = stripe(low.y, side_); row <= stripe(high.y, side_); ++row) {
        for (auto column = stripe(low.x, side_); column <= stripe(high.x, side_); ++column) {
            const auto cell = row * side_ + column;
            for (auto i = start_[cell]; i < start_[cell + 1]; ++i) each(order_[i]);
        }
    }
}

std::optional<std::size_t> MapGrid::nearest(Point at, double reach) const
{
    std::optional<std::size_t> best;
    double least = reach;
    eachNear({at.x - reach, at.y - reach}, {at.x + reach, at.y + reach}, [&](std::size_t i) {
        const auto& other = scene_.people[i].at;
        const double distance = std::hypot(other.x - at.x, other.y - at.y);
        if (distance > least) return;
        least = distance;
        best = i;
    });
    return best;
}

std::vector<std::size_t> MapGrid::inside(std::span<const Point> line) const
{
    if (line.size() < 3) return {};
    auto low = line.front();
    auto high = low;
    for (const auto& at : line) {
        low = {std::min(low.x, at.x), std::min(low.y, at.y)};
        high = {std::max(high.x, at.x), std::max(high.y, at.y)};
    }
    std::vector<std::size_t> found;
    eachNear(low, high, [&](std::size_t i) {
        if (isInside(scene_.people[i].at, line)) found.push_back(i);
    });
    std::ranges::sort(found);
    return found;
}

bool isInside(Point at, std::span<const Point> line)
{
    bool inside = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto& a = line[i];
        const auto& b = line[(i + 1) % line.size()];
        if ((a.y > at.y) == (b.y > at.y)) continue;
        if (at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
    }
    return inside;
}

}  // namespace kith
