#pragma once

#include "core/base/largepages.h"

#include <cstdint>

namespace kith {

/// Sorts from small to large, eleven bits at a time; digits in which all agree cost one look. Some
/// five times faster than comparing for a million numbers. Needs as much memory again. O(n).
void sortNumbers(LargeVector<std::uint64_t>& numbers);

}  // namespace kith
