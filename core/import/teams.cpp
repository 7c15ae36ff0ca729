#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/chatchoice.h"
#include "core/import/jsonitems.h"
#include "core/import/markup.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"
#include "core/import/teamstext.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace kith {
namespace {

enum Path : std::size_t { Personal, GraphPage, GraphList };

const std::vector<std::string>& paths()
{
    static const std::vector<std::string> all{"conversations[].MessageList", "value", ""};
    return all;
}

/// The directory's id of a person: what is left of "https://.../contacts/8:orgid:0f6c".
std::string personKey(std::string_view from)
{
    from = from.substr(from.rfind('/') + 1);
    constexpr std::string_view directory = "8:orgid:";
    if (from.starts_with(directory)) from.remove_prefix(directory.size());
    return std::string(from);
}

/// The member is JSON inside a string in personal exports, JSON itself elsewhere.
Json unfolded(const Json& value)
{
    if (!value.isString() || trim(value.text()).empty()) return value;
    try {
        return Json::parse(value.text());
    } catch (const Error&) {
        return {};  // what a program left there for itself: nothing to tell the user
    }
}

class TeamsImport {
public:
    TeamsImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), options_(options), sink_(sink), task_(task), people_(sink)
    {}

    ReadReport run()
    {
        const auto place = placeIn(package_, 0);
        if (!options_.chats.contains("*")) requireChoice(chatsIn(), options_, place);
        task_.begin("Reading " + package_.name(), package_.entries().front().size);
        JsonItems items(package_, 0, paths(), sink_, task_);
        items.each([&](const JsonItems::Item& item) {
            if (item.path == Personal) {
                if (isLeftOut(item)) return;
                return personal(item);
            }
            fromGraph(item);
        });
        for (const auto& kind : unknown_) {
            sink_.problem({Outcome::Noted, placeIn(package_, 0),
                           "messages of the unknown kind \"" + shorten(kind, 60) +
                               "\" were kept as system lines"});
        }
        noteLeftOut(leftChats_, place, sink_);
        return {items.seen() - leftMessages_, "teams", {}, false};
    }

private:
    void refuse(const JsonItems::Item& item, std::string what)
    {
        sink_.problem({Outcome::Refused, item.place, std::move(what)});
    }

    /// The conversations of a personal export that hold messages; none of pages of Graph's.
    std::vector<ListedChat> chatsIn()
    {
        task_.begin("Listing the chats of " + package_.name(), package_.entries().front().size);
        const auto source = package_.open(0);
        JsonElements elements(*source, placeIn(package_, 0), paths());
        std::vector<ListedChat> chats;
        std::uint64_t entered = 0;
        std::uint64_t before = 0;
        while (const auto element = elements.next()) {
            if (element->path != Personal) return {};
            if (std::exchange(entered, elements.entered(Personal)) != elements.entered(Personal))
                chats.push_back({conversationOf(elements)});
            ++chats.back().messages;
            task_.advance(elements.consumed() - std::exchange(before, elements.consumed()));
        }
        return chats;
    }

    /// Of a chat that was not chosen.
    bool isLeftOut(const JsonItems::Item& item)
    {
        const auto entered = item.around.entered(Personal);
        if (std::exchange(entered_, entered) != entered) {
            taken_ = isWanted(options_, conversationOf(item.around));
            leftChats_ += taken_ ? 0 : 1;
        }
        leftMessages_ += taken_ ? 0 : 1;
        return !taken_;
    }

    static std::string conversationOf(const JsonElements& around)
    {
        const auto name = around.scalar("conversations[].displayName").value_or("");
        const auto id = around.scalar("conversations[].id").value_or("");
        if (name.empty()) return id.empty() ? "Teams conversation" : id;
        return id.empty() ? name : name + " (" + id + ")";
    }

