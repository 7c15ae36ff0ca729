#include "core/import/zuliptext.h"

#include "core/base/text.h"
#include "core/import/markup.h"
#include "core/import/once.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

using namespace std::string_view_literals;

ZulipName nameOf(std::string_view inside)
{
    const auto bar = inside.rfind('|');
    const bool numbered = bar != std::string_view::npos && parseInteger(inside.substr(bar + 1));
    if (!numbered) return {std::string(inside), {}};
    return {std::string(inside.substr(0, bar)), std::string(inside.substr(bar + 1))};
}

bool isEverybody(std::string_view name)
{
    constexpr std::array words{"all"sv, "everyone"sv, "stream"sv, "channel"sv, "topic"sv};
    return std::ranges::find(words, name) != words.end();
}

void addMentions(std::string_view line, Once& met, ZulipText& found)
{
    for (auto at = line.find("@**"); at != line.npos; at = line.find("@**", at + 3)) {
        const auto end = line.find("**", at + 3);
        if (end == line.npos) return;
        auto name = nameOf(line.substr(at + 3, end - at - 3));
        if (name.name.empty() || isEverybody(name.name)) continue;
        if (met.first(name.name)) found.mentions.push_back(std::move(name));
    }
}

/// "@_**Ann|12** [said](https://.../near/345):", which stands above a quote.
bool takeAttribution(std::string_view line, ZulipText& found)
{
    const auto said = line.find("](");
    if (!line.starts_with("@_**") || said == line.npos || !trim(line).ends_with(':')) return false;
    const auto end = line.find("**", 4);
    if (end == line.npos || end > said) return false;
    found.quoted.push_back(nameOf(line.substr(4, end - 4)));
    const auto near = line.find("/near/", said);
    std::string id;
    if (near != line.npos) {
        const auto start = near + "/near/"sv.size();
        id = line.substr(start, line.find_first_not_of("0123456789", start) - start);
    }
    found.quotedMessages.push_back(std::move(id));
    return true;
}

/// The characters that open a fence, "```" or longer, or "~~~"; empty for other lines.
std::string_view fenceOf(std::string_view line)
{
    for (const char mark : {'`', '~'}) {
        const auto length = std::min(line.find_first_not_of(mark), line.size());
        if (length >= 3) return line.substr(0, length);
    }
    return {};
}

/// Text between the first `class="user-mention"...>` and its end.
void addHtmlMentions(std::string_view html, ZulipText& found)
{
    constexpr auto mark = "class=\"user-mention\""sv;
    Once met;
    constexpr std::size_t longest = 512;  // of a name
    std::size_t open = 0;
    for (auto at = html.find(mark); at != html.npos; at = html.find(mark, open)) {
        open = html.find('>', at);
        if (open == html.npos) return;
        const auto tag = html.substr(at, open - at);
        const auto behind = html.substr(open + 1, longest);
        const auto close = behind.find('<');
        if (close == behind.npos && behind.size() == longest) continue;  // nobody is called that
        const auto words = decodeEntities(behind.substr(0, close));
        if (!words.starts_with('@')) continue;  // a silent one
        ZulipName name{words.substr(1), {}};
        if (const auto id = tag.find("data-user-id=\""); id != tag.npos) {
            const auto start = id + "data-user-id=\""sv.size();
            name.id = tag.substr(start, tag.find('"', start) - start);
        }
        if (name.name.empty() || name.id == "*" || isEverybody(name.name)) continue;
        if (met.first(name.name)) found.mentions.push_back(std::move(name));
    }
}

/// Without the blocks of quotes, which hold others' words.
std::string withoutQuotes(std::string_view html)
{
    std::string own;
    std::size_t depth = 0;
    for (std::size_t at = 0; at < html.size();) {
        const auto open = html.find('<', at);
        if (depth == 0) own += html.substr(at, open - at);
        if (open == html.npos) break;
        const auto close = std::min(html.find('>', open), html.size() - 1);
        const auto tag = html.substr(open, close - open + 1);
        if (tag.starts_with("<blockquote")) ++depth;
        if (depth == 0) own += tag;
        if (tag.starts_with("</blockquote") && depth > 0) --depth;
        at = close + 1;
    }
    return own;
}

}  // namespace

ZulipText readZulipText(std::string_view content)
{
    ZulipText found;
    Once met;
    std::string fence;
    bool quote = false;
    for (const auto line : split(content, '\n')) {
        const auto opens = fenceOf(line);
        if (!fence.empty()) {
            if (trim(line) == fence) {
                fence.clear();
                quote = false;
                continue;
            }
            if (quote) continue;
        } else if (!opens.empty()) {
            fence = opens;
            quote = trim(line.substr(opens.size())) == "quote";
            continue;
        } else if (line.starts_with('>')) {
            continue;
        } else {
            if (takeAttribution(line, found)) continue;
            addMentions(line, met, found);
        }
        found.text += line;
        found.text += '\n';
    }
    found.text = trim(found.text);
    return found;
}

ZulipText readZulipHtml(std::string_view html)
{
    ZulipText found;
    const auto own = withoutQuotes(html);
    addHtmlMentions(own, found);
    found.text = htmlToText(own);
    return found;
}

}  // namespace kith
