#pragma once

#include <string>
#include <string_view>

namespace kith {

/// Text for an XML element or a quoted attribute: markup escaped, malformed UTF-8 and characters
/// that XML 1.0 forbids replaced by U+FFFD. Line ends and tabs are kept as character references.
std::string xmlText(std::string_view text);

/// Shortest decimal form that reads back as the same number, '.' in every locale; "0" for numbers
/// that are not finite.
std::string numberText(double number);

/// `number` with at most `digits` decimals, without trailing zeros.
std::string numberText(double number, int digits);

}  // namespace kith
