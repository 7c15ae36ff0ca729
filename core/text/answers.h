#pragma once

#include "core/base/time.h"
#include "core/model/ids.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A message of a flat chat, in time order.
struct ChatLine {
    std::int64_t author = 0;
    Time time{};
    std::string_view text;
};

/// "line `from` answers line `to`", with the chance that this is so.
struct Answer {
    std::size_t from = 0;
    std::size_t to = 0;
    double probability = 0;  ///< (0, 1]
};

/// Who answers whom in a chat that keeps no reply pointers: the addressee rule of METHODS b (the
/// last message of a person it names; else the last message that named its author since the author
/// last spoke; else ...). Answers to oneself and starts of new conversations are left out. Always
/// an inference: mark it so wherever it is shown.
/// @param names display names by author, to find addressees
/// Time O(lines x window of 100).
std::vector<Answer> answersIn(const std::vector<ChatLine>& lines,
                              const std::map<std::int64_t, std::string>& names);

}  // namespace kith
