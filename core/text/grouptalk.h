#pragma once

#include "core/base/task.h"
#include "core/text/talk.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

struct GroupTalkOptions {
    unsigned permutations = 999;
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// How alike the talk of two groups is, or of the people within one (a = b).
struct GroupTalk {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::size_t peopleA = 0;  ///< with a profile
    std::size_t peopleB = 0;
    double likeness = 0;  ///< mean of TalkProfiles::product over the pairs of people
    double expected = 0;  ///< the same over all pairs of people: what shuffling gives on average
    double sd = 0;        ///< of shuffled groups
    double p = 1;         ///< (1 + as alike when shuffled) / (1 + shuffles)
    unsigned permutations = 0;  ///< that were needed (Besag and Clifford 1991 stop early)
};

/// Groups below this many people with a profile are left out.
inline constexpr std::size_t fewestInGroup = 5;

/// Which pairs of groups to look at.
enum class GroupPairs { Within, Between };

/// The mean likeness of what groups talk about against people dealt out at random, the sizes of the
/// groups and everybody's talk staying as they are (METHODS d.2). Sums of vectors make a mean over
/// pairs linear in people: (|sum v|^2 - n)/(n(n-1)), less what common places take away. Beyond
/// 20,000 people p is a normal approximation from 99 shuffles. Between looks at the 50 largest
/// groups. By a, then b. Deterministic for any number of threads.
/// @param groupOf by person; negative = in no group, but dealt out with the others
/// Time O(permutations x (entries + parts)); memory a thread 8 bytes x words, between
/// groups x groups.
std::vector<GroupTalk> compareTalk(const TalkProfiles& profiles, const std::vector<int>& groupOf,
                                   GroupPairs pairs, const GroupTalkOptions& options, Task& task);

/// The words that the talk of two groups has in common, by their part in the likeness.
std::vector<std::string> wordsInCommon(const TalkProfiles& profiles,
                                       const std::vector<std::uint32_t>& groupA,
                                       const std::vector<std::uint32_t>& groupB, std::size_t most);

}  // namespace kith
