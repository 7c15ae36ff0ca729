#pragma once

#include "core/analysis/activity.h"
#include "core/analysis/sentences.h"
#include "core/store/communities.h"
#include "core/text/topics.h"

namespace kith {

/// How much a cluster speaks of a concern.
struct ConcernCluster {
    std::uint32_t cluster = 0;
    std::size_t people = 0;   ///< who spoke of it
    std::size_t members = 0;  ///< who wrote at all
    std::uint64_t messages = 0;
    double share = 0;     ///< people / members
    double expected = 0;  ///< the same share of everybody who wrote
    double p = 1;         ///< hypergeometric: at least so many
    double q = 1;         ///< Benjamini-Hochberg over the clusters
};

/// A saved concern in a selection: who speaks of it, where it lives and when.
struct ConcernStudy {
    Concern concern;
    std::size_t people = 0;
    std::size_t writers = 0;  ///< everybody who wrote in the selection
    std::uint64_t messages = 0;
    std::uint64_t allMessages = 0;
    std::optional<Bins> weeks;             ///< of its messages; absent when none has a time
    std::vector<ConcernCluster> clusters;  ///< of five or more writers; by q, then share
};

/// @param analysis without a concern in its selection; its clusters and their labels are used
/// O(messages of the selection).
ConcernStudy studyConcern(const Workspace& workspace, const Analysis& analysis,
                          const Concern& concern, Task& task);

std::vector<EvidenceSentence> concernSentences(const Analysis& analysis, const ConcernStudy& study);

/// What people talk about in a selection, as topics they may name.
/// @throws Error as findTopics()
TopicModel studyTopics(const Workspace& workspace, const Selection& selection,
                       const TopicOptions& options, Task& task);

/// One for every topic.
std::vector<EvidenceSentence> topicSentences(const TopicModel& model, std::uint64_t seed);

}  // namespace kith
