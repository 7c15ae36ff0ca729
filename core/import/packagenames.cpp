#include "core/import/packagenames.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/latin.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {
namespace {

bool isControl(char32_t one)
{
    return one < 0x20 || (one >= 0x7f && one < 0xa0) || (one >= 0x202a && one <= 0x202e) ||
           (one >= 0x2066 && one <= 0x2069);
}

/// Characters that turn the reading direction round and so can hide a name's ending.
bool overridesDirection(std::string_view name)
{
    return name.find("\u202E") != std::string_view::npos ||
           name.find("\u202D") != std::string_view::npos;
}

bool isUnsafe(std::string_view name)
{
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos)
        return true;
    if (name.size() > 1 && name[1] == ':') return true;
    const auto parts = split(name, '/');
    if (std::ranges::any_of(parts, [](auto part) { return part == ".." || part == "."; }))
        return true;
    return std::ranges::any_of(name,
                               [](char one) { return static_cast<unsigned char>(one) < 0x20; });
}

}  // namespace

std::string visibleName(std::string_view name)
{
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t one = nextCodePoint(name, at);
        if (isControl(one)) {
            out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(one));
        } else {
            appendUtf8(out, one);
        }
    }
    return shorten(out, 200);
}

bool isHidden(std::string_view name)
{
    return std::ranges::any_of(split(name, '/'), [](std::string_view part) {
        return part.starts_with('.') || part == "__MACOSX";
    });
}

NameReadings oldCodePageReadings(std::string_view raw)
{
    // Bytes 0x80 to 0xff of code page 437.
    static constexpr std::u32string_view dos =
        U"\u00C7\u00FC\u00E9\u00E2\u00E4\u00E0\u00E5\u00E7\u00EA\u00EB\u00E8\u00EF\u00EE"
        U"\u00EC\u00C4\u00C5\u00C9\u00E6\u00C6\u00F4\u00F6\u00F2\u00FB\u00F9\u00FF\u00D6"
        U"\u00DC\u00A2\u00A3\u00A5\u20A7\u0192\u00E1\u00ED\u00F3\u00FA\u00F1\u00D1\u00AA"
        U"\u00BA\u00BF\u2310\u00AC\u00BD\u00BC\u00A1\u00AB\u00BB\u2591\u2592\u2593\u2502"
        U"\u2524\u2561\u2562\u2556\u2555\u2563\u2551\u2557\u255D\u255C\u255B\u2510\u2514"
        U"\u2534\u252C\u251C\u2500\u253C\u255E\u255F\u255A\u2554\u2569\u2566\u2560\u2550"
        U"\u256C\u2567\u2568\u2564\u2565\u2559\u2558\u2552\u2553\u256B\u256A\u2518\u250C"
        U"\u2588\u2584\u258C\u2590\u2580\u03B1\u00DF\u0393\u03C0\u03A3\u03C3\u00B5\u03C4"
        U"\u03A6\u0398\u03A9\u03B4\u221E\u03C6\u03B5\u2229\u2261\u00B1\u2265\u2264\u2320"
        U"\u2321\u00F7\u2248\u00B0\u2219\u00B7\u221A\u207F\u00B2\u25A0\u00A0";
    static_assert(dos.size() == 128);
    std::string first;
    for (const char c : raw) {
        const auto byte = static_cast<unsigned char>(c);
        appendUtf8(first, byte < 0x80 ? char32_t{byte} : dos[byte - 0x80U]);
    }
    return {std::move(first), fromLatin(raw)};
}

std::string twoReadings(std::string_view taken, std::string_view other)
{
    return fmt::format(
        "the name's bytes are not UTF-8: it was read as \"{}\", and could also be \"{}\"",
        visibleName(taken), visibleName(other));
}

void NameCheck::check(const std::string& name, std::uint64_t offset)
{
    const Place place{archive_, {}, {}, {}};
    if (isUnsafe(name)) {
        throw Error(Error::Kind::BadInput,
                    "the archive holds a file with the unsafe name \"" + visibleName(name) + "\"",
                    place, "Do not trust this archive; ask for another copy.");
    }
    if (overridesDirection(name)) {
        throw Error(
            Error::Kind::BadInput,
            "the archive holds a file whose name hides its ending: \"" + visibleName(name) + "\"",
            place, "Do not trust this archive; ask for another copy.");
    }
    if (name.ends_with('/')) return;
    const auto [found, fresh] = seen_.try_emplace(foldForMatching(name), name, offset);
    if (!fresh) {
        const auto& [twin, where] = found->second;
        throw Error(
            Error::Kind::BadInput,
            fmt::format("two files of the archive cannot be told apart: \"{}\" at byte {} and "
                        "\"{}\" at byte {}",
                        visibleName(twin), where, visibleName(name), offset),
            place, "Unpack it yourself and open the one you mean.");
    }
}

}  // namespace kith