    void personal(const JsonItems::Item& item)
    {
        const auto& json = item.json;
        const auto& id = json["id"].text();
        const auto time = isoInstant(json["originalarrivaltime"].text());
        if (id.empty() || !time) {
            return refuse(item, id.empty() ? "the message has no id"
                                           : "originalarrivaltime \"" +
                                                 shorten(json["originalarrivaltime"].text(), 40) +
                                                 "\" is no time");
        }
        const auto& type = json["messagetype"].text();
        const bool known = type == "Text" || type.starts_with("RichText") || type.empty();
        if (!known) {
            if (!type.starts_with("ThreadActivity") && !type.starts_with("Event"))
                unknown_.insert(type);
            return sink_.system({id, conversationOf(item.around), *time, true,
                                 type + ": " + shorten(htmlToTextOf(json), 2000), item.place});
        }
        MessageRecord record;
        record.id = id;
        record.conversation = conversationOf(item.around);
        record.time = *time;
        record.place = item.place;
        record.account = personKey(json["from"].text());
        describe(record.account, json["displayName"].text(), false);
        addRoot(json["conversationid"].text(), record);
        const auto properties = unfolded(json["properties"]);
        record.deleted = !properties["deletetime"].text().empty();
        record.edited = !properties["edittime"].text().empty();
        if (!record.deleted) {
            const bool html = type != "Text";
            auto text = readTeamsHtml(json["content"].text());
            if (!html && json["content"].text().find('<') == std::string::npos) {
                text.text = decodeEntities(json["content"].text());
            }
            addText(std::move(text), personMentions(properties), record);
            addEmotions(unfolded(properties["emotions"]), record);
        }
        sink_.message(std::move(record));
    }

    static std::string htmlToTextOf(const Json& json)
    {
        return readTeamsHtml(json["content"].text()).text;
    }

    /// Answers in a channel name their thread: "19:...@thread.tacv2;messageid=1549".
    static void addRoot(const std::string& conversation, MessageRecord& record)
    {
        constexpr std::string_view mark = ";messageid=";
        const auto at = conversation.find(mark);
        if (at == std::string::npos) return;
        record.thread = conversation.substr(at + mark.size());
        if (record.thread != record.id) {
            record.ties.push_back({TieKind::Reply, {}, record.thread, 1});
        } else {
            record.kind = MessageKind::Post;
        }
    }

    static std::vector<std::string> personMentions(const Json& properties)
    {
        std::vector<std::string> people;
        const auto list = unfolded(properties["mentions"]);
        for (const auto& one : list.items()) {
            // Teams, channels and "everyone" are mentioned by other kinds of ids.
            const auto& who = one["mri"].text();
            if (who.starts_with("8:")) people.push_back(personKey(who));
        }
        return people;
    }

    void addText(TeamsText text, std::vector<std::string> people, MessageRecord& record)
    {
        record.text = boundedText(std::move(text.text), record.place, sink_);
        record.attachments = std::move(text.attachments);
        if (!text.repliesTo.empty() && text.repliesTo != record.id) {
            std::erase_if(record.ties,
                          [](const TieRecord& tie) { return tie.kind == TieKind::Reply; });
            record.ties.push_back(
                {TieKind::Reply, personKey(text.repliesToPerson), std::move(text.repliesTo), 1});
        }
        for (const auto& one : text.mentions) {
            if (one.starts_with("8:")) people.push_back(personKey(one));
        }
        std::set<std::string> once;
        for (auto& one : people) {
            if (one.empty() || one == record.account || !once.insert(one).second) continue;
            record.ties.push_back({TieKind::Mention, std::move(one), {}, 1});
        }
    }

    static void addEmotions(const Json& emotions, MessageRecord& record)
    {
        for (const auto& emotion : emotions.items()) {
            const auto users = unfolded(emotion["users"]);
            for (const auto& user : users.items()) {
                auto who = personKey(user["mri"].text());
                if (who.empty() || who == record.account) continue;
                record.reactions.push_back(
                    {std::move(who), emotion["key"].text(), epochMillis(user["time"])});
            }
        }
    }

    void fromGraph(const JsonItems::Item& item)
    {
        const auto& json = item.json;
        const auto& id = json["id"].text();
        const auto time = isoInstant(json["createdDateTime"].text());
        if (id.empty() || !time) {
            return refuse(item, id.empty() ? "the message has no id"
                                           : "createdDateTime \"" +
                                                 shorten(json["createdDateTime"].text(), 40) +
                                                 "\" is no time");
        }
        MessageRecord record;
        record.id = id;
        record.time = *time;
        record.place = item.place;
        const auto& chat = json["chatId"].text();
        const auto& channel = json["channelIdentity"]["channelId"].text();
        record.conversation = !chat.empty() ? chat : channel;
        if (record.conversation.empty()) record.conversation = options_.conversation;
        if (record.conversation.empty()) record.conversation = "Teams conversation";
        if (json["messageType"].text() != "message" && !json["messageType"].text().empty()) {
            const auto words = json["eventDetail"]["@odata.type"].text();
            return sink_.system({id, record.conversation, *time, true,
                                 words.empty() ? json["messageType"].text() : words, item.place});
        }
        fillGraph(json, channel, record);
        sink_.message(std::move(record));
    }

