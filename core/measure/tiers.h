#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kith {

/// How much somebody takes part (METHODS i): the core are the busiest people who together wrote
/// half of all messages; the regular wrote at least one a week since their first; the occasional
/// wrote more than once; the rest once.
enum class Tier : std::uint8_t { Core, Regular, Occasional, Once };
inline constexpr std::array allTiers{Tier::Core, Tier::Regular, Tier::Occasional, Tier::Once};

/// "core", "regular", "occasional", "once".
std::string_view name(Tier tier);

struct Taking {
    std::uint64_t messages = 0;
    double weeks = 0;  ///< from the first message to the end of what is looked at; fewer than four
                       ///< count as four
};

/// By person. Of equally busy people the first belong to the core. Who wrote nothing is Once, who
/// wrote once is never core. Time O(n log n).
std::vector<Tier> tiers(std::span<const Taking> people);

}  // namespace kith
