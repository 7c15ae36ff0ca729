#pragma once

#include "core/analysis/activity.h"
#include "core/analysis/sentences.h"
#include "core/measure/growth.h"
#include "core/measure/hawkes.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace kith {

struct GrowthStudyOptions {
    std::chrono::milliseconds bin = std::chrono::hours(24);
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// A stretch in which messages came faster than usual.
struct BurstFinding {
    Time from{};
    Time to{};
    unsigned level = 1;  ///< each level is twice as fast as the one below
    std::uint64_t messages = 0;
    std::vector<MessageId> first;  ///< the first few of them
};

/// What sets messages off within one calendar month: a sudden change of regime over a longer time
/// passes for messages that set each other off (Filimonov and Sornette 2015).
struct MonthExcitation {
    Time from{};  ///< local midnight of the first
    std::size_t events = 0;
    std::optional<Excitation> excitation;
    std::string refused;
};

/// One row of "managed or organic?": what was found, and for which of the two it speaks.
struct GrowthSign {
    enum class Speaks { Managed, Organic, Neither, Unknown };
    std::string about;    ///< "The shape of growth"
    std::string finding;  ///< a sentence
    Speaks speaks = Speaks::Unknown;
};

/// Volume over time and what drives it (METHODS h). What cannot be said is absent, with the reason.
struct GrowthStudy {
    Bins bins;
    std::string zone;
    std::size_t people = 0;
    std::uint64_t messages = 0;

    std::optional<Growth> growth;  ///< of counts a day, whatever the bins
    std::string growthRefused;     ///< why not; empty when it is there
    std::optional<Excitation> excitation;
    std::string excitationRefused;
    Time excitationFrom{};                ///< the last 20,000 messages stand for the rest
    std::vector<MonthExcitation> months;  ///< the last two years
    std::vector<BurstFinding> bursts;
    std::array<GrowthSign, 4> signs;
};

GrowthStudy studyGrowth(const Workspace& workspace, const Selection& selection,
                        const GrowthStudyOptions& options, Task& task);

/// What the study says, in plain words: the shape and the doubling time, then what sets off what.
std::vector<EvidenceSentence> growthSentences(const GrowthStudy& study);

/// "managed", "organic", "neither", "unknown".
std::string_view name(GrowthSign::Speaks speaks);

}  // namespace kith
