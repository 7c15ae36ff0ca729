#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/chatchoice.h"
#include "core/import/csv.h"
#include "core/import/discordnames.h"
#include "core/import/jsonrecords.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestList = 16U << 20U;
constexpr CsvDialect tableDialect{.separator = ',', .backslash = false};

/// One folder "messages/c123/".
struct Channel {
    std::optional<std::size_t> about;     ///< channel.json
    std::optional<std::size_t> messages;  ///< messages.json, or messages.csv in older packages
    bool table = false;
};

/// What stands where in the package; the names were written small until 2025.
struct Layout {
    std::optional<std::size_t> index;
    std::optional<std::size_t> owner;
    std::map<std::string, Channel> channels;  ///< by folder
};

Layout layoutOf(std::span<const Package::Entry> entries)
{
    Layout all;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto name = asciiLower(entries[i].name);
        const auto parts = split(name, '/');
        const auto last = parts.back();
        const auto above = parts.size() > 1 ? parts[parts.size() - 2] : std::string_view();
        const auto top = parts.size() > 2 ? parts[parts.size() - 3] : std::string_view();
        if (above == "messages" && last == "index.json") all.index = i;
        if (above == "account" && last == "user.json") all.owner = i;
        if (top != "messages") continue;
        auto& channel = all.channels[std::string(above)];
        if (last == "channel.json") channel.about = i;
        if (last == "messages.json" || (last == "messages.csv" && !channel.messages)) {
            channel.messages = i;
            channel.table = last == "messages.csv";
        }
    }
    return all;
}

/// "Direct Message with ann#0" as "ann".
std::string plainName(std::string name)
{
    constexpr std::string_view front = "Direct Message with ";
    if (!name.starts_with(front)) return name;
    name.erase(0, front.size());
    const auto number = name.rfind('#');
    if (number != std::string::npos && parseInteger(name.substr(number + 1))) name.erase(number);
    return name;
}

class DiscordPackageImport {
public:
    DiscordPackageImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), options_(options), sink_(sink), task_(task), people_(sink)
    {}

    ReadReport run()
    {
        const auto layout = layoutOf(package_.entries());
        const Place place{package_.name(), {}, {}, {}};
        readOwner(layout);
        if (layout.index) index_ = document(*layout.index);
        if (!options_.chats.contains("*")) requireChoice(chatsOf(layout), options_, place);
        std::uint64_t bytes = 0;
        for (const auto& [folder, channel] : layout.channels) {
            if (channel.messages) bytes += package_.entries()[*channel.messages].size;
        }
        task_.begin("Reading " + package_.name(), bytes);
        for (const auto& [folder, channel] : layout.channels) {
            if (channel.messages) readChannel(folder, channel);
        }
        if (seen_ == 0) {
            throw Error(Error::Kind::BadInput, "the package holds no messages", place,
                        "Ask Discord for your data again and choose messages.");
        }
        if (direct_ > 0)
            sink_.problem({Outcome::Noted, place,
                           fmt::format("the package holds {} private conversations", direct_)});
        noteLeftOut(left_, place, sink_);
        return {seen_, "discord", {}, false};
    }

