#include "ui/map/walk.h"

#include <algorithm>
#include <cmath>

namespace kith {
namespace {

bool lies(Direction direction, Point from, Point to)
{
    const double across = to.x - from.x;
    const double down = to.y - from.y;
    switch (direction) {
    case Direction::Left: return across < 0 && std::abs(across) >= std::abs(down);
    case Direction::Right: return across > 0 && std::abs(across) >= std::abs(down);
    case Direction::Up: return down < 0 && std::abs(down) >= std::abs(across);
    case Direction::Down: return down > 0 && std::abs(down) >= std::abs(across);
    }
    return false;
}

}  // namespace

MapWalk::MapWalk(const MapScene& scene) : scene_(scene), steps_(scene.people.size())
{
    for (std::size_t i = 0; i < scene.people.size(); ++i) index_[scene.people[i].vertex] = i;
    for (const auto& tie : scene.ties) {
        const auto a = indexOf(tie.a);
        const auto b = indexOf(tie.b);
        if (!a || !b) continue;
        steps_[*a].push_back({tie.strength, tie.b});
        steps_[*b].push_back({tie.strength, tie.a});
    }
    for (auto& steps : steps_) {
        std::ranges::sort(steps, [](const Step& a, const Step& b) {
            return a.strength != b.strength ? a.strength > b.strength : a.to < b.to;
        });
    }
}

std::optional<std::size_t> MapWalk::indexOf(Vertex vertex) const
{
    const auto found = index_.find(vertex);
    if (found == index_.end()) return std::nullopt;
    return found->second;
}

std::vector<Vertex> MapWalk::neighbours(Vertex from) const
{
    std::vector<Vertex> found;
    if (const auto index = indexOf(from)) {
        for (const auto& step : steps_[*index]) found.push_back(step.to);
    }
    return found;
}

std::optional<Vertex> MapWalk::towards(Vertex from, Direction direction) const
{
    const auto here = indexOf(from);
    if (!here) return std::nullopt;
    for (const auto& step : steps_[*here]) {
        const auto& there = scene_.people[index_.at(step.to)];
        if (lies(direction, scene_.people[*here].at, there.at)) return step.to;
    }
    return std::nullopt;
}

std::optional<Vertex> MapWalk::start() const
{
    if (scene_.people.empty()) return std::nullopt;
    return scene_.people.back().vertex;  // scenes list the smallest first
}

}  // namespace kith
