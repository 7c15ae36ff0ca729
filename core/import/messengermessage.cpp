#include "core/import/messengermessage.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/messengerwords.h"
#include "core/import/mojibake.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace kith {
namespace {

/// Held back for turning a file round; a longer one is sent in parts, each turned round.
constexpr std::size_t mostItems = 20'000;
constexpr std::size_t mostBytes = 16U << 20U;

constexpr std::array<std::string_view, 4> noticeTypes{"Subscribe", "Unsubscribe", "Call", "Plan"};

std::optional<Time> millis(const Json& value)
{
    constexpr std::int64_t year9999 = 253'370'764'800'000;
    const auto number = value.integer();
    if (!number || *number <= 0 || *number >= year9999) return std::nullopt;
    return fromMillis(*number);
}

/// "inbox/eastfield_4711" as "4711"; the folder where there is no number.
std::string threadId(std::string_view path)
{
    const auto last = path.substr(path.rfind('/') + 1);
    const auto line = last.rfind('_');
    return std::string(line == last.npos || line + 1 == last.size() ? last : last.substr(line + 1));
}

/// The folder that a file stands in.
std::string folderOf(std::string_view entry)
{
    const auto slash = entry.rfind('/');
    if (slash == entry.npos) return {};
    entry = entry.substr(0, slash);
    return std::string(entry.substr(entry.rfind('/') + 1));
}

std::string conversationOf(const JsonRecords& records, const std::string& entry, bool encrypted,
                           const std::string& otherwise)
{
    if (encrypted) return records.scalar("threadName");
    auto title = withoutMojibake(records.scalar("title"));
    auto path = records.scalar("thread_path");
    if (path.empty()) path = folderOf(entry);
    if (title.empty()) title = otherwise;
    if (path.empty()) return title;
    const auto id = threadId(path);
    return title.empty() ? id : title + " (" + id + ")";
}

}  // namespace

MessengerThread messengerThread(const Package& package, std::size_t entry,
                                const std::string& otherwise, Sink& sink, Task& task)
{
    // The messages are passed over unread, and so is what cannot be read of them.
    JsonRecords records(package, entry, {"image.-"}, sink, task);
    while (records.next()) {
    }
    MessengerThread thread;
    thread.encrypted = records.elements().scalar("threadName").has_value();
    thread.conversation = withoutNul(
        conversationOf(records, package.entries()[entry].name, thread.encrypted, otherwise));
    if (thread.conversation.empty()) thread.conversation = "Messenger chat";
    return thread;
}

std::uint64_t MessengerMessages::read(JsonRecords& records, const MessengerThread& thread)
{
    encrypted_ = thread.encrypted;
    while (const auto record = records.next()) take(*record, thread);
    flush();
    return records.seen();
}

std::string MessengerMessages::whole(const Json& text) const
{
    return withoutNul(encrypted_ ? text.text() : withoutMojibake(text.text()));
}

/// There is no id: people of one name are one.
std::string MessengerMessages::person(const Json& name)
{
    auto key = whole(name);
    if (isGoneName(key)) return {};
    people_.tell(key, key);
    return key;
}

void MessengerMessages::take(const JsonRecords::Record& record, const MessengerThread& thread)
{
    const auto& json = record.json;
    const bool newer = json.has("senderName");
    const auto when = millis(newer ? json["timestamp"] : json["timestamp_ms"]);
    if (!when) {
        return sink_.problem({Outcome::Refused, record.place, "the message has no valid time"});
    }
    const auto& name = json[newer ? "senderName" : "sender_name"];
    auto text = whole(json[newer ? "text" : "content"]);
    const auto sender = whole(name);
    auto words = messengerWords(text, sender);
    const bool carries = json.has("share") || json.has("photos") || json.has("videos") ||
                         json.has("files") || json.has("audio_files");
    if (words == MessengerWords::Notice && carries) words = MessengerWords::Shared;
    const bool notice = std::ranges::find(noticeTypes, json["type"].text()) != noticeTypes.end() ||
                        json.has("call_duration") || words == MessengerWords::Notice;
    if (notice) {
        auto told = text.starts_with(sender) ? std::move(text) : sender + ": " + text;
        return keep(
            SystemRecord{{}, thread.conversation, *when, true, std::move(told), record.place},
            *when);
    }
    MessageRecord message;
    message.conversation = thread.conversation;
    message.account = person(name);
    if (message.account.empty()) ++gone_;
    message.time = *when;
    message.place = record.place;
    message.deleted = json["is_unsent"].isTrue() || json["isUnsent"].isTrue();
    addFiles(json, message);
    if (words == MessengerWords::Typed) {
        message.text = std::move(text);
    } else if (message.attachments.empty() && !json.has("share")) {
        message.attachments.emplace_back("attachment");
    }
    addShare(json, message);
    if (message.deleted) {
        message.text.clear();
        message.attachments.clear();
    }
    addReactions(json, message);
    limitText(message, sink_);
    keep(std::move(message), *when);
}

void MessengerMessages::addFiles(const Json& json, MessageRecord& message) const
{
    for (const auto& [key, what] : {std::pair{"photos", "photo"},
                                    {"videos", "video"},
                                    {"audio_files", "audio"},
                                    {"gifs", "gif"},
                                    {"media", "media"}}) {
        for (std::size_t i = 0; i < json[key].items().size(); ++i)
            message.attachments.emplace_back(what);
    }
    for (const auto& file : json["files"].items()) {
        auto name = fileNameOf(whole(file["uri"]));
        message.attachments.push_back(name.empty() ? std::string("file") : std::move(name));
    }
    if (json["sticker"].isObject()) message.attachments.emplace_back("sticker");
}

void MessengerMessages::addShare(const Json& json, MessageRecord& message) const
{
    const auto& share = json["share"];
    const auto link = whole(share["link"]);
    if (message.text.empty()) message.text = whole(share["share_text"]);
    if (!link.empty()) message.attachments.push_back(link);
}

void MessengerMessages::addReactions(const Json& json, MessageRecord& message)
{
    for (const auto& reaction : json["reactions"].items()) {
        auto key = person(reaction["actor"]);
        if (key.empty()) continue;
        const auto seconds = reaction["timestamp"].integer().value_or(0);
        std::optional<Time> when;
        if (seconds > 0 && seconds < 253'370'764'800) when = fromMillis(seconds * 1000);
        message.reactions.push_back({std::move(key), whole(reaction["reaction"]), when});
    }
}

void MessengerMessages::keep(Item item, Time time)
{
    if (items_.empty()) first_ = time;
    last_ = time;
    bytes_ += std::visit([](const auto& one) { return one.text.size(); }, item);
    items_.push_back(std::move(item));
    if (items_.size() >= mostItems || bytes_ >= mostBytes) flush();
}

void MessengerMessages::flush()
{
    if (first_ > last_) std::ranges::reverse(items_);
    for (auto& item : items_) {
        if (auto* message = std::get_if<MessageRecord>(&item)) {
            sink_.message(std::move(*message));
        } else {
            sink_.system(std::move(std::get<SystemRecord>(item)));
        }
    }
    items_.clear();
    bytes_ = 0;
}

void MessengerMessages::finish(const Place& place)
{
    if (gone_ == 0) return;
    sink_.problem({Outcome::Noted, place,
                   fmt::format("{} messages are by people who deleted their account: nobody can "
                               "tell them apart, so they stand without an author",
                               gone_)});
}

}  // namespace kith
