#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Small helpers for text. Everything here is UTF-8 and independent of the locale.
namespace kith {

/// ASCII only: letters a-z are folded, all other bytes kept.
std::string asciiLower(std::string_view text);
bool asciiEqual(std::string_view a, std::string_view b);  ///< ignoring ASCII case

/// Without spaces, tabs and line ends at both ends, Unicode spaces included.
std::string_view trim(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view between);
std::string replaceAll(std::string text, std::string_view what, std::string_view with);

/// The whole text as a number, with '.' as decimal point; nullopt otherwise. Never "inf" or "nan".
std::optional<double> parseReal(std::string_view text);
std::optional<std::int64_t> parseInteger(std::string_view text);
/// The same for where it is asked millions of times: an optional is returned by way of memory, and
/// waits there for all that was written before.
/// @param value means nothing when the text is no number
bool parseInteger(std::string_view text, std::int64_t& value);

/// Reads one code point at `at` and moves `at` behind it; 0xFFFD for a malformed byte.
char32_t nextCodePoint(std::string_view text, std::size_t& at);
void appendUtf8(std::string& out, char32_t codePoint);

/// Offset of the first byte that is not UTF-8; nullopt when all is well.
std::optional<std::size_t> firstBadUtf8(std::string_view text);

/// How many bytes at the end of `text` are the beginning of a character that is cut off; 0 to 3.
std::size_t cutUtf8Tail(std::string_view text);

/// Malformed bytes become U+FFFD.
std::string repairUtf8(std::string_view text);

/// Unicode normal form C.
std::string nfc(std::string_view text);

/// For comparing names: NFC, case folded, spaces collapsed, invisible marks (bidi controls, zero
/// width, BOM) removed. Not for look-alikes.
std::string foldForMatching(std::string_view text);

/// Without U+200B-F, U+202A-E, U+2060-9, U+FEFF.
std::string withoutInvisible(std::string_view text);

/// At most `limit` bytes, cut between code points, with "…" when cut.
std::string shorten(std::string_view text, std::size_t limit);

/// "1,234,567".
std::string withSeparators(std::int64_t number);

}  // namespace kith
