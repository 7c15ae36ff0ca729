#pragma once

#include "core/analysis/sentences.h"
#include "core/analysis/sides.h"
#include "core/measure/introducers.h"

#include <string>
#include <vector>

namespace kith {

/// The chance that an introduction works: 1 / (1 + e^-x), x = the sum of what applies. There is
/// nothing to learn it from, so the figures are fixed, and shown.
struct ChanceFormula {
    double base = -2;
    double sharedContact = 1;  ///< somebody knows both
    double sharedTopics = 2;   ///< times the likeness of what they talk about, 0..1
    double bothActive = 0.75;  ///< both spoke in the last 30 days of the selection
    double notAsked = 0.75;    ///< neither is in three open introductions

    double operator()(bool contact, double topics, bool active, bool free) const;
};

struct IntroductionStudyOptions {
    AnalysisOptions analysis;
    std::string trait;  ///< with `sides` as twoSides() takes them
    std::string sides;
    std::size_t hubs = 0;
    std::size_t top = 10;
    std::vector<std::string> leftOut;  ///< people by name who are not to be proposed
    ChanceFormula chance;
};

struct ProposedIntroduction {
    Vertex first = 0;   ///< on the first side
    Vertex second = 0;  ///< on the second
    double before = 0;  ///< separation (RWC) with the introductions above already made
    double after = 0;   ///< and with this one
    double chance = 0;
    bool sharedContact = false;
    bool bothActive = false;
    bool notAsked = true;
    double topics = 0;  ///< likeness of what they talk about, 0..1
    std::vector<std::string> sharedConcerns;
    std::vector<std::string> sharedWords;
    std::vector<Vertex> introducers;  ///< who knows both, best first; else who knows both sides
};

/// Ties worth making between two sides (METHODS f). Each is chosen after the ones above it have
/// been made: by how much it lowers separation, exactly, times the chance that it works.
struct IntroductionStudy {
    TwoSides two;
    std::size_t hubs = 0;
    std::vector<ProposedIntroduction> pairs;
    std::optional<Introduction> largestDrop;  ///< of the first choice, whatever its chance
    Introducers introducers;                  ///< between the sides as a whole
    std::vector<Vertex> leftOut;              ///< who asked not to be proposed
    double before = 0;
    double after = 0;  ///< with all of them made
};

/// People whose trait "leave out" is set (to anything but no, false or 0) are never proposed, and
/// never named as introducers. Nothing is sent to anybody.
/// @throws Error as twoSides(); TooLittleData when a side has fewer than ten connected people, or
///         not more than its hubs; NotFound for names to leave out that nobody has; Cancelled
/// Time: for each proposal three solves, and one for each of up to 200 pairs (fewer beyond 2,000
/// people).
IntroductionStudy studyIntroductions(const Workspace& workspace,
                                     const IntroductionStudyOptions& options, Task& task);

std::vector<EvidenceSentence> introductionSentences(const IntroductionStudy& study,
                                                    const IntroductionStudyOptions& options);

}  // namespace kith
