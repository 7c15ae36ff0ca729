#include "core/import/slackmessage.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>
#include <functional>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestText = 256U << 10U;
/// In texts: a short text that names a long name many times would grow out of all proportion.
constexpr std::size_t longestName = 200;

constexpr std::array<std::string_view, 14> saidSubtypes{
    "bot_message",  "file_share",       "file_comment",      "file_mention",
    "me_message",   "thread_broadcast", "reply_broadcast",   "assistant_app_thread",
    "huddle_note",  "document_mention", "slackbot_response", "sh_room_shared",
    "bot_response", "app_conversation"};

constexpr std::array<std::string_view, 30> systemSubtypes{"channel_join",
                                                          "channel_leave",
                                                          "channel_topic",
                                                          "channel_purpose",
                                                          "channel_name",
                                                          "channel_archive",
                                                          "channel_unarchive",
                                                          "group_join",
                                                          "group_leave",
                                                          "group_topic",
                                                          "group_purpose",
                                                          "group_name",
                                                          "group_archive",
                                                          "group_unarchive",
                                                          "bot_add",
                                                          "bot_remove",
                                                          "bot_enable",
                                                          "bot_disable",
                                                          "pinned_item",
                                                          "unpinned_item",
                                                          "reminder_add",
                                                          "reminder_delete",
                                                          "huddle_thread",
                                                          "channel_convert_to_private",
                                                          "channel_convert_to_public",
                                                          "channel_posting_permissions",
                                                          "sh_room_created",
                                                          "joiner_notification",
                                                          "joiner_notification_for_inviter",
                                                          "channel_canvas_updated"};

template <class List>
bool holds(const List& list, std::string_view what)
{
    return std::ranges::find(list, what) != list.end();
}

/// display_name, else real_name, else name.
std::string labelOf(const Json& user)
{
    const auto& profile = user["profile"];
    for (const auto found :
         {profile["display_name"].text(), user["display_name"].text(), profile["real_name"].text(),
          user["real_name"].text(), user["name"].text()}) {
        if (!trim(found).empty()) return std::string(trim(found));
    }
    return {};
}

void addFiles(const Json& json, MessageRecord& message)
{
    const auto add = [&](const Json& file) {
        const auto& name = file["name"].text().empty() ? file["title"].text() : file["name"].text();
        message.attachments.push_back(name.empty() ? std::string("file") : name);
    };
    for (const auto& file : json["files"].items()) add(file);
    if (json["file"].isObject()) add(json["file"]);
}

/// "1452837318.000002" as a number to compare by.
std::uint64_t microseconds(std::string_view ts)
{
    const auto dot = ts.find('.');
    std::string digits(dot == std::string_view::npos ? std::string_view() : ts.substr(dot + 1));
    digits.resize(6, '0');
    const auto seconds = parseInteger(ts.substr(0, dot)).value_or(0);
    const auto parts = parseInteger(digits).value_or(0);
    return static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0)) * 1'000'000 +
           static_cast<std::uint64_t>(std::max<std::int64_t>(parts, 0));
}

}  // namespace

std::optional<Time> slackTime(std::string_view ts)
{
    constexpr std::int64_t year9999 = 253'370'764'800;
    const auto dot = ts.find('.');
    const auto seconds = parseInteger(ts.substr(0, dot));
    if (!seconds || *seconds <= 0 || *seconds >= year9999) return std::nullopt;
    std::int64_t millis = 0;
    if (dot != std::string_view::npos) {
        std::string digits(ts.substr(dot + 1));
        if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos)
            return std::nullopt;
        digits.resize(3, '0');
        millis = parseInteger(digits).value_or(0);
    }
    return fromMillis(*seconds * 1000 + millis);
}

void SlackMessages::addUsers(const Json& users, const Place& place)
{
    for (const auto& user : users.items()) {
        const auto& id = user["id"].text();
        if (id.empty()) continue;
        auto label = labelOf(user);
        if (label.empty()) label = id;
        const bool bot = user["is_bot"].isTrue() || id == "USLACKBOT";
        if (!users_.contains(tableKey(id))) {
            meet(id, label, user["name"].text(), bot);
        } else if (const auto known = nameOf(id); known != label) {
            sink_.problem(
                {Outcome::Noted, place,
                 fmt::format("the id {} belongs to both \"{}\" and \"{}\"; neither name is used",
                             id, known, label)});
            names_.users.set(id, id);
            labels_.set(id, id);
            handles_.set(id, {});
        }
    }
}

