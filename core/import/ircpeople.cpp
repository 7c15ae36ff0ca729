#include "core/import/ircpeople.h"

#include "core/base/text.h"
#include "core/import/once.h"

#include <algorithm>

namespace kith {
namespace {

/// Nicks that a server or a web page gives to anybody: two holders are not one person.
bool isAnybodys(std::string_view folded)
{
    for (const std::string_view front : {"guest", "mib_", "qwebirc", "androirc", "kiwi_"}) {
        if (folded.starts_with(front) &&
            folded.find_first_of("0123456789") != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

bool isBot(std::string_view folded)
{
    return folded.ends_with("bot") || folded == "chanserv" || folded == "nickserv" ||
           folded == "memoserv" || folded == "ubotu" || folded == "ubottu";
}

/// "ann" of "ann_", "ann^", "ann|away" and "ann-away".
std::string variantOf(std::string_view folded)
{
    folded = folded.substr(0, folded.find('|'));
    for (const std::string_view tail : {"-away", "_away", "-afk", "_afk"}) {
        if (folded.ends_with(tail)) folded.remove_suffix(tail.size());
    }
    while (folded.size() > 1 && std::string_view("_^`").find(folded.back()) != folded.npos)
        folded.remove_suffix(1);
    return std::string(folded);
}

}  // namespace

std::optional<IrcRelayed> ircRelayed(std::string_view text)
{
    constexpr std::size_t longest = 64;
    if (!text.starts_with('<')) return std::nullopt;
    const auto close = text.substr(0, longest).find('>');
    if (close == text.npos || close + 1 >= text.size() || text[close + 1] != ' ')
        return std::nullopt;
    // Bridges put an invisible mark into the name, so that nobody is called by it.
    auto name = withoutInvisible(trim(text.substr(1, close - 1)));
    if (name.empty() || name.find("://") != std::string::npos) return std::nullopt;
    return IrcRelayed{std::move(name), trim(text.substr(close + 2))};
}

/// nullopt when it is new and no more are remembered.
std::optional<std::uint32_t> IrcPeople::number(const std::string& nick)
{
    const auto folded = asciiLower(nick);
    if (const auto* known = numbers_.find(tableKey(folded))) return *known;
    if (isCrowded()) return std::nullopt;
    const auto next = static_cast<std::uint32_t>(nicks_.size());
    *numbers_.add(tableKey(folded)).first = next;
    nicks_.push_back({next, 0, 0, next, next, shown_.meet(folded, nick)});
    return next;
}

std::uint32_t IrcPeople::root(std::uint32_t nick)
{
    while (nicks_[nick].parent != nick) {
        nicks_[nick].parent = nicks_[nicks_[nick].parent].parent;
        nick = nicks_[nick].parent;
    }
    return nick;
}

void IrcPeople::survey(const IrcLine& line)
{
    using Kind = IrcLine::Kind;
    if (!line.channel.empty()) ++channels_[asciiLower(line.channel)];
    if (line.nick.empty()) return;
    const auto nick = number(line.nick);
    if (nick && (line.kind == Kind::Said || line.kind == Kind::Action)) {
        ++nicks_[*nick].lines;
        if (line.kind == Kind::Said && ircRelayed(line.text)) ++nicks_[*nick].relayed;
    }
    if (line.userHost) {
        ++hosts_;
        if (line.kind == Kind::Said && (line.text.front() == '+' || line.text.front() == '-'))
            ++signs_;
    }
    if (line.renamedTo.empty()) return;
    const auto to = number(line.renamedTo);
    if (!nick || !to) return;
    if (isAnybodys(asciiLower(line.nick)) || isAnybodys(asciiLower(line.renamedTo))) return;
    nicks_[root(*nick)].parent = root(*to);
}

/// Shorter nicks first, then by the alphabet.
bool IrcPeople::before(std::uint32_t a, std::uint32_t b) const
{
    const auto one = asciiLower(nicks_[a].shown);
    const auto two = asciiLower(nicks_[b].shown);
    return std::pair(one.size(), one) < std::pair(two.size(), two);
}

void IrcPeople::settle()
{
    for (std::uint32_t nick = 0; nick < nicks_.size(); ++nick) {
        auto& person = nicks_[root(nick)];
        if (before(nick, person.shortest)) person.shortest = nick;
        const auto lines = nicks_[nick].lines;
        const auto most = nicks_[person.most].lines;
        if (lines > most || (lines == most && before(nick, person.most))) person.most = nick;
    }
    for (auto& nick : nicks_) nick.parent = root(nick.parent);
}

IrcPeople::Speaker IrcPeople::speaker(const std::string& nick) const
{
    auto folded = asciiLower(nick);
    const auto* known = numbers_.find(tableKey(folded));
    if (known == nullptr) return {folded, nick, isBot(folded)};
    const auto& person = nicks_[nicks_[*known].parent];
    const auto& name = nicks_[person.most].lines > 0 ? nicks_[person.most] : nicks_[*known];
    auto key = asciiLower(nicks_[person.shortest].shown);
    const bool bot = isBot(key);
    return {std::move(key), std::string(name.shown), bot};
}

bool IrcPeople::isBridge(const std::string& nick) const
{
    constexpr std::uint64_t fewest = 3;
    const auto* found = numbers_.find(tableKey(asciiLower(nick)));
    if (found == nullptr) return false;
    const auto& one = nicks_[*found];
    return one.relayed >= fewest && std::uint64_t{one.relayed} * 5 >= std::uint64_t{one.lines} * 4;
}

void IrcPeople::meet(const std::string& nick)
{
    const auto folded = asciiLower(nick);
    if (met_.find(folded)) return;
    const auto key = speaker(nick).key;
    const auto variant = variantOf(folded);
    if (variants_.meet(variant, key) != key) variants_.set(variant, {});
    met_.set(folded, key);
}

std::vector<std::string> IrcPeople::addressed(std::string_view text) const
{
    std::vector<std::string> keys;
    Once met;
    while (!text.empty()) {
        const auto end = text.find_first_of(":, \t");
        if (end == text.npos || end == 0) break;
        const char mark = text[end];
        const bool apart = end + 1 == text.size() || text[end + 1] == ' ';
        if ((mark != ':' && mark != ',') || !apart) break;
        const auto folded = asciiLower(text.substr(0, end));
        std::string key(met_.text(folded, variants_.text(folded)));
        if (key.empty()) break;
        if (met.first(key)) keys.push_back(std::move(key));
        if (mark == ':') break;
        text = trim(text.substr(end + 1));
    }
    return keys;
}

std::string IrcPeople::channel() const
{
    const auto most = std::ranges::max_element(
        channels_, [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == channels_.end() ? std::string() : most->first;
}

}  // namespace kith
