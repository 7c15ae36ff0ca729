#pragma once

#include "core/import/ircline.h"

namespace kith {

/// The stamp at the start of a line; cuts it off `line`. Without one nothing is cut.
std::optional<IrcStamp> takeIrcStamp(std::string_view& line);

/// A day in words: "Mon Mar 04 10:00:00 2024", "Tue Mar 05 2024".
std::optional<IrcStamp> ircDay(std::string_view text);

}  // namespace kith
