#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// Text in Windows-1252 (and so in Latin-1, except for its control characters) as UTF-8. Every byte
/// has a reading, so this never fails.
std::string fromLatin(std::string_view text);

/// `text` itself when it is UTF-8; otherwise read as Windows-1252, and `repaired` is set.
std::string utf8OrLatin(std::string_view text, bool& repaired);

/// Undoes a double encoding: UTF-8 that a program took for Windows-1252 and encoded as UTF-8 once
/// more, so that "José" became "JosÃ©". nullopt when the text does not look like that.
std::optional<std::string> undoDoubleUtf8(std::string_view text);

}  // namespace kith
