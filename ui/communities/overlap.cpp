#include "ui/communities/overlap.h"

#include <algorithm>
#include <map>

namespace kith {
namespace {

constexpr double sameGroup = 0.3;  // as for the colours of the map
constexpr std::size_t smallestOffered = 3;

}  // namespace

std::vector<PersonId> presentMembers(const Community& community)
{
    std::vector<PersonId> present;
    for (const auto& member : community.members) {
        if (!member.until) present.push_back(member.person);
    }
    return present;
}

std::optional<Overlap> closestGroup(const Analysis& analysis, const Community& community)
{
    const auto present = presentMembers(community);
    std::map<int, std::size_t> common;
    for (const auto person : present) {
        const auto vertex = analysis.people.vertexOf(person);
        if (vertex && analysis.clusterOf[*vertex] >= 0) ++common[analysis.clusterOf[*vertex]];
    }
    std::optional<Overlap> best;
    for (const auto& [cluster, both] : common) {
        const auto size = analysis.clusters[static_cast<std::size_t>(cluster)].members.size();
        const auto either = static_cast<double>(present.size() + size - both);
        const Overlap overlap{static_cast<std::uint32_t>(cluster), both, present.size(),
                              static_cast<double>(both) / either};
        if (!best || overlap.common > best->common) best = overlap;
    }
    return best;
}

std::vector<std::uint32_t> groupsNotKept(const Analysis& analysis,
                                         const std::vector<Community>& kept)
{
    std::vector<bool> covered(analysis.clusters.size(), false);
    for (const auto& community : kept) {
        const auto overlap = closestGroup(analysis, community);
        if (overlap && overlap->jaccard >= sameGroup) covered[overlap->cluster] = true;
    }
    std::vector<std::uint32_t> found;
    for (const auto& cluster : analysis.clusters) {
        if (!covered[cluster.id] && cluster.members.size() >= smallestOffered) {
            found.push_back(cluster.id);
        }
    }
    return found;
}

}  // namespace kith
