#include "core/base/text.h"

#include <charconv>
#include <cmath>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace kith {
namespace {

bool isSpace(char32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

bool isInvisible(char32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

icu::UnicodeString toIcu(std::string_view text)
{
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

const icu::Normalizer2& normalizer(bool folding)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = folding ? icu::Normalizer2::getNFKCCasefoldInstance(status)
                                : icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
    return *found;
}

std::string normalised(std::string_view text, bool folding)
{
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    normalizer(folding).normalize(toIcu(text), status).toUTF8String(out);
    return out;
}

bool isAscii(std::string_view text)
{
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string asciiLower(std::string_view text)
{
    std::string out(text);
    for (char& c : out) c = lower(c);
    return out;
}

bool asciiEqual(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trim(std::string_view text)
{
    std::size_t begin = 0;
    while (begin < text.size()) {
        std::size_t next = begin;
        if (!isSpace(nextCodePoint(text, next))) break;
        begin = next;
    }
    text.remove_prefix(begin);
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xc0U) == 0x80U) --last;
        std::size_t at = last;
        if (!isSpace(nextCodePoint(text, at))) break;
        text = text.substr(0, last);
    }
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view between)
{
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += between;
        out += parts[i];
    }
    return out;
}

std::string replaceAll(std::string text, std::string_view what, std::string_view with)
{
    auto at = text.find(what);
    if (at == std::string::npos) return text;
    std::string out;  // in place, all that follows would move at every find
    out.reserve(text.size());
    std::size_t from = 0;
    for (; at != std::string::npos; at = text.find(what, from)) {
        out.append(text, from, at - from).append(with);
        from = at + what.size();
    }
    return out.append(text, from);
}

std::optional<double> parseReal(std::string_view text)
{
    text = trim(text);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    std::int64_t value = 0;
    return parseInteger(text, value) ? std::optional(value) : std::nullopt;
}

bool parseInteger(std::string_view text, std::int64_t& value)
{
    text = trim(text);
    const auto* const behind = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), behind, value);
    return error == std::errc{} && end == behind;
}

char32_t nextCodePoint(std::string_view text, std::size_t& at)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    return c < 0 ? U'\uFFFD' : static_cast<char32_t>(c);
}

void appendUtf8(std::string& out, char32_t codePoint)
{
    std::uint8_t buffer[U8_MAX_LENGTH];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(buffer, length, codePoint);
    out.append(reinterpret_cast<const char*>(buffer), length);
}

std::optional<std::size_t> firstBadUtf8(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        UChar32 c = 0;
        U8_NEXT(bytes, at, text.size(), c);
        if (c < 0) return start;
    }
    return std::nullopt;
}

std::size_t cutUtf8Tail(std::string_view text)
{
    constexpr std::size_t longest = 3;
    for (std::size_t back = 1; back <= std::min(longest, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if (byte < 0x80) return 0;
        if (byte < 0xc0) continue;  // not the first byte of a character
        const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        return byte >= 0xc2 && byte <= 0xf4 && back < length ? back : 0;
    }
    return 0;
}

std::string repairUtf8(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) appendUtf8(out, nextCodePoint(text, at));
    return out;
}

std::string nfc(std::string_view text)
{
    return isAscii(text) ? std::string(text) : normalised(text, false);
}

std::string foldForMatching(std::string_view text)
{
    const auto folded = isAscii(text) ? asciiLower(text) : normalised(text, true);
    std::string out;
    out.reserve(folded.size());
    bool gap = false;
    for (std::size_t at = 0; at < folded.size();) {
        const auto byte = static_cast<unsigned char>(folded[at]);
        if (byte > 0x20 && byte < 0x80 && !gap) {  // most of most names
            out += folded[at++];
            continue;
        }
        const char32_t c = nextCodePoint(folded, at);
        if (isInvisible(c)) continue;
        if (isSpace(c)) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        appendUtf8(out, c);
    }
    return out;
}

std::string withoutInvisible(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (!isInvisible(c)) appendUtf8(out, c);
    }
    return out;
}

std::string shorten(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit) return std::string(text);
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        nextCodePoint(text, at);
        if (at > limit) break;
        end = at;
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string withSeparators(std::int64_t number)
{
    std::string digits = std::to_string(number);
    const std::size_t first = digits.front() == '-' ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

}  // namespace kith
