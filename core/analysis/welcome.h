#pragma once

#include "core/analysis/lives.h"
#include "core/analysis/retentionstudy.h"

namespace kith {

/// How newcomers and questions fare.
/// @param settled people first seen before are no newcomers: they may have been there
Welcome welcomeOf(const Workspace& workspace, const Selection& selection, const Lives& lives,
                  Time settled, Task& task);

}  // namespace kith
