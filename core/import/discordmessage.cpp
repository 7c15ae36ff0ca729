#include "core/import/discordmessage.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>
#include <utility>

namespace kith {
namespace {

/// What people say; the numbers are answers of bots to commands.
constexpr std::array<std::string_view, 6> saidKinds{
    "Default", "Reply", "20", "23", "ChatInputCommand", "ContextMenuCommand"};

constexpr std::array<std::string_view, 18> systemKinds{"RecipientAdd",
                                                       "RecipientRemove",
                                                       "Call",
                                                       "ChannelNameChange",
                                                       "ChannelIconChange",
                                                       "ChannelPinnedMessage",
                                                       "GuildMemberJoin",
                                                       "ThreadCreated",
                                                       "ThreadStarterMessage",
                                                       "UserPremiumGuildSubscription",
                                                       "PollResult",
                                                       "8",
                                                       "9",
                                                       "10",
                                                       "11",
                                                       "12",
                                                       "21",
                                                       "46"};

template <class List>
bool holds(const List& list, std::string_view what)
{
    return std::ranges::find(list, what) != list.end();
}

/// What others see: the name in this guild, else the account's own.
std::string labelOf(const Json& user)
{
    for (const char* key : {"nickname", "displayName", "name"}) {
        if (!user[key].text().empty()) return user[key].text();
    }
    return {};
}

/// "ann#4711"; names without such a number are written with 0000.
std::string handleOf(const Json& user)
{
    const auto& name = user["name"].text();
    const auto& number = user["discriminator"].text();
    const bool numbered = number.find_first_not_of('0') != std::string::npos;
    return numbered ? name + "#" + number : name;
}

/// Whether a text names somebody, as shown or as stored.
bool names(std::string_view text, const Json& user)
{
    const auto& id = user["id"].text();
    if (text.find("<@" + id + ">") != text.npos || text.find("<@!" + id + ">") != text.npos)
        return true;
    return std::ranges::any_of(std::array{"nickname", "displayName", "name"}, [&](auto key) {
        const auto& name = user[key].text();
        return !name.empty() && text.find("@" + name) != text.npos;
    });
}

bool isForward(const Json& json)
{
    return json["reference"]["type"].text() == "Forward" || json["forwardedMessage"].isObject();
}

/// "<@id>" and "<@!id>" as the names of those who are mentioned. The text is gone through once:
/// what stands in a name is no mention.
std::string withNames(const std::string& text, const Json& mentions)
{
    constexpr std::string_view front = "<@";
    constexpr std::size_t longestId = 64;
    constexpr std::size_t longestName = 200;
    auto at = text.find(front);
    if (at == std::string::npos) return text;
    std::unordered_map<std::string, std::string> names;
    for (const auto& user : mentions.items())
        names.try_emplace(user["id"].text(), "@" + shorten(labelOf(user), longestName));
    std::string out;
    std::size_t from = 0;
    while (at != std::string::npos) {
        auto start = at + front.size();
        if (start < text.size() && text[start] == '!') ++start;
        const std::string_view near(text.data() + start, std::min(longestId, text.size() - start));
        const auto length = near.find('>');
        const auto known = names.find(std::string(near.substr(0, length)));
        if (length != std::string_view::npos && length > 0 && known != names.end()) {
            out.append(text, from, at - from).append(known->second);
            from = start + length + 1;
        }
        at = text.find(front, std::max(from, at + front.size()));
    }
    return out.append(text, from);
}

}  // namespace

void DiscordMessages::beginChannel(std::string id, std::string conversation, bool thread)
{
    channel_ = std::move(id);
    conversation_ = std::move(conversation);
    thread_ = thread;
}

void DiscordMessages::take(const Json& json, const Place& place)
{
    const auto refuse = [&](std::string what) {
        sink_.problem({Outcome::Refused, place, std::move(what)});
    };
    const auto id = discordId(json["id"]);
    for (const auto& one : {id, discordId(json["author"]["id"])}) {
        if (!one.damaged) continue;
        return refuse("the id " + shorten(one.text, 40) +
                      " has lost its last digits in another program");
    }
    const auto when = clock_.iso(json["timestamp"].text());
    if (!when)
        return refuse("the time \"" + shorten(json["timestamp"].text(), 60) + "\" is no time");
    const auto& kind = json["type"].text();
    const bool said = kind.empty() || holds(saidKinds, kind);
    if (!said) {
        if (!holds(systemKinds, kind)) unknownKinds_.insert(kind);
        const auto who = labelOf(json["author"]);
        const auto& what = json["content"].text();
        return sink_.system({id.text, conversation_, when->time, true,
                             withoutNul(who.empty() ? what : who + ": " + what), place});
    }
    MessageRecord message;
    message.id = id.text;
    message.conversation = conversation_;
    message.time = when->time;
    message.certainty = when->certainty;
    message.place = place;
    this->said(json, std::move(message));
}

void DiscordMessages::said(const Json& json, MessageRecord message)
{
    if (thread_) message.thread = channel_;
    message.account = author(json["author"]);
    message.bot = json["author"]["isBot"].isTrue();
    message.edited = json["timestampEdited"].isString();
    message.text = textOf(json, json["mentions"]);
    if (json["type"].text() == "Reply") addReply(json, message);
    if (isForward(json)) addForward(json, message);
    addMentions(json, message);
    addFiles(json, message);
    if (isForward(json)) addFiles(json["forwardedMessage"], message);
    addReactions(json, message);
    remember(message.id, message.account);
    limitText(message, sink_);
    sink_.message(std::move(message));
}

/// The key of a person, who is described when new.
std::string DiscordMessages::person(const Json& user)
{
    std::string key = user["id"].text();
    if (key == deletedDiscordUser) return {};
    const auto label = labelOf(user);
    if (key.empty()) key = withoutNul(handleOf(user));
    if (key.empty()) key = withoutNul(label);
    people_.tell(key, label.empty() ? key : label, handleOf(user), user["isBot"].isTrue());
    return key;
}

std::string DiscordMessages::author(const Json& user)
{
    if (user["id"].text().empty() && !labelOf(user).empty()) ++nameless_;
    return person(user);
}

void DiscordMessages::remember(const std::string& id, const std::string& account)
{
    if (!id.empty() && !authors_.find(tableKey(id))) authors_.set(tableKey(id), account);
}

/// Pins, thread starts and forwards point at messages too; only this is a reply.
void DiscordMessages::addReply(const Json& json, MessageRecord& message)
{
    const auto& target = json["reference"]["messageId"].text();
    if (target.empty()) return;
    const auto known = authors_.find(tableKey(target));
    message.ties.push_back({TieKind::Reply, std::string(known.value_or("")), target, 1});
}

/// Whoever is replied to stands among the mentions although the text does not name them: that is
/// the reply once more, and tells whose message it answers when that is not in the file.
void DiscordMessages::addMentions(const Json& json, MessageRecord& message)
{
    // As many names as Discord lets a message mention, in as long a text: it is gone through for
    // each of them.
    constexpr int mostNamed = 100;
    constexpr std::size_t longestContent = 16U << 10U;
    const std::string_view content = json["content"].text();
    const auto text = content.substr(0, longestContent);
    const bool reply = !message.ties.empty() && message.ties.front().kind == TieKind::Reply;
    int looked = 0;
    for (const auto& user : json["mentions"].items()) {
        const auto key = person(user);
        if (key.empty() || key == message.account) continue;
        if (reply) {
            auto& to = message.ties.front().account;
            if (to.empty() && ++looked <= mostNamed && !names(text, user)) to = key;
            if (to == key) continue;
        }
        message.ties.push_back({TieKind::Mention, key, {}, 1});
    }
}

void DiscordMessages::addForward(const Json& json, MessageRecord& message)
{
    const bool silent = trim(message.text).empty();
    if (silent) message.kind = MessageKind::Repost;
    const auto passed = textOf(json["forwardedMessage"], json["mentions"]);
    if (!passed.empty()) message.text += (silent ? "" : "\n") + passed;
    const auto& target = json["reference"]["messageId"].text();
    if (!target.empty())
        message.ties.push_back({silent ? TieKind::Repost : TieKind::Quote, {}, target, 1});
}

void DiscordMessages::addReactions(const Json& json, MessageRecord& message)
{
    for (const auto& reaction : json["reactions"].items()) {
        std::uint64_t named = 0;
        for (const auto& user : reaction["users"].items()) {
            auto key = person(user);
            if (key.empty()) continue;
            ++named;
            message.reactions.push_back(
                {std::move(key), withoutNul(reaction["emoji"]["name"].text()), std::nullopt});
        }
        const auto count = reaction["count"].integer().value_or(0);
        if (count > 0 && static_cast<std::uint64_t>(count) > named)
            missingReactors_ += static_cast<std::uint64_t>(count) - named;
    }
}

void DiscordMessages::addFiles(const Json& json, MessageRecord& message)
{
    for (const auto& file : json["attachments"].items()) {
        const auto& url = file["url"].text();
        if (url.find('?') != std::string::npos) ++keys_;
        const auto& name = file["fileName"].text();
        auto shown = withoutNul(name.empty() ? fileNameOf(url) : name);
        message.attachments.push_back(shown.empty() ? std::string("file") : std::move(shown));
    }
    for (const auto& sticker : json["stickers"].items())
        message.attachments.push_back("sticker " + withoutNul(sticker["name"].text()));
}

/// The words, with the names in place of ids; those of its boxes when it has none of its own.
std::string DiscordMessages::textOf(const Json& json, const Json& mentions)
{
    std::string text = withNames(json["content"].text(), mentions);
    if (trim(text).empty()) {
        for (const auto& box : json["embeds"].items()) {
            for (const char* key : {"title", "description"}) {
                if (box[key].text().empty()) continue;
                text += (text.empty() ? "" : "\n") + box[key].text();
            }
        }
    }
    return withoutFileKeys(std::move(text), keys_);
}

void DiscordMessages::finish(const Place& place)
{
    const auto note = [&](std::string what) {
        sink_.problem({Outcome::Noted, place, std::move(what)});
    };
    if (nameless_ > 0)
        note(
            fmt::format("{} messages have no id of their author; such people are told apart "
                        "by name only",
                        nameless_));
    if (keys_ > 0)
        note(fmt::format("{} links to files held an access key, which is not kept", keys_));
    if (missingReactors_ > 0)
        note(fmt::format("{} reactions are counted in the file without saying whose they are",
                         missingReactors_));
    for (const auto& kind : unknownKinds_)
        note("messages of the unknown kind \"" + shorten(kind, 60) + "\" are kept as notices");
    clock_.finish(place, sink_);
}

}  // namespace kith
