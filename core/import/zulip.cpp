#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonitems.h"
#include "core/import/jsonlines.h"
#include "core/import/readers.h"
#include "core/import/zulipreactions.h"
#include "core/import/zuliptext.h"
#include "core/import/zuliptopic.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace kith {
namespace {

constexpr std::int64_t personalRecipient = 1;
constexpr std::int64_t streamRecipient = 2;
constexpr std::int64_t groupRecipient = 3;

bool isMessageFile(std::string_view name)
{
    const auto last = lastPartOf(name);
    return last.starts_with("messages-") && last.ends_with(".json");
}

std::optional<std::size_t> entryCalled(std::span<const Package::Entry> entries,
                                       std::string_view name)
{
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (lastPartOf(entries[i].name) == name) return i;
    }
    return std::nullopt;
}

/// An organisation's export: realm.json and messages-000001.json onwards.
class ZulipImport {
public:
    ZulipImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), options_(options), sink_(sink), task_(task)
    {}

    ReadReport run()
    {
        const auto& entries = package_.entries();
        const auto realm = entryCalled(entries, "realm.json");
        if (!realm) {
            throw Error(Error::Kind::BadInput, "there is no file \"realm.json\" in it",
                        {package_.name(), {}, {}, {}}, "Export the organisation again.");
        }
        std::uint64_t bytes = entries[*realm].size;
        for (const auto& entry : entries) bytes += isMessageFile(entry.name) ? entry.size : 0;
        task_.begin("Reading " + package_.name(), bytes);
        readRealm(*realm);
        reactions_.emplace(package_, *realm, task_);
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (!isMessageFile(entries[i].name)) continue;
            seen += readFile(i);
        }
        finish(seen);
        return {seen, "zulip", {}, false};
    }

