#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/googlechatdate.h"
#include "core/import/jsonrecords.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestList = 16U << 20U;

/// One folder of "Google Chat/Groups".
struct Group {
    std::optional<std::size_t> messages;
    std::optional<std::size_t> about;
};

std::map<std::string, Group> groupsOf(std::span<const Package::Entry> entries)
{
    std::map<std::string, Group> all;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string_view name = entries[i].name;
        const auto slash = name.rfind('/');
        if (slash == name.npos) continue;
        const auto last = name.substr(slash + 1);
        const std::string folder(name.substr(0, slash));
        if (last == "messages.json") all[folder].messages = i;
        if (last == "group_info.json") all[folder].about = i;
    }
    std::erase_if(all, [](const auto& one) { return !one.second.messages || !one.second.about; });
    return all;
}

class GoogleChatImport {
public:
    GoogleChatImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), options_(options), sink_(sink), task_(task), people_(sink)
    {}

    ReadReport run()
    {
        const auto groups = groupsOf(package_.entries());
        std::uint64_t bytes = 0;
        for (const auto& [folder, group] : groups)
            bytes += package_.entries()[*group.messages].size;
        task_.begin("Reading " + package_.name(), bytes);
        for (const auto& [folder, group] : groups) readGroup(folder, group);
        if (seen_ == 0) {
            throw Error(Error::Kind::BadInput, "the archive holds no messages",
                        {package_.name(), {}, {}, {}}, "Ask Google Takeout for Google Chat again.");
        }
        return {seen_, "google-chat", {}, false};
    }

private:
    void readGroup(const std::string& folder, const Group& group)
    {
        nameGroup(folder, *group.about);
        if (!isWanted(options_, conversation_)) return;
        JsonRecords records(package_, *group.messages, {"messages"}, sink_, task_);
        while (const auto record = records.next()) take(*record);
        records.note();
        seen_ += records.seen();
    }

    /// Its name, or who is in it, and the folder's id, since names occur twice.
    void nameGroup(const std::string& folder, std::size_t entry)
    {
        const auto place = placeIn(package_, entry);
        Json about;
        try {
            const auto source = package_.open(entry);
            about = Json::parse(readAll(*source, longestList), place);
        } catch (const Error& error) {
            if (error.kind() == Error::Kind::FileUnreadable) throw;
            sink_.problem(
                {Outcome::Noted, place, "the list is unreadable and left out: " + error.cause()});
        }
        std::vector<std::string> members;
        for (const auto& member : about["members"].items()) {
            if (const auto key = person(member); !key.empty()) members.push_back(people_.name(key));
        }
        std::ranges::sort(members);
        const auto last = folder.substr(folder.rfind('/') + 1);
        const auto id = last.substr(last.rfind(' ') + 1);
        auto name = withoutNul(about["name"].text());
        if (name.empty()) name = "Direct messages: " + join(members, ", ");
        conversation_ = name + " (" + id + ")";
    }

    /// The address tells people apart; where there is none, the name.
    std::string person(const Json& who)
    {
        const auto& name = who["name"].text();
        auto key = withoutNul(asciiLower(who["email"].text()));
        if (key.empty()) key = withoutNul(name);
        people_.tell(key, name.empty() ? key : name, {}, who["user_type"].text() == "Bot");
        return key;
    }

    void take(const JsonRecords::Record& record)
    {
        const auto& json = record.json;
        const auto refuse = [&](std::string what) {
            sink_.problem({Outcome::Refused, record.place, std::move(what)});
        };
        const auto& date = json["created_date"].text();
        const bool deleted = json["message_state"].text() == "DELETED" || json.has("deleted_date");
        const auto when = googleChatTime(date.empty() ? json["deleted_date"].text() : date);
        if (!when) {
            return refuse("the date \"" + shorten(date, 80) +
                          "\" is not understood: Kith reads dates in English, German, French, "
                          "Spanish, Portuguese, Italian and Dutch");
        }
        MessageRecord message;
        message.id = json["message_id"].text();
        message.conversation = conversation_;
        message.thread = json["topic_id"].text();
        message.time = *when;
        message.place = record.place;
        message.account = person(json["creator"]);
        message.bot = json["creator"]["user_type"].text() == "Bot";
        message.deleted = deleted;
        message.edited = json.has("updated_date");
        if (!deleted) message.text = json["text"].text();
        addTies(json, message);
        for (const auto& file : json["attached_files"].items()) {
            const std::string_view name = file["original_name"].text();
            const std::string_view stored = file["export_name"].text();
            message.attachments.push_back(withoutNul(std::string(!name.empty()    ? name
                                                                 : stored.empty() ? "file"
                                                                                  : stored)));
        }
        for (const auto& reaction : json["reactions"].items()) {
            for (const auto& one : reaction["reactor_emails"].items()) {
                if (one.text().empty()) continue;
                message.reactions.push_back({withoutNul(asciiLower(one.text())),
                                             withoutNul(reaction["emoji"]["unicode"].text()),
                                             std::nullopt});
            }
        }
        limitText(message, sink_);
        sink_.message(std::move(message));
    }

    /// Whose words are quoted, and who is named.
    void addTies(const Json& json, MessageRecord& message)
    {
        const auto quoted = json["quoted_message_metadata"].isObject()
                                ? person(json["quoted_message_metadata"]["creator"])
                                : std::string();
        if (!quoted.empty()) message.ties.push_back({TieKind::Reply, quoted, {}, 1});
        for (const auto& one : json["annotations"].items()) {
            const auto& named = one["user_mention_metadata"];
            if (!named.isObject()) continue;
            const auto key = person(named["user"].isObject() ? named["user"] : named);
            if (!key.empty() && key != message.account)
                message.ties.push_back({TieKind::Mention, key, {}, 1});
        }
    }

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    SenderBook people_;
    std::string conversation_;
    std::uint64_t seen_ = 0;
};

class GoogleChatReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"google-chat",
                                     "Google Chat, from Google Takeout",
                                     {"google-chat"},
                                     {".zip"},
                                     {.replies = true, .mentions = true, .reactions = true},
                                     true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        if (!groupsOf(probe.entries).empty())
            return {92, "holds the groups of Google Chat, with their members"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return GoogleChatImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& googleChatReader()
{
    static const GoogleChatReader reader;
    return reader;
}

}  // namespace kith
