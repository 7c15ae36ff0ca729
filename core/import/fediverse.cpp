#include "core/import/fediverse.h"

#include "core/base/text.h"
#include "core/import/markup.h"

#include <algorithm>
#include <array>
#include <vector>

namespace kith {
namespace {

std::string_view withoutScheme(std::string_view address)
{
    for (const std::string_view front : {"https://", "http://"}) {
        if (address.starts_with(front)) return address.substr(front.size());
    }
    return {};
}

bool standsBeforeName(std::string_view part)
{
    constexpr std::array<std::string_view, 9> all{
        "users", "user", "u", "accounts", "profile", "c", "author", "video-channels", "actors"};
    return std::ranges::find(all, part) != all.end();
}

}  // namespace

std::string serverOf(std::string_view address)
{
    const auto rest = withoutScheme(address);
    return asciiLower(rest.substr(0, rest.find_first_of("/?#")));
}

std::string personAt(std::string_view address)
{
    auto rest = withoutScheme(address);
    rest = rest.substr(0, rest.find_first_of("?#"));
    const auto parts = split(rest, '/');
    for (std::size_t at = 1; at < parts.size(); ++at) {
        const auto part = parts[at];
        if (part.size() > 1 && part.starts_with('@')) return personNamed(part.substr(1), address);
        const bool before = standsBeforeName(part) && at + 1 < parts.size();
        if (before && !parts[at + 1].empty()) return personNamed(parts[at + 1], address);
    }
    return {};
}

std::string personNamed(std::string_view name, std::string_view address)
{
    name = name.substr(0, name.find('@'));
    const auto server = serverOf(address);
    if (name.empty() || server.empty()) return {};
    return asciiLower(name) + "@" + server;
}

std::string postWords(std::string_view html)
{
    std::string plain;
    for (std::size_t at = 0; at < html.size();) {
        const auto open = html.find("<a ", at);
        plain += html.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const auto close = std::min(html.find('>', open), html.size() - 1);
        const auto tag = html.substr(open, close - open + 1);
        const bool words = tag.find("mention") != tag.npos || tag.find("hashtag") != tag.npos ||
                           tag.find("rel=\"tag\"") != tag.npos;
        if (!words) plain += tag;
        at = close + 1;
    }
    return htmlToText(plain);
}

std::string postText(const std::string& warning, const std::string& words,
                     const std::string& choices)
{
    std::vector<std::string> parts;
    for (const auto& part : {warning, words, choices}) {
        if (!part.empty()) parts.push_back(part);
    }
    return join(parts, "\n\n");
}

}  // namespace kith