/// Somebody new; nullptr when there are more people than are remembered: those go by their ids.
SlackMessages::User* SlackMessages::meet(const std::string& id, const std::string& label,
                                         std::string_view handle, bool bot)
{
    auto* user = users_.add(tableKey(id)).first;
    if (user == nullptr || !names_.users.set(id, shorten(label, longestName))) return nullptr;
    if (label.size() > longestName) labels_.set(id, label);
    if (!handle.empty()) handles_.set(id, handle);
    user->bot = bot;
    return user;
}

void SlackMessages::addChannels(const Json& channels)
{
    for (const auto& channel : channels.items()) {
        const auto& id = channel["id"].text();
        const auto& name = channel["name"].text();
        if (!id.empty() && !name.empty()) names_.channels.set(id, shorten(name, longestName));
        if (!name.empty() || id.empty()) continue;
        std::vector<std::string> people;
        for (const auto& member : channel["members"].items()) {
            people.emplace_back(names_.users.text(member.text(), member.text()));
        }
        std::ranges::sort(people);
        folders_[id] = "Direct messages: " + join(people, ", ") + " (" + id + ")";
    }
}

void SlackMessages::beginChannel(const std::string& folder)
{
    const auto known = folders_.find(folder);
    conversation_ = known == folders_.end() ? folder : known->second;
    stamps_ = LatelyMet<bool>(rememberedStamps);
}

void SlackMessages::refuse(const Place& place, std::string what)
{
    ++seen_;
    sink_.problem({Outcome::Refused, place, std::move(what)});
}

/// Remembers the stamp. @return whether it was met before
bool SlackMessages::isKnown(const std::string& stamp)
{
    return std::exchange(stamps_.meet(std::hash<std::string>{}(stamp)), true);
}

void SlackMessages::takeDay(const std::vector<Item>& items)
{
    beginDay();
    for (const Item& item : items) survey(item.json);
    for (const Item& item : items) take(item);
}

void SlackMessages::beginDay()
{
    newest_.clear();
    surveyed_ = 0;
    taken_ = 0;
}

void SlackMessages::survey(const Json& json)
{
    ++surveyed_;
    const auto [newest, fresh] = newest_.add(tableKey(json["ts"].text()));
    if (newest == nullptr) return;
    const auto edited = microseconds(json["edited"]["ts"].text());
    if (fresh || newest->edited <= edited) *newest = {edited, surveyed_};
}

/// Whether the message at hand is the one to be kept of those with its stamp.
bool SlackMessages::isNewest(const std::string& stamp) const
{
    const auto* newest = newest_.find(tableKey(stamp));
    return newest == nullptr || newest->number == taken_;
}

void SlackMessages::take(const Item& item)
{
    ++seen_;
    ++taken_;
    const std::string ts = item.json["ts"].text();
    const bool old = slackTime(ts) && (!isNewest(ts) || isKnown(ts));
    if (!old) return read(item);
    ++versions_;
    sink_.problem(
        {Outcome::Skipped, item.place, "another version of the message " + ts + " is kept"});
}

void SlackMessages::read(const Item& item)
{
    const auto& json = item.json;
    const auto time = slackTime(json["ts"].text());
    if (!time) {
        sink_.problem({Outcome::Refused, item.place,
                       "the stamp \"" + shorten(json["ts"].text(), 30) + "\" is no time"});
        return;
    }
    const auto& subtype = json["subtype"].text();
    if (subtype == "message_changed" || subtype == "message_deleted" ||
        subtype == "message_replied") {
        sink_.problem({Outcome::Skipped, item.place, "an event about another message"});
        return;
    }
    const bool unknown = !subtype.empty() && subtype != "tombstone" &&
                         !holds(saidSubtypes, subtype) && !holds(systemSubtypes, subtype);
    if (unknown) unknownSubtypes_.insert(subtype);
    if (holds(systemSubtypes, subtype) || (unknown && json["user"].text().empty())) {
        sink_.system({json["ts"].text(), conversation_, *time, true,
                      readSlackText(json["text"].text(), names_).text, item.place});
        return;
    }
    said(item, *time, subtype);
}

/// Describes a person the first time something rests on him.
void SlackMessages::use(const std::string& id)
{
    auto* user = users_.find(tableKey(id));
    if (user == nullptr || std::exchange(user->sent, true)) return;
    sink_.account({id, std::string(nameOf(id)), std::string(handles_.text(id)), user->bot});
}

