#include "core/import/youtubenames.h"

#include "core/base/text.h"

#include <utility>

namespace kith {

void YoutubeNames::learn(std::string_view name, const std::string& key)
{
    name = trim(name);
    if (name.size() < 2 || name.find(' ') != std::string_view::npos || key.empty()) return;
    auto handle = asciiLower(name);
    if (!handle.starts_with('@')) handle.insert(0, "@");
    keys_.meet(handle, key);
}

std::string YoutubeNames::addressed(std::string_view text) const
{
    const auto words = withoutInvisible(text.substr(0, 200));
    text = trim(words);
    if (!text.starts_with('@')) return {};
    auto handle = asciiLower(text.substr(0, text.find_first_of(" \t\r\n,:\xC2")));
    return std::string(keys_.text(handle));
}

void addYoutubeAnswer(const std::string& parent, const std::string& author,
                      const YoutubeNames& names, MessageRecord& record)
{
    record.thread = parent.empty() ? record.id : parent;
    if (parent.empty()) return;
    record.ties.push_back({TieKind::Reply, author, parent, 1});
    auto who = names.addressed(record.text);
    if (!who.empty() && who != record.account && who != author)
        record.ties.push_back({TieKind::Mention, std::move(who), {}, 1});
}

}  // namespace kith