private:
    static constexpr std::int32_t nobody = -1;  ///< or several who have one name

    struct Person {
        TextPool::Number name = 0;
        bool bot = false;
        bool sent = false;
    };
    /// Kind and id of the stream, person or group in four bytes, for everybody is one.
    class Recipient {
    public:
        static constexpr std::int64_t mostIds = 1U << 30U;  ///< a server counts each from 1

        Recipient() = default;  ///< of no known kind: left out like direct messages
        Recipient(std::int64_t kind, std::int64_t of) : packed_(std::uint32_t(of * 4 + kind)) {}
        std::int64_t kind() const { return packed_ % 4; }
        std::int64_t of() const { return packed_ / 4; }

    private:
        std::uint32_t packed_ = 0;
    };

    std::uint64_t readFile(std::size_t entry)
    {
        JsonItems items(package_, entry, {"zerver_message"}, sink_, task_);
        return itemsOrRefusal(items, placeIn(package_, entry), sink_,
                              [&](const JsonItems::Item& item) { take(item.json, item.place); });
    }

    enum RealmPath : std::size_t {
        Realm,
        People,
        Mirrored,
        CrossRealm,
        Streams,
        Recipients,
        Reactions
    };

    void readRealm(std::size_t entry)
    {
        // The lists of the realm are no records: what is wrong with them is not counted.
        const auto source = package_.open(entry);
        JsonElements elements(*source, placeIn(package_, entry),
                              {"zerver_realm", "zerver_userprofile",
                               "zerver_userprofile_mirrordummy", "zerver_userprofile_crossrealm",
                               "zerver_stream", "zerver_recipient", "zerver_reaction"});
        while (auto* element = elements.parsed()) {
            task_.advance(0);
            try {
                realmRow(element->path, element->json());
            } catch (const Error& error) {
                sink_.problem({Outcome::Noted, error.where(),
                               "a line of the organisation's lists is left out: " + error.cause()});
            }
        }
        if (const auto& broken = elements.broken()) {
            sink_.problem({Outcome::Noted, broken->place,
                           "the organisation's lists are not whole: " + broken->what});
        }
    }

    void realmRow(std::size_t path, const Json& json)
    {
        const auto& id = json["id"].text();
        if (id.empty()) return;
        switch (path) {
        case Realm: realm_ = json["string_id"].text(); return;
        case Streams: streams_[id] = json["name"].text(); return;
        case Recipients: addRecipient(id, json); return;
        case Reactions: return;  // read with the messages
        default: break;
        }
        const auto& name = json["full_name"].text();
        const bool bot = json["is_bot"].isTrue() || path == CrossRealm;
        if (const auto [person, fresh] = people_.add(tableKey(id)); person != nullptr) {
            // Nobody is in two of the lists.
            if (fresh) person->name = names_.keep(name).value_or(0);
            person->bot = bot;
        }
        const auto [known, fresh] = byName_.add(tableKey(name));
        if (known == nullptr) return;
        const auto number = json["id"].integer().value_or(nobody);
        *known = fresh && std::in_range<std::int32_t>(number) ? std::int32_t(number) : nobody;
    }

    void addRecipient(const std::string& id, const Json& json)
    {
        const auto kind = json["type"].integer().value_or(0);
        const auto of = json["type_id"].integer().value_or(0);
        auto* one = recipients_.add(tableKey(id)).first;
        if (one == nullptr) return;
        const bool known = personalRecipient <= kind && kind <= groupRecipient && 0 <= of &&
                           of < Recipient::mostIds;
        *one = known ? Recipient(kind, of) : Recipient();
    }

    /// Foreign keys stand as "message" in exports and as "message_id" in some.
    static std::string refersTo(const Json& json, const std::string& key)
    {
        return json.has(key) ? json[key].text() : json[key + "_id"].text();
    }

    /// The key of a person, described the first time.
    std::string use(const std::string& id)
    {
        if (id.empty()) return {};
        auto key = realm_.empty() ? id : id + "@" + realm_;
        auto* person = people_.add(tableKey(id)).first;
        if (person == nullptr || std::exchange(person->sent, true)) return key;
        sink_.account({key, std::string(names_.at(person->name)), {}, person->bot});
        return key;
    }

    std::string use(const ZulipName& named)
    {
        if (!named.id.empty() && people_.contains(tableKey(named.id))) return use(named.id);
        const auto* known = byName_.find(tableKey(named.name));
        if (known == nullptr || *known == nobody) return {};
        return use(std::to_string(*known));
    }

    void take(const Json& json, const Place& place)
    {
        const auto& id = json["id"].text();
        const auto time =
            epochTime(json["date_sent"].isNull() ? json["pub_date"] : json["date_sent"]);
        if (id.empty() || !time) {
            return sink_.problem(
                {Outcome::Refused, place,
                 id.empty() ? "the message has no id" : "the message's date_sent is no time"});
        }
        const auto* to = recipients_.find(tableKey(refersTo(json, "recipient")));
        const bool stream = to != nullptr && to->kind() == streamRecipient;
        if (!stream && to != nullptr && !options_.privateToo) {
            ++private_;
            return sink_.problem({Outcome::Skipped, place, "a direct message"});
        }
        MessageRecord record;
        record.id = id;
        record.time = *time;
        record.place = place;
        record.conversation = to == nullptr ? std::string("Unknown stream")
                              : stream      ? streamName(std::to_string(to->of()))
                              : to->kind() == personalRecipient
                                  ? "Direct messages to " + personName(std::to_string(to->of()))
                                  : "Group message " + std::to_string(to->of());
        record.thread = json["subject"].text();
        const auto sender = refersTo(json, "sender");
        record.account = use(sender);
        const auto* author = people_.find(tableKey(sender));
        record.bot = author != nullptr && author->bot;
        record.edited = !json["last_edit_time"].isNull();
        fillText(json["content"].text(), record);
        reactions_->of(json["id"], [&](std::int64_t person, std::string_view emoji) {
            const auto who = std::to_string(person);
            if (who != sender) record.reactions.push_back({use(who), std::string(emoji), {}});
        });
        sink_.message(std::move(record));
    }

    std::string streamName(const std::string& id) const
    {
        const auto known = streams_.find(id);
        return known == streams_.end() || known->second.empty() ? "Stream " + id : known->second;
    }

    std::string personName(const std::string& id) const
    {
        const auto* person = people_.find(tableKey(id));
        return person == nullptr || person->name == 0 ? id : std::string(names_.at(person->name));
    }

    void fillText(const std::string& content, MessageRecord& record)
    {
        auto text = readZulipText(content);
        record.text = boundedText(std::move(text.text), record.place, sink_);
        for (const auto& one : text.mentions) {
            auto key = use(one);
            if (key.empty()) ++unknownNames_;
            if (!key.empty() && key != record.account)
                record.ties.push_back({TieKind::Mention, std::move(key), {}, 1});
        }
        for (std::size_t i = 0; i < text.quoted.size(); ++i) {
            auto key = use(text.quoted[i]);
            if ((key.empty() && text.quotedMessages[i].empty()) || key == record.account) continue;
            record.ties.push_back({TieKind::Quote, std::move(key), text.quotedMessages[i], 1});
        }
    }

    void finish(std::uint64_t seen)
    {
        const Place place{package_.name(), {}, {}, {}};
        const auto note = [&](std::string what) {
            sink_.problem({Outcome::Noted, place, std::move(what)});
        };
        if (seen == 0) {
            throw Error(Error::Kind::BadInput, "the export holds no messages", place,
                        "Export the organisation again.");
        }
        if (reactions_->lost() > 0) {
            note(
                fmt::format("the messages stand in no order, so that reactions to {} of them were "
                            "not looked for",
                            reactions_->lost()));
        }
        if (private_ > 0) note(fmt::format("{} direct messages were left out", private_));
        if (unknownNames_ > 0) {
            note(fmt::format("{} mentions are of names that nobody or several people have",
                             unknownNames_));
        }
    }

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    std::string realm_;
    HashTable<Person> people_;
    TextPool names_;
    HashTable<std::int32_t> byName_;  ///< ids
    std::unordered_map<std::string, std::string> streams_;
    HashTable<Recipient> recipients_;
    std::optional<ZulipReactions> reactions_;
    std::uint64_t private_ = 0;
    std::uint64_t unknownNames_ = 0;
};

class ZulipReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"zulip",
                                     "Zulip export (organisation or public archive)",
                                     {"zulip"},
                                     {".tar.gz", ".zip"},
                                     {.mentions = true, .reposts = true, .reactions = true},
                                     true,
                                     true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        if (isArchive(probe.entries)) return {90, "holds the topics of a public Zulip archive"};
        const bool messages = std::ranges::any_of(
            probe.entries, [](const Package::Entry& one) { return isMessageFile(one.name); });
        if (messages && entryCalled(probe.entries, "realm.json")) {
            return {95, "holds a Zulip organisation's lists and messages"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        if (!isArchive(package.entries())) return ZulipImport(package, options, sink, task).run();
        ZulipTopic topics(package, options, sink, task);
        std::uint64_t bytes = 0;
        for (const auto& entry : package.entries()) bytes += entry.size;
        task.begin("Reading " + package.name(), bytes);
        ReadReport report;
        report.platform = "zulip";
        for (std::size_t i = 0; i < package.entries().size(); ++i) {
            const auto last = lastPartOf(package.entries()[i].name);
            if (!last.ends_with(".json") || last == "stream_index.json") continue;
            report.seen += topics.read(i, false);
        }
        return report;
    }

private:
    static bool isArchive(std::span<const Package::Entry> entries)
    {
        return entryCalled(entries, "stream_index.json") && entries.size() > 1;
    }
};

}  // namespace

const Reader& zulipReader()
{
    static const ZulipReader reader;
    return reader;
}

}  // namespace kith
