#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kith {

/// The groups of one window of time. People are numbered over all windows.
struct WindowGroups {
    std::vector<std::vector<std::uint32_t>> groups;  ///< members, ascending; each of one group
    std::vector<std::uint32_t> active;  ///< everybody seen, ascending; holds all members
    double instability = 0;             ///< of the groups, 0..1
};

/// Two groups of neighbouring windows that share people.
struct GroupLink {
    std::size_t from = 0;    ///< group of the earlier window
    std::size_t to = 0;      ///< group of the later
    std::size_t shared = 0;  ///< people of both
    double common = 0;       ///< Jaccard over people active in both windows, 0..1
    double all = 0;          ///< Jaccard over all members
    double chance95 = 0;     ///< what 95 of 100 shuffles of the later memberships stay below
    bool linked = false;     ///< common >= 0.3 and above chance
};

enum class GroupEventKind { Birth, Death, Dormant, Return, Split, Merge, Growth, Contraction };

/// "birth", "death", ...
std::string_view name(GroupEventKind kind);

/// What happened to groups between a window and the one before.
struct GroupEvent {
    GroupEventKind kind = GroupEventKind::Birth;
    std::size_t window = 0;         ///< the later one
    std::vector<std::size_t> from;  ///< groups of the window before (Return: of an older one)
    std::vector<std::size_t> to;    ///< groups of the window
    double jaccard = 0;             ///< common, of from and to put together; 0 for birth and death
    double jaccardAll = 0;
    bool looked = true;  ///< Death: a second window without it has been seen
};

struct Evolution {
    std::vector<std::vector<GroupLink>> links;  ///< by window but the first, all that share people
    std::vector<std::vector<std::size_t>> lineage;  ///< by window and group: a number that lasts
    std::vector<GroupEvent> events;                 ///< by window, then kind
};

struct EvolutionOptions {
    double least = 0.3;   ///< Jaccard of a link (Greene et al. used 0.1 to 0.5)
    double part = 0.2;    ///< of a group's people, to be part of a split or merge
    double grown = 1.25;  ///< size later / size before, from which it is growth
    double shrunk = 0.8;
};

/// Follows groups through windows (METHODS k). Lineage is kept by the one-to-one matching of links
/// of the greatest total Jaccard; a group that skips one window keeps it too. A link must beat the
/// 95th percentile of the Jaccard of shuffled memberships, which is worked out exactly (the number
/// shared is hypergeometric). Parts of a split or merge must beat it as well, and make up more of
/// the group than the partitions' own instability. Time O(people of all windows).
/// @pre groups of one window do not overlap
/// Source: Greene, Doyle and Cunningham, "Tracking the evolution of communities in dynamic social
/// networks", ASONAM 2010.
Evolution follow(const std::vector<WindowGroups>& windows, const EvolutionOptions& options);

}  // namespace kith
