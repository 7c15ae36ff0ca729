#include "core/base/text.h"
#include "core/import/jsonitems.h"
#include "core/import/markup.h"
#include "core/import/once.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace kith {
namespace {

/// "> <@ann:example.org> her words" in front of an answer, up to the empty line.
std::string withoutFallback(std::string_view body)
{
    if (!body.starts_with("> ")) return std::string(body);
    while (body.starts_with('>')) {
        const auto end = body.find('\n');
        if (end == std::string_view::npos) return {};
        body.remove_prefix(end + 1);
    }
    return std::string(trim(body));
}

/// The people behind links of the form "https://matrix.to/#/@ann:example.org".
std::vector<std::string> pills(std::string_view html)
{
    constexpr std::string_view link = "matrix.to/#/";
    std::vector<std::string> found;
    Once met;
    for (auto at = html.find(link); at != html.npos; at = html.find(link, at + 1)) {
        // A name is short; to look further each time would take long where many links never end.
        constexpr std::size_t longest = 512;
        const auto rest = html.substr(at + link.size(), longest);
        auto name = decodeEntities(rest.substr(0, rest.find_first_of("\"'?")));
        name = replaceAll(replaceAll(std::move(name), "%40", "@"), "%3A", ":");
        if (name.starts_with('@') && met.first(name)) found.push_back(std::move(name));
    }
    return found;
}

class MatrixImport {
public:
    MatrixImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), options_(options), sink_(sink), task_(task), people_(sink)
    {}

    ReadReport run()
    {
        task_.begin("Reading " + package_.name(), package_.entries().front().size);
        room_ = scalarOf(package_, 0, "room_name");
        if (room_.empty())
            room_ = options_.conversation.empty() ? "Matrix room" : options_.conversation;
        JsonItems items(package_, 0, {"messages"}, sink_, task_);
        items.each([&](const JsonItems::Item& item) { take(item); });
        const auto place = placeIn(package_, 0);
        if (unreadable_ > 0) {
            sink_.problem({Outcome::Noted, place,
                           fmt::format("{} messages could not be decrypted when the room was "
                                       "exported: only who wrote when is known",
                                       unreadable_)});
        }
        return {items.seen(), "matrix", {}, false};
    }

private:
    /// What is told of an earlier event, in one of its own.
    void changed(const Json& json, const Place& place, ChangeRecord::Kind kind)
    {
        const auto& content = json["content"];
        const auto& relates = content["m.relates_to"];
        const bool edit = kind == ChangeRecord::Kind::Edit;
        ChangeRecord change;
        change.kind = kind;
        change.conversation = room_;
        change.message = relates["event_id"].text();
        change.account = json["sender"].text();
        change.text = edit ? content["m.new_content"]["body"].text() : relates["key"].text();
        if (change.text.starts_with("> <@")) change.text = withoutFallback(change.text);
        if (edit) change.text = boundedText(std::move(change.text), place, sink_);
        change.time = epochMillis(json["origin_server_ts"]);
        change.place = place;
        if (!change.message.empty() && !change.account.empty()) sink_.change(std::move(change));
    }

    void take(const JsonItems::Item& item)
    {
        const auto& json = item.json;
        const auto& id = json["event_id"].text();
        const auto time = epochMillis(json["origin_server_ts"]);
        if (id.empty() || !time) {
            return sink_.problem(
                {Outcome::Refused, item.place,
                 id.empty() ? "the event has no id" : "the event's origin_server_ts is no time"});
        }
        const auto& type = json["type"].text();
        const auto& relation = json["content"]["m.relates_to"]["rel_type"].text();
        if (relation == "m.replace" || relation == "m.annotation") {
            changed(
                json, item.place,
                relation == "m.replace" ? ChangeRecord::Kind::Edit : ChangeRecord::Kind::Reaction);
            return sink_.problem({Outcome::Skipped, item.place,
                                  relation == "m.replace"
                                      ? "an edit; its words stand in the message it edits"
                                      : "a reaction; it stands at its message"});
        }
        if (type == "m.room.message" || type == "m.sticker" || type == "m.room.encrypted" ||
            type.find("poll.start") != std::string::npos) {
            return said(json, item.place, id, *time, type);
        }
        member(json, type);
        sink_.system({id, room_, *time, true, described(json, type), item.place});
    }

    void member(const Json& json, const std::string& type)
    {
        const auto& name = json["content"]["displayname"].text();
        const auto& who = json["state_key"].text();
        if (type != "m.room.member" || name.empty() || !who.starts_with('@')) return;
        describe(who, name);
    }

