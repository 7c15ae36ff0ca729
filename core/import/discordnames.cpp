#include "core/import/discordnames.h"

#include "core/base/ascii.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace kith {
namespace {

constexpr std::size_t shortestId = 15;

bool isId(std::string_view text)
{
    return text.size() >= shortestId && isDigits(text);
}

/// The number as a program writes it that holds it in a double: the fewest digits that tell it
/// apart, filled up with zeros.
std::string throughDouble(std::string_view digits)
{
    double value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::scientific)
                         .ptr;
    const std::string_view written(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    std::string all;
    for (const char c : written.substr(0, written.find('e'))) {
        if (c != '.') all += c;
    }
    all.resize(digits.size(), '0');
    return all;
}

}  // namespace

DiscordId discordId(const Json& value)
{
    constexpr std::int64_t exact = std::int64_t{1} << 53U;
    if (!value.isNumber()) return {value.text(), false};
    const auto& digits = value.text();
    if (digits.find_first_not_of("0123456789") != std::string::npos) return {digits, true};
    const auto number = value.integer();
    if (number && *number <= exact) return {digits, false};
    return {digits, throughDouble(digits) == digits};
}

std::string discordConversation(std::string_view channel, std::string_view guild,
                                std::string_view id)
{
    std::string name(channel.empty() ? "channel" : channel);
    if (!guild.empty()) name += " in " + std::string(guild);
    if (!id.empty()) name += " (" + std::string(id) + ")";
    return name;
}

std::optional<DiscordFileName> discordFileName(std::string_view stem)
{
    for (auto open = stem.find('['); open != stem.npos; open = stem.find('[', open + 1)) {
        const auto close = stem.find(']', open);
        if (close == stem.npos) return std::nullopt;
        const auto id = stem.substr(open + 1, close - open - 1);
        if (!isId(id)) continue;
        const auto names = trim(stem.substr(0, open));
        constexpr std::string_view dash = " - ";
        const auto first = names.find(dash);
        const auto last = names.rfind(dash);
        if (first == names.npos) return DiscordFileName{{}, std::string(names), std::string(id)};
        return DiscordFileName{std::string(names.substr(0, first)),
                               std::string(names.substr(last + dash.size())), std::string(id)};
    }
    return std::nullopt;
}

std::string withoutFileKeys(std::string text, std::uint64_t& found)
{
    for (const std::string_view host : {"cdn.discordapp.com/", "media.discordapp.net/"}) {
        for (auto at = text.find(host); at != text.npos; at = text.find(host, at + 1)) {
            const auto end = std::min(text.find_first_of(" \t\r\n)>\"'|", at), text.size());
            const auto query = text.find('?', at);
            if (query == text.npos || query >= end) continue;
            text.erase(query, end - query);
            ++found;
        }
    }
    return text;
}

}  // namespace kith
