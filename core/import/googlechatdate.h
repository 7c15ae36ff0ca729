#pragma once

#include "core/base/time.h"

#include <optional>
#include <string_view>

namespace kith {

/// The instant in a date as Google Takeout writes it, a sentence in the account's language:
/// "Monday, January 1, 2024 at 3:04:05 PM UTC", "Montag, 1. Januar 2024 um 15:04:05 UTC". Knows the
/// months in seven languages, and dates in numbers where the year comes first or the day is above
/// 12. Always UTC. nullopt where it cannot be told.
std::optional<Time> googleChatTime(std::string_view text);

}  // namespace kith