    void describe(const std::string& key, const std::string& name)
    {
        if (!name.empty() && people_.isNews(key, name)) sink_.account({key, name, key, false});
    }

    static std::string described(const Json& json, const std::string& type)
    {
        const auto& content = json["content"];
        const auto& who =
            json["state_key"].text().empty() ? json["sender"].text() : json["state_key"].text();
        if (type == "m.room.member") {
            const auto& before = json["unsigned"]["prev_content"].isObject()
                                     ? json["unsigned"]["prev_content"]
                                     : json["prev_content"];
            const auto& now = content["membership"].text();
            if (now == before["membership"].text()) return who + " changed name or picture";
            return who + ": " + now;
        }
        for (const auto* key : {"name", "topic", "body"}) {
            if (content[key].isString()) return type + ": " + shorten(content[key].text(), 1000);
        }
        return type;
    }

    void said(const Json& json, const Place& place, const std::string& id, Time time,
              const std::string& type)
    {
        const auto& content = json["content"];
        MessageRecord record;
        record.id = id;
        record.conversation = room_;
        record.account = json["sender"].text();
        record.time = time;
        record.place = place;
        record.deleted = json["unsigned"]["redacted_because"].isObject() ||
                         json["redacted_because"].isObject() || content.members().empty();
        const auto& kind = content["msgtype"].text();
        record.bot = kind == "m.notice";
        addRelations(content, record);
        if (!record.deleted) {
            if (type == "m.room.encrypted") {
                ++unreadable_;
            } else {
                fillText(content, kind, record);
            }
        }
        sink_.message(std::move(record));
    }

    void fillText(const Json& content, const std::string& kind, MessageRecord& record)
    {
        std::string body = content["body"].text();
        constexpr std::array<std::string_view, 4> media{"m.image", "m.file", "m.audio", "m.video"};
        if (std::ranges::find(media, kind) != media.end()) {
            const std::string file = content["filename"].text();
            record.attachments.push_back(!file.empty()  ? file
                                         : body.empty() ? kind.substr(2)
                                                        : body);
            if (file.empty() || file == body) body.clear();
        }
        const bool answer = content["m.relates_to"]["m.in_reply_to"].isObject();
        record.text = boundedText(answer ? withoutFallback(body) : body, record.place, sink_);
        if (body.empty() && content["m.poll"].isObject()) {
            record.text = content["m.poll"]["question"]["m.text"].text();
        }
        addMentions(content, record);
    }

    static void addRelations(const Json& content, MessageRecord& record)
    {
        const auto& relates = content["m.relates_to"];
        const bool inThread = relates["rel_type"].text() == "m.thread";
        if (inThread) record.thread = relates["event_id"].text();
        const auto& answered = relates["m.in_reply_to"]["event_id"].text();
        // In a thread it may only point at the last message, for programs that know no threads.
        const bool real = !inThread || !relates["is_falling_back"].isTrue();
        if (!answered.empty() && real) record.ties.push_back({TieKind::Reply, {}, answered, 1});
    }

    static void addMentions(const Json& content, MessageRecord& record)
    {
        std::vector<std::string> people;
        if (content["m.mentions"].isObject()) {
            for (const auto& one : content["m.mentions"]["user_ids"].items()) {
                if (one.text().starts_with('@')) people.push_back(one.text());
            }
        } else {
            auto html = std::string_view(content["formatted_body"].text());
            // The quoted words of an answer name the one who is answered.
            if (const auto end = html.find("</mx-reply>"); end != html.npos)
                html.remove_prefix(end);
            people = pills(html);
        }
        for (auto& one : people) {
            if (one != record.account)
                record.ties.push_back({TieKind::Mention, std::move(one), {}, 1});
        }
    }

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    std::string room_;
    SenderBook people_;
    std::uint64_t unreadable_ = 0;
};

class MatrixReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "matrix",  "Matrix room (exported from Element as JSON)", {"matrix"},
            {".json"}, {.replies = true, .mentions = true},           true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        if (!start.starts_with('{')) return {};
        const auto has = [&](std::string_view key) { return start.find(key) != start.npos; };
        if (has("\"room_name\"") && has("\"messages\"")) {
            const bool events = has("\"origin_server_ts\"") || has("\"exported_by\"");
            return {events ? 95 : 60, "holds the events of a Matrix room"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return MatrixImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& matrixReader()
{
    static const MatrixReader reader;
    return reader;
}

}  // namespace kith
