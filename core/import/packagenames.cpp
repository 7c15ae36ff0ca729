#include "core/import/packagenames.h"

#include "core/base/error.h"
#include "core/base/text.h"

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
