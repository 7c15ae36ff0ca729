#pragma once

#include "core/analysis/analysis.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A set of people that a study looks at: everybody in the selection, a cluster, or a community.
struct StudyGroup {
    enum class Kind { Everyone, Cluster, Community };
    Kind kind = Kind::Everyone;
    std::int64_t id = 0;  ///< the cluster's or community's number; 0 for everybody
    std::string label;
    std::vector<Vertex> members;  ///< ascending
};

/// "everyone", "cluster", "community".
std::string_view name(StudyGroup::Kind kind);

/// Everybody, then the clusters, then the communities with the present members who are in the
/// selection.
std::vector<StudyGroup> studyGroups(const Workspace& workspace, const Analysis& analysis);

/// How a sentence begins that speaks of the group: "Everybody here", "“Damp homes”".
std::string called(const StudyGroup& group);

/// Below this nothing is said of a group (METHODS 0).
inline constexpr std::size_t smallestGroup = 5;

}  // namespace kith