private:
    struct Named {
        std::string conversation;
        std::string other;      ///< in a conversation of two
        std::string otherName;  ///< empty where only the id is known
        bool direct = false;
    };

    Json document(std::size_t entry, bool tell = true)
    {
        const auto place = placeIn(package_, entry);
        try {
            const auto source = package_.open(entry);
            return Json::parse(readAll(*source, longestList), place);
        } catch (const Error& error) {
            if (error.kind() == Error::Kind::FileUnreadable) throw;
            if (error.kind() == Error::Kind::NeedsAnswer) throw;
            if (tell) {
                sink_.problem({Outcome::Noted, place,
                               "the list is unreadable and left out: " + error.cause()});
            }
            return {};
        }
    }

    void readOwner(const Layout& layout)
    {
        const auto user = layout.owner ? document(*layout.owner) : Json();
        owner_ = user["id"].text();
        if (owner_.empty()) {
            owner_ = "Me";
            sink_.problem({Outcome::Noted,
                           {package_.name(), {}, {}, {}},
                           "the package does not say whose it is: its owner is called \"Me\""});
        }
        const auto& shown = user["global_name"].text();
        const auto& name = user["username"].text();
        const auto label = !shown.empty() ? shown : name.empty() ? owner_ : name;
        people_.tell(owner_, label, name);
    }

    std::vector<ListedChat> chatsOf(const Layout& layout)
    {
        task_.begin("Listing the channels of " + package_.name(), 0);
        std::vector<ListedChat> chats;
        for (const auto& [folder, channel] : layout.channels) {
            if (!channel.messages) continue;
            const auto messages = channel.table
                                      ? countRows(*channel.messages)
                                      : countElements(package_, *channel.messages, {""}, task_);
            if (messages > 0)
                chats.push_back({nameOf(folder, aboutOf(channel, false)).conversation, messages});
        }
        return chats;
    }

    Json aboutOf(const Channel& channel, bool tell)
    {
        return channel.about ? document(*channel.about, tell) : Json();
    }

    void readChannel(const std::string& folder, const Channel& channel)
    {
        const auto named = nameOf(folder, aboutOf(channel, true));
        if (!isWanted(options_, named.conversation)) {
            ++left_;
            return;
        }
        conversation_ = named.conversation;
        other_ = named.other;
        if (!other_.empty() && !named.otherName.empty()) people_.tell(other_, named.otherName);
        if (named.direct) ++direct_;
        if (channel.table) {
            readTable(*channel.messages);
        } else {
            readList(*channel.messages);
        }
    }

    Named nameOf(const std::string& folder, const Json& about) const
    {
        std::string id = about["id"].text();
        if (id.empty()) id = folder.starts_with('c') ? folder.substr(1) : folder;
        std::string name = about["name"].text();
        std::string guild = about["guild"]["name"].text();
        const std::string known = index_[id].text();
        auto named = nameDirect(about, known, name, guild);
        constexpr std::string_view in = " in ";
        const auto cut = known.rfind(in);
        if (guild.empty() && cut != std::string::npos) guild = known.substr(cut + in.size());
        if (name.empty()) name = known.substr(0, guild.empty() ? known.npos : cut);
        named.conversation = withoutNul(discordConversation(name, guild, id));
        return named;
    }

    /// A conversation of two: the other one is who every message is for.
    Named nameDirect(const Json& about, const std::string& known, std::string& name,
                     std::string& guild) const
    {
        Named named;
        const auto people = about["recipients"].items();
        if (people.empty() || about["guild"].isObject()) return named;
        guild = "Direct Messages";
        if (name.empty()) name = plainName(known);
        if (people.size() > 2) {
            named.direct = true;
            return named;
        }
        for (const auto& one : people) {
            if (one.text() != owner_ && one.text() != deletedDiscordUser) named.other = one.text();
        }
        if (name.empty()) name = named.other;
        named.otherName = name;
        named.direct = !named.other.empty();
        return named;
    }

    std::uint64_t countRows(std::size_t entry) const
    {
        const auto source = package_.open(entry);
        CsvReader rows(*source, package_.entries()[entry].name, tableDialect);
        rows.takeCut();
        std::uint64_t count = 0;
        while (rows.next()) {
            ++count;
            task_.advance(0);
        }
        return count > 0 ? count - 1 : 0;  // without the header
    }

    void readList(std::size_t entry)
    {
        JsonRecords records(package_, entry, {""}, sink_, task_);
        while (const auto record = records.next()) {
            const auto& json = record->json;
            take(json["ID"].text(), json["Timestamp"].text(), json["Contents"].text(),
                 json["Attachments"].text(), record->place);
        }
        records.note();
        seen_ += records.seen();
    }

    void readTable(std::size_t entry)
    {
        const auto source = package_.open(entry);
        CsvReader rows(*source, package_.entries()[entry].name, tableDialect);
        rows.takeCut();
        auto place = placeIn(package_, entry);
        bool header = true;
        std::uint64_t before = 0;
        while (const auto* row = rows.next()) {
            task_.advance(rows.consumed() - std::exchange(before, rows.consumed()));
            if (std::exchange(header, false)) continue;
            ++seen_;
            place.line = row->line;
            if (row->cut || row->fields.size() < 3) {
                sink_.problem({Outcome::Refused, place,
                               row->cut ? std::string(cutRow)
                                        : fmt::format("the row has {} fields instead of 4",
                                                      row->fields.size())});
                continue;
            }
            take(row->fields[0], row->fields[1], row->fields[2],
                 row->fields.size() > 3 ? row->fields[3] : std::string(), place);
        }
    }

    /// All times are UTC, whether they say so or not.
    void take(const std::string& id, const std::string& time, const std::string& text,
              const std::string& files, const Place& place)
    {
        const auto iso = parseIso(time);
        if (!iso) {
            return sink_.problem(
                {Outcome::Refused, place, "the time \"" + shorten(time, 60) + "\" is no time"});
        }
        MessageRecord message;
        message.id = id;
        message.conversation = conversation_;
        message.account = owner_;
        message.time =
            Time(iso->wall.time_since_epoch()) - iso->offset.value_or(std::chrono::minutes(0));
        message.place = place;
        std::uint64_t keys = 0;
        message.text = withoutFileKeys(text, keys);
        for (const auto one : split(files, ' ')) {
            if (!trim(one).empty())
                message.attachments.push_back(withoutNul(fileNameOf(trim(one))));
        }
        if (!other_.empty()) message.ties.push_back({TieKind::Mention, other_, {}, 1});
        limitText(message, sink_);
        sink_.message(std::move(message));
    }

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    SenderBook people_;
    Json index_;
    std::string owner_;
    std::string other_;  ///< in a conversation of two
    std::string conversation_;
    std::uint64_t seen_ = 0;
    std::uint64_t direct_ = 0;
    std::uint64_t left_ = 0;
};

class DiscordPackageReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"discord-package",
                                     "Discord data package (your own messages)",
                                     {"discord"},
                                     {".zip"},
                                     {.onePersonsView = true},
                                     true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        const auto layout = layoutOf(probe.entries);
        const auto whole = std::ranges::any_of(layout.channels, [](const auto& one) {
            return one.second.about && one.second.messages;
        });
        if (layout.index && whole) return {95, "holds the folders of a Discord data package"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return DiscordPackageImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& discordPackageReader()
{
    static const DiscordPackageReader reader;
    return reader;
}

}  // namespace kith