    void fillGraph(const Json& json, const std::string& channel, MessageRecord& record)
    {
        const auto& user = json["from"]["user"];
        const auto& program = json["from"]["application"];
        record.bot = user["id"].text().empty() && !program["id"].text().empty();
        const auto& who = record.bot ? program : user;
        record.account = who["id"].text();
        describe(record.account, who["displayName"].text(), record.bot);
        record.deleted = json["deletedDateTime"].isString();
        record.edited = json["lastEditedDateTime"].isString();
        const auto& root = json["replyToId"].text();
        if (!channel.empty()) record.thread = root.empty() ? record.id : root;
        if (root.empty() && !channel.empty()) record.kind = MessageKind::Post;
        if (!root.empty() && root != record.id) {
            record.ties.push_back({TieKind::Reply, {}, root, 1});
        }
        if (record.deleted) return;
        const auto& body = json["body"]["content"].text();
        TeamsText text;
        if (json["body"]["contentType"].text() == "text") {
            text.text = body;
        } else {
            text = readTeamsHtml(body);
        }
        text.attachments.clear();
        for (const auto& one : json["attachments"].items()) addAttachment(one, text);
        std::vector<std::string> people;
        for (const auto& one : json["mentions"].items()) {
            const auto& key = one["mentioned"]["user"]["id"].text();
            if (!key.empty()) people.push_back(key);
        }
        text.mentions.clear();
        const auto& subject = json["subject"].text();
        if (!subject.empty()) text.text = subject + (text.text.empty() ? "" : "\n\n" + text.text);
        addText(std::move(text), std::move(people), record);
        for (const auto& one : json["reactions"].items()) {
            const auto& from = one["user"]["user"]["id"].text();
            if (from.empty() || from == record.account) continue;
            record.reactions.push_back(
                {from, one["reactionType"].text(), isoInstant(one["createdDateTime"].text())});
        }
    }

    /// A quoted message stands among the attachments.
    static void addAttachment(const Json& attachment, TeamsText& text)
    {
        if (attachment["contentType"].text() != "messageReference") {
            const auto& name = attachment["name"].text();
            text.attachments.push_back(name.empty() ? std::string("file") : name);
            return;
        }
        const auto about = unfolded(attachment["content"]);
        text.repliesTo = about["messageId"].text();
        text.repliesToPerson = about["messageSender"]["user"]["id"].text();
    }

    void describe(const std::string& key, const std::string& name, bool bot)
    {
        if (key.empty()) return;
        if (!people_.isNews(key, name)) return;
        sink_.account({key, name, {}, bot || key.starts_with("28:")});
    }

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    SenderBook people_;
    std::set<std::string> unknown_;
    std::uint64_t entered_ = 0;
    bool taken_ = true;
    std::uint64_t leftChats_ = 0;
    std::uint64_t leftMessages_ = 0;
};

class TeamsReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "teams",
            "Microsoft Teams (personal export, or pages of the Graph interface)",
            {"teams"},
            {".json", ".tar"},
            {.replies = true, .mentions = true, .reactions = true},
            true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        if (!start.starts_with('{') && !start.starts_with('[')) return {};
        const auto has = [&](std::string_view key) { return start.find(key) != start.npos; };
        if (has("\"conversations\"") && has("\"MessageList\"")) {
            return {95, "holds the conversations of a Teams or Skype export"};
        }
        if (has("\"messageType\"") && has("\"createdDateTime\"") && has("\"body\"") &&
            (has("\"chatId\"") || has("\"channelIdentity\""))) {
            return {92, "holds messages with the keys of the Microsoft Graph interface"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return TeamsImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& teamsReader()
{
    static const TeamsReader reader;
    return reader;
}

}  // namespace kith
