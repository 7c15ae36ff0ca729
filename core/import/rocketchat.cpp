#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonrecords.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"
#include "core/import/silentsink.h"
#include "core/import/texttable.h"

#include <utility>

namespace kith {
namespace {

constexpr auto remedy = "Ask Rocket.Chat's interface for the messages of a room.";

/// "2020-05-02T07:30:42.993Z", alone or as {"$date": ...}, which may be milliseconds.
std::optional<Time> timeOf(const Json& value)
{
    const auto& inner = value.isObject() ? value["$date"] : value;
    constexpr std::int64_t year9999 = 253'370'764'800'000;
    if (const auto number = inner.integer()) {
        if (*number <= 0 || *number >= year9999) return std::nullopt;
        return fromMillis(*number);
    }
    const auto iso = parseIso(inner.text());
    if (!iso || iso->dateOnly) return std::nullopt;
    return Time(iso->wall.time_since_epoch()) - iso->offset.value_or(std::chrono::minutes(0));
}

/// Messages of Rocket.Chat's interface. Reactions name people by user name only, so a first walk
/// finds out whose id each name is.
class RocketChatMessages {
public:
    RocketChatMessages(const ReadOptions& options, Sink& sink)
        : options_(options), sink_(sink), people_(sink)
    {}

    void learn(const Json& json)
    {
        const auto meet = [&](const Json& user) {
            if (!user["username"].text().empty() && !user["_id"].text().empty())
                ids_.set(user["username"].text(), user["_id"].text());
        };
        meet(json["u"]);
        for (const auto& one : json["mentions"].items()) meet(one);
    }

    void take(const Json& json, const Place& place)
    {
        const auto when = timeOf(json["ts"]);
        if (!when || json["_id"].text().empty()) {
            return sink_.problem(
                {Outcome::Refused, place, "the message has no id or no valid time"});
        }
        auto room = options_.conversation.empty() ? json["rid"].text() : options_.conversation;
        if (!json["t"].text().empty()) {
            return sink_.system({json["_id"].text(), room, *when, true,
                                 withoutNul(json["u"]["username"].text() + ": " + json["t"].text() +
                                            " " + json["msg"].text()),
                                 place});
        }
        MessageRecord message;
        message.id = json["_id"].text();
        message.conversation = std::move(room);
        message.account = person(json["u"]);
        message.time = *when;
        message.place = place;
        message.text = json["msg"].text();
        message.edited = json.has("editedAt");
        message.bot = json["bot"].isObject();
        addTies(json, message);
        for (const auto& [emoji, who] : json["reactions"].members()) {
            for (const auto& name : who["usernames"].items()) {
                if (!name.text().empty())
                    message.reactions.push_back({keyOf(name.text()), emoji, std::nullopt});
            }
        }
        for (const auto& file : json["files"].items())
            message.attachments.push_back(withoutNul(file["name"].text()));
        limitText(message, sink_);
        sink_.message(std::move(message));
    }

private:
    std::string keyOf(const std::string& username)
    {
        if (const auto known = ids_.find(username)) return std::string(*known);
        people_.tell(username, username, username);
        return username;
    }

    std::string person(const Json& user)
    {
        const auto& id = user["_id"].text();
        const auto& username = user["username"].text();
        if (id.empty()) return username.empty() ? std::string() : keyOf(username);
        const auto& name = user["name"].text();
        people_.tell(id, name.empty() ? username : name, username);
        return id;
    }

    void addTies(const Json& json, MessageRecord& message)
    {
        const auto& thread = json["tmid"].text();
        if (!thread.empty()) {
            message.thread = thread;
            message.ties.push_back({TieKind::Reply, {}, thread, 1});
        } else if (json.has("tcount")) {
            message.thread = message.id;
        }
        for (const auto& one : json["mentions"].items()) {
            const auto& id = one["_id"].text();
            if (id.empty() || id == "all" || id == "here" || id == message.account) continue;
            message.ties.push_back({TieKind::Mention, person(one), {}, 1});
        }
    }

    const ReadOptions& options_;
    Sink& sink_;
    SenderBook people_;
    TextTable ids_;  ///< user name -> id
};

class RocketChatReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"rocketchat",
                                     "Rocket.Chat messages (a page of its interface, JSON)",
                                     {"rocketchat"},
                                     {".json"},
                                     {.replies = true, .mentions = true, .reactions = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const FirstRecord first(probe.head, "messages");
        if (!first) return {};
        const auto& json = first.json();
        if (json.has("_id") && json.has("rid") && json.has("ts") && json.has("u"))
            return {92, "holds messages with Rocket.Chat's keys"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        task.begin("Reading " + placeIn(package, 0).text(), package.entries().front().size * 2);
        RocketChatMessages messages(options, sink);
        SilentSink silent;
        JsonRecords first(package, 0, {"messages"}, silent, task);
        while (const auto record = first.next()) messages.learn(record->json);
        JsonRecords second(package, 0, {"messages"}, sink, task);
        while (const auto record = second.next()) messages.take(record->json, record->place);
        second.require("messages", remedy);
        return {second.seen(), "rocketchat", {}, false};
    }
};

}  // namespace

const Reader& rocketChatReader()
{
    static const RocketChatReader reader;
    return reader;
}

}  // namespace kith
