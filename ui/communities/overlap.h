#pragma once

#include "core/analysis/analysis.h"
#include "core/model/community.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kith {

/// Members who have not left, ascending by id.
std::vector<PersonId> presentMembers(const Community& community);

/// How a kept community lies on a group of the map.
struct Overlap {
    std::uint32_t cluster = 0;
    std::size_t common = 0;   ///< people who are in both
    std::size_t members = 0;  ///< of the community, present
    double jaccard = 0;       ///< common over people who are in either
};

/// The group that shares most people with the community; nullopt when none shares any.
std::optional<Overlap> closestGroup(const Analysis& analysis, const Community& community);

/// Groups of three or more people that no community covers (Jaccard below 0.3), largest first.
std::vector<std::uint32_t> groupsNotKept(const Analysis& analysis,
                                         const std::vector<Community>& kept);

}  // namespace kith
