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

/// Who will read it. In what leaves the workspace shares are rounded and small counts left out, so
/// that nobody can be singled out by subtraction.
enum class Audience { Organiser, Public };

/// One for the group's closedness, one for how settled it is, one for each trait it is alike in (or
/// one that says it is mixed).
std::vector<EvidenceSentence> clusterSentences(const Analysis& analysis, std::uint32_t cluster,
                                               Audience audience = Audience::Organiser);

/// Whether the groups on the map are more than chance would draw.
EvidenceSentence structureSentence(const Analysis& analysis);

/// @param who how to call the person; empty = "This person"
EvidenceSentence bridgeSentence(const Analysis& analysis, const BridgeFinding& bridge,
                                const std::string& who);

/// The verdict in plain words: "Alike and close-knit", "Close-knit and mixed" ...
std::string plainVerdict(Verdict verdict);

/// "84 %".
std::string percent(double share);

/// "Tenants, Library and Parents".
std::string listed(const std::vector<std::string>& items);

}  // namespace kith
