#pragma once

#include "core/layout/scene.h"

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

namespace kith {

enum class Direction { Left, Right, Up, Down };

/// Walking a map by keyboard: from a person to those they have ties with.
class MapWalk {
public:
    explicit MapWalk(const MapScene& scene);

    /// Index into MapScene::people; nullopt when the person is not on the map.
    std::optional<std::size_t> indexOf(Vertex vertex) const;

    /// People with ties to `from`, strongest tie first.
    std::vector<Vertex> neighbours(Vertex from) const;

    /// The one with the strongest tie among those that lie that way.
    std::optional<Vertex> towards(Vertex from, Direction direction) const;

    /// The largest person on the map: where to begin.
    std::optional<Vertex> start() const;

private:
    struct Step {
        double strength = 0;
        Vertex to = 0;
    };

    const MapScene& scene_;
    std::unordered_map<Vertex, std::size_t> index_;
    std::vector<std::vector<Step>> steps_;  ///< by index of the person, strongest first
};

}  // namespace kith