std::string SlackMessages::author(const Json& json, const std::string& subtype, bool& bot)
{
    auto id = json["user"].text();
    if (id.empty() && subtype == "file_comment") id = json["comment"]["user"].text();
    if (!id.empty()) {
        // People of other workspaces stand in no list, only beside their messages.
        const auto& profile = json["user_profile"];
        if (!users_.contains(tableKey(id)) && profile.isObject()) {
            const auto label = labelOf(profile);
            meet(id, label.empty() ? std::string(id) : label, profile["name"].text(), false);
        }
        use(id);
        const auto* user = users_.find(tableKey(id));
        bot = user != nullptr && user->bot;
        return id;
    }
    bot = true;
    // A bridge speaks for many people under one id: the name it gives tells them apart.
    const auto& username = json["username"].text();
    id = json["bot_id"].text();
    std::string key = id.empty() || username.empty() ? id + username : id + ":" + username;
    if (key.empty()) return {};
    if (!users_.contains(tableKey(key))) {
        const std::string label = username.empty() ? json["bot_profile"]["name"].text() : username;
        meet(key, label.empty() ? key : label, {}, true);
    }
    use(key);
    return key;
}

SlackText SlackMessages::textOf(const Json& json) const
{
    auto text = readSlackText(json["text"].text(), names_);
    if (!trim(text.text).empty()) return text;
    text = readSlackBlocks(json["blocks"], names_);
    if (!trim(text.text).empty()) return text;
    for (const auto& attachment : json["attachments"].items()) {
        for (const auto* key : {"pretext", "text", "fallback"}) {
            if (!text.text.empty() || !attachment[key].isString()) continue;
            text.text = readSlackText(attachment[key].text(), names_).text;
        }
    }
    return text;
}

void SlackMessages::said(const Item& item, Time time, const std::string& subtype)
{
    const auto& json = item.json;
    MessageRecord message;
    message.id = json["ts"].text();
    message.conversation = conversation_;
    message.time = time;
    message.place = item.place;
    addThread(json, message);
    if (subtype == "tombstone" || json["hidden"].isTrue()) {
        message.deleted = true;
        sink_.message(std::move(message));
        return;
    }
    message.account = author(json, subtype, message.bot);
    auto text = textOf(json);
    for (const auto& id : text.mentioned) {
        use(id);
        if (id != message.account) message.ties.push_back({TieKind::Mention, id, {}, 1});
    }
    message.text = std::move(text.text);
    if (message.text.size() > longestText) {
        sink_.problem({Outcome::Repaired, item.place,
                       fmt::format("the message is {} bytes long and was cut at 256 KB",
                                   message.text.size())});
        message.text = shorten(message.text, longestText);
    }
    message.edited = json["edited"].isObject();
    addFiles(json, message);
    addShared(json, message);
    addReactions(json, message);
    sink_.message(std::move(message));
}

void SlackMessages::addThread(const Json& json, MessageRecord& message) const
{
    const auto& root = json["thread_ts"].text();
    if (root.empty()) return;
    message.thread = root;
    if (root == message.id) return;
    message.ties.push_back({TieKind::Reply, json["parent_user_id"].text(), root, 1});
}

/// Another's message shown inside this one.
void SlackMessages::addShared(const Json& json, MessageRecord& message)
{
    for (const auto& attachment : json["attachments"].items()) {
        if (!attachment["is_share"].isTrue() && !attachment["is_msg_unfurl"].isTrue()) continue;
        const auto& id = attachment["author_id"].text();
        if (id.empty() || id == message.account) continue;
        use(id);
        message.ties.push_back({TieKind::Quote, id, {}, 1});
    }
}

void SlackMessages::addReactions(const Json& json, MessageRecord& message)
{
    for (const auto& reaction : json["reactions"].items()) {
        std::int64_t named = 0;
        for (const auto& user : reaction["users"].items()) {
            if (user.text().empty()) continue;
            ++named;
            use(user.text());
            message.reactions.push_back({user.text(), reaction["name"].text(), std::nullopt});
        }
        const auto missing = reaction["count"].integer().value_or(0) - named;
        if (missing > 0) missingReactors_ += static_cast<std::uint64_t>(missing);
    }
}

void SlackMessages::finish(const Place& place)
{
    const auto note = [&](std::string what) {
        sink_.problem({Outcome::Noted, place, std::move(what)});
    };
    if (versions_ > 0)
        note(fmt::format(
            "{} messages stand in the export in more than one version; the newest is kept",
            versions_));
    if (missingReactors_ > 0)
        note(fmt::format("{} reactions are counted in the export without saying whose they are",
                         missingReactors_));
    for (const auto& subtype : unknownSubtypes_)
        note("messages of the unknown kind \"" + shorten(subtype, 60) + "\" are kept");
}

}  // namespace kith
