#pragma once

#include "core/analysis/sentences.h"
#include "core/text/draft.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A community or a cluster, to whom a draft may speak.
struct DraftGroup {
    bool community = false;  ///< kept by an organiser; else a cluster of the selection
    std::int64_t id = 0;     ///< of the community or cluster
    std::string name;
    DraftFit fit;
};

/// How a draft sounds to each community and cluster.
struct DraftStudy {
    std::vector<DraftGroup> groups;     ///< communities first, then clusters
    std::optional<std::size_t> sender;  ///< which of them speaks
    std::size_t contentWords = 0;       ///< of the draft
};

/// @param sender name or number of a community, or number or label of a cluster; empty = nobody
/// @throws Error NotFound when the sender is none of the groups; TooLittleData when the draft holds
///         no word that counts
DraftStudy studyDraft(const Workspace& workspace, const Analysis& analysis, std::string_view draft,
                      std::string_view sender, Task& task);

std::vector<EvidenceSentence> draftSentences(const DraftStudy& study);

/// One active week of newcomers.
struct UptakeWeek {
    unsigned week = 1;       ///< the first, second ... week in which they wrote
    std::size_t people = 0;  ///< newcomers who had that many
    double share = 0;        ///< mean share of the insider words that they used in it
};

/// How newcomers of a cluster take up its words.
struct Uptake {
    std::uint32_t cluster = 0;
    std::vector<std::string> words;  ///< its insider words
    std::size_t newcomers = 0;
    std::vector<UptakeWeek> weeks;  ///< up to five
    std::size_t settled = 0;        ///< members who are no newcomers
    double settledShare = 0;        ///< the same share for them, over all of their active weeks
    std::string refused;            ///< why there are no weeks; empty when there are
};

/// Insider words are distinctive words of a cluster that at least 10 % of its people and below 1 %
/// of everybody else used. Newcomers wrote first 30 days or more after the first message of the
/// selection: earlier ones may have been there before the export begins. Weeks are seven days,
/// counted from a person's first message; those without a message are passed over. Refused for
/// clusters with fewer than five newcomers or three insider words.
/// @param analysis with words
/// O(messages); memory 16 bytes an insider word said.
std::vector<Uptake> studyUptake(const Workspace& workspace, const Analysis& analysis, Task& task);

/// One for each cluster that was not refused.
std::vector<EvidenceSentence> uptakeSentences(const Analysis& analysis,
                                              const std::vector<Uptake>& uptake);

}  // namespace kith
