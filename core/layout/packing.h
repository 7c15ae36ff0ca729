#pragma once

#include "core/layout/layout.h"

#include <cstdint>
#include <vector>

namespace kith {

/// A round place for a group of people.
struct Disc {
    Point centre;
    double radius = 0;
};

struct DiscTie {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    double weight = 0;
};

/// Places discs of the given radii side by side without overlap, those with strong ties near each
/// other, the whole as round as it gets. Deterministic in its arguments.
/// Time O(rounds x (ties + discs x discs near each other)).
std::vector<Disc> packDiscs(const std::vector<double>& radii, const std::vector<DiscTie>& ties,
                            std::uint64_t seed, Task& task);

}  // namespace kith
