#pragma once

#include "core/analysis/activity.h"
#include "core/analysis/sentences.h"
#include "core/analysis/studygroups.h"
#include "core/measure/survival.h"
#include "core/measure/tiers.h"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace kith {

struct RetentionOptions {
    std::chrono::milliseconds window{};  ///< of cohorts and newcomers; 0 = a week up to half a
                                         ///< year, thirty days up to five years, else a year
    unsigned threads = 0;
};

/// So many of so many.
struct Counted {
    std::uint64_t hits = 0;
    std::uint64_t of = 0;
    ShareRange range() const { return wilson(hits, of); }
};

/// People whose first message of all fell into one window, and in which later ones they wrote.
struct Cohort {
    Time from{};
    std::uint64_t size = 0;
    std::vector<Counted> active;  ///< by windows since; the first is the window itself
};

struct NewcomerWindow {
    Time from{};
    Counted newcomers;         ///< of those who wrote
    bool settling = false;     ///< too near the start to know who is new
    bool provisional = false;  ///< too near the end to know who left
};

/// Who stays of one group.
struct StayGroup {
    StudyGroup::Kind kind = StudyGroup::Kind::Everyone;
    std::int64_t id = 0;
    std::string label;
    std::size_t people = 0;  ///< who wrote within the time looked at
    std::string refused;     ///< why nothing below is said
    SurvivalStep at90;
    std::optional<double> medianDays;
};

/// How newcomers and questions fare. Where nobody can be seen to answer, `refused` says so.
struct Welcome {
    std::string refused;
    std::uint64_t replies = 0;   ///< whose question is in the selection
    std::uint64_t inferred = 0;  ///< of them worked out in flat chats
    Counted answered;            ///< newcomers whose first message got a reply within 48 hours
    Counted returnedAnswered;    ///< of those, who wrote again 7 to 37 days after it
    Counted returnedUnanswered;
    Counted questions;                  ///< that got a reply within 72 hours
    std::vector<SurvivalStep> waiting;  ///< share of questions without a reply, in hours
    std::optional<double> medianHours;  ///< until the first reply; absent when fewer than half had
};

/// Who stays, who comes, and how much each does (METHODS i).
struct RetentionStudy {
    std::size_t people = 0;
    std::uint64_t messages = 0;
    std::string zone;
    Time from{};
    Time until{};           ///< end of what is watched
    double gap95 = 0;       ///< days; 95 of 100 of people's own gaps are shorter
    double quietAfter = 0;  ///< days without a message after which somebody counts as gone
    double watched = 0;     ///< days from start to end

    std::string refused;  ///< why nobody can be seen to leave; empty when survival is there
    std::vector<SurvivalStep> survival;
    std::optional<double> medianDays;
    double horizon = 0;         ///< days up to which the mean goes
    double restrictedMean = 0;  ///< days stayed within the horizon, on average
    std::size_t truncated = 0;  ///< people who wrote before `from`: watched from there on
    std::size_t early = 0;      ///< first seen so near the start that they may have been there
    std::optional<SurvivalStep> at90;           ///< where the time is long enough
    std::optional<SurvivalStep> at90Newcomers;  ///< the same without the early

    std::chrono::milliseconds window{};
    std::vector<Cohort> cohorts;
    std::vector<NewcomerWindow> newcomers;
    Welcome welcome;

    double gini = 0;                                   ///< of messages over people
    double topShare = 0;                               ///< that the busiest 5 % wrote
    std::array<std::size_t, allTiers.size()> tiers{};  ///< people by Tier

    std::vector<StayGroup> groups;   ///< clusters and communities
    std::optional<LogRank> logRank;  ///< between the clusters that are large enough
};

/// @param analysis of the same selection, for its clusters; nullptr = no groups
/// @throws Error TooLittleData with fewer than five people who wrote with a time
RetentionStudy studyRetention(const Workspace& workspace, const Selection& selection,
                              const Analysis* analysis, const RetentionOptions& options,
                              Task& task);

/// Who stays; who comes; how newcomers are met; how much hangs on few; whether groups differ.
std::vector<EvidenceSentence> retentionSentences(const RetentionStudy& study);

}  // namespace kith
