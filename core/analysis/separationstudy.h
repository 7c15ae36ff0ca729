#pragma once

#include "core/analysis/sentences.h"
#include "core/analysis/sides.h"

#include <string>
#include <vector>

namespace kith {

struct SeparationStudyOptions {
    AnalysisOptions analysis;
    std::string trait;  ///< with `sides` as twoSides() takes them
    std::string sides;
    std::size_t hubs = 0;     ///< of each side; 0 = 1 %, at least 3, at most 50
    unsigned rewirings = 50;  ///< graphs at random that it is compared with
};

/// How closed two sides are to each other (METHODS e).
struct SeparationStudy {
    TwoSides two;
    Separation found;
};

/// @throws Error as twoSides() and separation(); Cancelled
SeparationStudy studySeparation(const Workspace& workspace, const SeparationStudyOptions& options,
                                Task& task);

std::vector<EvidenceSentence> separationSentences(const SeparationStudy& study,
                                                  const SeparationStudyOptions& options);

}  // namespace kith
