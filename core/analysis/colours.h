#pragma once

#include "core/analysis/analysis.h"

namespace kith {

/// Colours the clusters: one that is mostly an adopted community takes the community's colour, the
/// largest others take what is left of the palette, the rest stay grey (-1).
void giveColours(const Workspace& workspace, Analysis& analysis);

}  // namespace kith
