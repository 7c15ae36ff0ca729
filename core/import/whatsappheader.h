#pragma once

#include "core/base/time.h"
#include "core/import/reader.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace kith {

/// The stamp in front of a WhatsApp message, as numbers in the order in which they stand.
struct ChatHeader {
    std::array<int, 3> date{};  ///< an era's or the Buddhist calendar's year is converted
    bool yearFirst = false;
    bool shortYear = false;  ///< two digits
    int hour = 0;
    int minute = 0;
    int second = 0;
    bool bracket = false;          ///< "[...] " (iOS) rather than "... - " (Android)
    bool marked = false;           ///< U+200E stood before the bracket
    std::string_view unknownWord;  ///< a word behind a time of 12 h that is none of ours
    std::string_view stamp;        ///< the header's text, for messages to the user
    std::size_t body = 0;          ///< where in the line the body begins

    /// @return nullopt when that day or time does not exist
    std::optional<WallTime> at(DateOrder order) const;
};

/// Reads the stamp of a line in any of the shapes that phones have written: numbers of several
/// scripts, every separator, 12 and 24 hours, time before date, invisible marks anywhere.
std::optional<ChatHeader> chatHeader(std::string_view line);

}  // namespace kith
