#pragma once

#include "core/analysis/sentences.h"

#include <cstddef>

namespace kith {

struct WeightCheckOptions {
    unsigned draws = 20;
    double below = 0.8;  ///< agreement under which the groups are said to hang on the weights
};

/// Whether the groups would be the same had the kinds of ties been weighed otherwise. How much a
/// mention counts beside a reply is a convention, so every kind's weight is multiplied by a number
/// of its own, drawn between a half and two (evenly in its logarithm), and the groups are looked
/// for again (METHODS a).
struct WeightCheck {
    std::size_t kinds = 0;  ///< of ties; with one kind nothing can change and nothing is drawn
    unsigned draws = 0;
    double agreement = 1;  ///< mean adjusted mutual information with the groups as they are, <= 1
    double lowest = 1;     ///< of the draws
    bool settled = true;
};

/// Time: draws x (one clustering of few runs); the result does not depend on the threads.
/// @throws Cancelled
WeightCheck checkWeights(const Workspace& workspace, const Analysis& analysis,
                         const WeightCheckOptions& options, Task& task);

/// "The groups do not hang on how ties are weighed."
EvidenceSentence weightSentence(const WeightCheck& check);

}  // namespace kith
