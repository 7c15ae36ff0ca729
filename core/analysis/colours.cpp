#include "core/analysis/colours.h"

#include "core/store/communities.h"

#include <algorithm>
#include <set>

namespace kith {
namespace {

constexpr double sameGroup = 0.3;  ///< Jaccard from which a cluster continues a community

double jaccard(const std::set<PersonId>& a, const std::set<PersonId>& b)
{
    std::size_t both = 0;
    for (const auto person : a) both += b.count(person);
    const auto either = a.size() + b.size() - both;
    return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

struct Match {
    double overlap;
    std::size_t cluster;
    int colour;
};

std::vector<Match> matches(const Workspace& workspace, const Analysis& analysis)
{
    std::vector<Match> found;
    for (const auto& community : communities(workspace)) {
        std::set<PersonId> present;
        for (const auto& member : community.members) {
            if (!member.until) present.insert(member.person);
        }
        for (std::size_t c = 0; c < analysis.clusters.size(); ++c) {
            std::set<PersonId> people;
            for (const auto v : analysis.clusters[c].members)
                people.insert(analysis.people.people[v]);
            const double overlap = jaccard(present, people);
            if (overlap >= sameGroup) found.push_back({overlap, c, community.colour});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Match& a, const Match& b) { return a.overlap > b.overlap; });
    return found;
}

}  // namespace

void giveColours(const Workspace& workspace, Analysis& analysis)
{
    constexpr int palette = static_cast<int>(territoryColours);
    std::set<int> free;
    for (int colour = 0; colour < palette; ++colour) free.insert(colour);
    for (const auto& match : matches(workspace, analysis)) {
        auto& cluster = analysis.clusters[match.cluster];
        if (cluster.colour >= 0 || free.count(match.colour) == 0) continue;
        cluster.colour = match.colour;
        free.erase(match.colour);
    }
    for (auto& cluster : analysis.clusters) {
        if (free.empty()) break;
        if (cluster.colour >= 0) continue;
        cluster.colour = *free.begin();
        free.erase(free.begin());
    }
}

}  // namespace kith
