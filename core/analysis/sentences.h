#pragma once

#include "core/analysis/analysis.h"

#include <string>
#include <vector>

namespace kith {

/// A finding as people read it: plain words, how sure, the figures, and how it was worked out.
/// Made in one place so that screen, report and manual say the same.
struct EvidenceSentence {
    std::string finding;    ///< "84 % of this group live in Eastfield; by chance it would be 31 %."
    std::string certainty;  ///< "Shuffling everyone's ward 999 times never came close."
    std::string figures;    ///< "36 of 43 known; h = 0.71; q = 0.004"
    std::string method;     ///< what was done, with which parameters, and its limits
};

/// One for the cluster's closedness, one for its stability, one for each trait it is alike in (or
/// one that says it is mixed), and one for whether the whole map beats chance.
std::vector<EvidenceSentence> clusterSentences(const Analysis& analysis, std::uint32_t cluster);
EvidenceSentence structureSentence(const Analysis& analysis);
EvidenceSentence bridgeSentence(const Analysis& analysis, const BridgeFinding& bridge, Naming naming);

/// The verdict in plain words: "Alike and close-knit", "Close-knit, but mixed" ...
std::string plainVerdict(Verdict verdict);

}  // namespace kith
