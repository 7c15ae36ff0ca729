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

std::size_t IrcPeople::number(const std::string& nick)
{
    const auto [found, fresh] = numbers_.try_emplace(asciiLower(nick), nicks_.size());
    if (fresh) nicks_.push_back({nick, nicks_.size(), 0, 0});
    return found->second;
}

std::size_t IrcPeople::root(std::size_t nick)
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
    if (line.kind == Kind::Said || line.kind == Kind::Action) {
        ++nicks_[nick].lines;
        if (line.kind == Kind::Said && ircRelayed(line.text)) ++nicks_[nick].relayed;
    }
    if (line.userHost) {
        ++hosts_;
        if (line.kind == Kind::Said && (line.text.front() == '+' || line.text.front() == '-'))
            ++signs_;
    }
    if (line.renamedTo.empty()) return;
    const auto to = number(line.renamedTo);
    if (isAnybodys(asciiLower(line.nick)) || isAnybodys(asciiLower(line.renamedTo))) return;
    nicks_[root(nick)].parent = root(to);
}

void IrcPeople::settle()
{
    std::vector<std::pair<std::string, std::size_t>> all(numbers_.begin(), numbers_.end());
    std::ranges::sort(all, [](const auto& a, const auto& b) {
        return std::pair(a.first.size(), a.first) < std::pair(b.first.size(), b.first);
    });
    std::unordered_map<std::size_t, Speaker> people;
    std::unordered_map<std::size_t, std::uint64_t> most;
    for (const auto& [folded, nick] : all) {
        const auto person = root(nick);
        auto& speaker = people[person];
        if (speaker.key.empty()) speaker = {folded, nicks_[nick].shown, isBot(folded)};
        if (nicks_[nick].lines > most[person]) {
            most[person] = nicks_[nick].lines;
            speaker.name = nicks_[nick].shown;
        }
    }
    for (const auto& [folded, nick] : all) speakers_[folded] = people[root(nick)];
}

const IrcPeople::Speaker& IrcPeople::speaker(const std::string& nick)
{
    auto folded = asciiLower(nick);
    const auto known = speakers_.find(folded);
    if (known != speakers_.end()) return known->second;
    return speakers_[folded] = Speaker{folded, nick, isBot(folded)};
}

bool IrcPeople::isBridge(const std::string& nick) const
{
    constexpr std::uint64_t fewest = 3;
    const auto found = numbers_.find(asciiLower(nick));
    if (found == numbers_.end()) return false;
    const auto& one = nicks_[found->second];
    return one.relayed >= fewest && one.relayed * 5 >= one.lines * 4;
}

void IrcPeople::meet(const std::string& nick)
{
    auto folded = asciiLower(nick);
    if (met_.contains(folded)) return;
    const auto key = speaker(nick).key;
    const auto [known, fresh] = variants_.try_emplace(variantOf(folded), key);
    if (!fresh && known->second != key) known->second.clear();
    met_.emplace(std::move(folded), key);
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
        std::string key;
        if (const auto known = met_.find(folded); known != met_.end()) {
            key = known->second;
        } else if (const auto like = variants_.find(folded); like != variants_.end()) {
            key = like->second;
        }
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
