#pragma once

#include <string>
#include <string_view>

namespace kith {

/// Text in Windows-1252 (and so in Latin-1, except for its control characters) as UTF-8. Every byte
/// has a reading, so this never fails.
std::string fromLatin(std::string_view text);

/// `text` itself when it is UTF-8; otherwise read as Windows-1252, and `repaired` is set.
std::string utf8OrLatin(std::string_view text, bool& repaired);

}  // namespace kith
