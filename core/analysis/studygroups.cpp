#include "core/analysis/studygroups.h"

#include "core/store/communities.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace kith {

std::string_view name(StudyGroup::Kind kind)
{
    static constexpr std::array names{"everyone", "cluster", "community"};
    return names.at(static_cast<std::size_t>(kind));
}

std::vector<StudyGroup> studyGroups(const Workspace& workspace, const Analysis& analysis)
{
    using Kind = StudyGroup::Kind;
    std::vector<StudyGroup> groups{{Kind::Everyone, 0, "Everybody", {}}};
    groups.front().members.resize(analysis.persons.size());
    std::iota(groups.front().members.begin(), groups.front().members.end(), Vertex{0});
    for (const auto& cluster : analysis.clusters) {
        groups.push_back({Kind::Cluster, cluster.id, cluster.label, cluster.members});
        std::ranges::sort(groups.back().members);
    }
    for (const auto& community : communities(workspace)) {
        StudyGroup group{Kind::Community, community.id.value, community.name, {}};
        for (const auto& member : community.members) {
            const auto vertex = analysis.people.vertexOf(member.person);
            if (!member.until && vertex) group.members.push_back(*vertex);
        }
        std::ranges::sort(group.members);
        groups.push_back(std::move(group));
    }
    return groups;
}

std::string called(const StudyGroup& group)
{
    return group.kind == StudyGroup::Kind::Everyone ? "Everybody here taken together"
                                                    : "“" + group.label + "”";
}

}  // namespace kith
