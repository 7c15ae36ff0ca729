#pragma once

#include "core/analysis/profile.h"
#include "core/analysis/sentences.h"
#include "core/analysis/studygroups.h"
#include "core/measure/diversity.h"

#include <optional>
#include <string>
#include <vector>

namespace kith {

/// How mixed one group is in a trait.
struct GroupDiversity {
    StudyGroup group;
    std::size_t known = 0;              ///< members whose value is known
    std::vector<std::uint64_t> counts;  ///< of them, by DiversityStudy::categories
    std::string refused;  ///< why nothing below is said; empty when the figures are there

    Diversity figures;
    HillRanges ranges;
    Range blauIfKnown;  ///< where Blau's index would lie were the unknown all of the largest
                        ///< category, or all of categories of their own
    std::optional<ProfileDistance> distance;
    double q = 1;          ///< of distance->p over all groups looked at
    double seenShare = 1;  ///< of the reference's categories, those with somebody in the group
    std::optional<double> raoStirling;  ///< where the profile says how far categories are apart

    bool weak() const;  ///< less than 60 % are known
};

/// The commonest combination of all traits that sort people into groups: one trait alone may look
/// mixed while most people are alike in all of them.
struct Combination {
    std::vector<std::string> traits;  ///< two or more
    std::size_t known = 0;            ///< people of whom all of them are known; at least five
    std::size_t alike = 0;            ///< of them, those with the commonest combination
};

/// Diversity of everybody, every cluster and every community in one trait (METHODS g).
struct DiversityStudy {
    std::string trait;
    std::optional<ReferenceProfile> profile;
    std::vector<std::string> categories;  ///< the profile's, then values that it does not list
    std::vector<std::string> unlisted;    ///< those values
    std::vector<GroupDiversity> groups;   ///< everybody first
    unsigned draws = 0;
    std::uint64_t seed = 1;
    std::optional<Combination> combination;  ///< absent with fewer than two such traits
};

/// @param profile nullopt = no reference
/// @throws Error NotFound when there is no such trait; Usage for a numeric trait without a profile
///         whose categories are bands
DiversityStudy studyDiversity(const Workspace& workspace, const Analysis& analysis,
                              const std::string& trait,
                              const std::optional<ReferenceProfile>& profile, Task& task);

/// One for each group: how mixed, then how far from the reference and what chance would do.
std::vector<EvidenceSentence> diversitySentences(const DiversityStudy& study);

}  // namespace kith
