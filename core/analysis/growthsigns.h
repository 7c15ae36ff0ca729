#pragma once

#include "core/analysis/growthstudy.h"

namespace kith {

/// The four rows of "managed or organic?" (METHODS h), for a study whose shapes and share of
/// answering activity are there or refused.
/// @param daily of the same activity
std::array<GrowthSign, 4> growthSigns(const Activity& activity, const Bins& daily,
                                      const GrowthStudy& study);

}  // namespace kith
