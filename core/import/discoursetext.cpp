#include "core/import/discoursetext.h"

#include "core/base/text.h"
#include "core/import/markup.h"
#include "core/import/once.h"
#include "core/import/tagattribute.h"

#include <algorithm>

namespace kith {
namespace {

bool hasClass(std::string_view tag, std::string_view name)
{
    const auto classes = tagAttribute(tag, "class");
    const auto all = split(classes, ' ');
    return std::ranges::find(all, name) != all.end();
}

/// "ann" of "/u/ann" and "https://forum.example.org/users/ann".
std::string nameInAddress(const std::string& address)
{
    const auto slash = address.rfind('/');
    return slash == std::string::npos ? std::string() : address.substr(slash + 1);
}

}  // namespace

DiscourseText readDiscourseText(std::string_view cooked)
{
    DiscourseText found;
    Once met;
    std::string own;
    std::size_t asides = 0;  // open ones inside a quote, itself included
    for (std::size_t at = 0; at < cooked.size();) {
        const auto open = cooked.find('<', at);
        if (asides == 0) own += cooked.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const auto close = cooked.find('>', open);
        const auto tag =
            cooked.substr(open, close == std::string_view::npos ? close : close - open + 1);
        at = open + tag.size();
        const bool aside = tag.starts_with("<aside");
        if (aside && (asides > 0 || hasClass(tag, "quote"))) {
            if (asides++ == 0) {
                found.quotes.push_back({tagAttribute(tag, "data-username"),
                                        tagAttribute(tag, "data-topic"),
                                        tagAttribute(tag, "data-post")});
                own += "<br>";
            }
        } else if (asides > 0) {
            if (tag.starts_with("</aside")) --asides;
        } else {
            if (tag.starts_with("<a ") && hasClass(tag, "mention")) {
                auto name = nameInAddress(tagAttribute(tag, "href"));
                if (!name.empty() && met.first(name)) found.mentions.push_back(std::move(name));
            }
            own += tag;
        }
    }
    found.text = htmlToText(own);
    return found;
}

}  // namespace kith
