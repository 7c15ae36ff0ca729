#pragma once

#include "core/analysis/sentences.h"
#include "core/cluster/evolution.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace kith {

struct TimelineOptions {
    Selection selection;
    WeightOptions weights;  ///< the half-life is not used: windows forget by themselves
    std::optional<std::chrono::milliseconds> window;  ///< absent = 30 days, or longer until the
                                                      ///< median window has 50 people
    double smoothing = 0.5;  ///< share of a tie's weight in the window before that is added
    double resolution = 1;
    unsigned runs = 10;
    std::uint64_t seed = 1;
    unsigned threads = 0;
    bool firm = true;  ///< look with half and twice the length too
};

struct TimelineGroup {
    std::size_t lineage = 0;  ///< a number that the group keeps for as long as it lives
    std::vector<Vertex> members;
};

struct TimelineWindow {
    Time from{};
    Time until{};
    std::size_t people = 0;  ///< active: with a tie
    std::size_t ties = 0;
    double modularity = 0;
    double instability = 0;
    std::vector<TimelineGroup> groups;  ///< of five or more, largest first
};

struct TimelineEvent {
    GroupEvent event;
    std::vector<std::size_t> from;  ///< lineages
    std::vector<std::size_t> to;
    unsigned seenIn = 1;  ///< of the window lengths looked at
    bool firm = false;    ///< seen in two of them
};

/// Groups over time (METHODS k).
struct TimelineStudy {
    std::chrono::milliseconds window{};
    std::vector<std::chrono::milliseconds> lengths;  ///< all that were looked at, the shown first
    double medianPeople = 0;                         ///< active in a window
    std::vector<PersonId> people;                    ///< by vertex
    std::vector<std::string> names;                  ///< by vertex
    std::vector<TimelineWindow> windows;
    std::vector<std::vector<GroupLink>> links;  ///< by window but the first
    std::vector<TimelineEvent> events;
    std::uint64_t untimed = 0;  ///< ties left out for want of a time
};

/// @throws Error TooLittleData when no ties have times or fewer than two windows hold a group;
///         Usage for a window of less than an hour or more than 2000 windows; Cancelled
TimelineStudy studyTimeline(const Workspace& workspace, const TimelineOptions& options, Task& task);

std::vector<EvidenceSentence> timelineSentences(const TimelineStudy& study,
                                                const TimelineOptions& options);

/// "30 days", "12 hours".
std::string lengthText(std::chrono::milliseconds length);

}  // namespace kith
