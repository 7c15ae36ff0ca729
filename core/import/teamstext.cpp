#include "core/import/teamstext.h"

#include "core/base/text.h"
#include "core/import/markup.h"
#include "core/import/tagattribute.h"

#include <algorithm>

namespace kith {
namespace {

bool isTag(std::string_view tag, std::string_view name)
{
    return asciiEqual(tag.substr(0, name.size()), name) && tag.size() > name.size() &&
           std::string_view(" >/\t\n").find(tag[name.size()]) != std::string_view::npos;
}

}  // namespace

TeamsText readTeamsHtml(std::string_view html)
{
    TeamsText found;
    std::string own;
    std::size_t quoted = 0;
    for (std::size_t at = 0; at < html.size();) {
        const auto open = html.find('<', at);
        if (quoted == 0) own += html.substr(at, open - at);
        if (open == html.npos) break;
        const auto close = std::min(html.find('>', open), html.size() - 1);
        const auto tag = html.substr(open, close - open + 1);
        at = close + 1;
        const bool starts = isTag(tag, "<quote") || isTag(tag, "<blockquote");
        if (starts && quoted++ == 0) {
            const bool reply = tagAttribute(tag, "itemtype").ends_with("/Reply");
            auto id = tagAttribute(tag, reply ? "itemid" : "messageid");
            if (found.repliesTo.empty()) found.repliesTo = std::move(id);
            if (found.repliesToPerson.empty()) found.repliesToPerson = tagAttribute(tag, "author");
        }
        if (quoted == 0) {
            if (isTag(tag, "<at")) found.mentions.push_back(tagAttribute(tag, "id"));
            if (isTag(tag, "<attachment")) found.attachments.emplace_back("file");
            if (isTag(tag, "<URIObject")) found.attachments.push_back(tagAttribute(tag, "type"));
            if (isTag(tag, "<img") &&
                tagAttribute(tag, "itemtype").find("Emoji") == std::string::npos)
                found.attachments.emplace_back("image");
            own += tag;
        } else if (asciiEqual(tag.substr(0, 7), "</quote") ||
                   asciiEqual(tag.substr(0, 12), "</blockquote")) {
            --quoted;
        }
    }
    found.text = htmlToText(own);
    for (auto& one : found.attachments) {
        if (one.empty()) one = "file";
    }
    return found;
}

}  // namespace kith
