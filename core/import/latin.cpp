#include "core/import/latin.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

// Bytes 0x80 to 0x9f; the five that Windows leaves open become the replacement mark.
constexpr std::array<char32_t, 32> windowsMarks{
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};

}  // namespace

std::string fromLatin(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool mark = byte >= 0x80 && byte < 0xa0;
        appendUtf8(out, mark ? windowsMarks[byte - 0x80U] : char32_t{byte});
    }
    return out;
}

std::optional<std::string> undoDoubleUtf8(std::string_view text)
{
    std::string bytes;
    bool beyondAscii = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        beyondAscii = beyondAscii || c >= 0x80;
        // The bytes that Windows leaves open are passed through as control characters by some.
        const auto mark = std::ranges::find(windowsMarks, c);
        if (c < 0x100) {
            bytes += static_cast<char>(c);
        } else if (c != U'\uFFFD' && mark != windowsMarks.end()) {
            bytes += static_cast<char>(0x80 + (mark - windowsMarks.begin()));
        } else {
            return std::nullopt;
        }
    }
    if (!beyondAscii || firstBadUtf8(bytes)) return std::nullopt;
    return bytes;
}

std::string utf8OrLatin(std::string_view text, bool& repaired)
{
    if (!firstBadUtf8(text)) return std::string(text);
    repaired = true;
    return fromLatin(text);
}

}  // namespace kith
