#include "core/graph/interaction.h"

#include <algorithm>

namespace kith {

std::optional<Vertex> PeopleGraph::vertexOf(PersonId person) const
{
    const auto found = std::lower_bound(people.begin(), people.end(), person);
    if (found == people.end() || *found != person) return std::nullopt;
    return static_cast<Vertex>(found - people.begin());
}

}  // namespace kith
