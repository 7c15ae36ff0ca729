#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonitems.h"
#include "core/import/jsonlines.h"
#include "core/import/jsonmembers.h"
#include "core/import/latelymet.h"
#include "core/import/readers.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <utility>

namespace kith {
namespace {

std::optional<std::size_t> entryCalled(std::span<const Package::Entry> entries,
                                       std::initializer_list<std::string_view> names)
{
    for (const auto name : names) {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (lastPartOf(entries[i].name) == name) return i;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> utterances(std::span<const Package::Entry> entries)
{
    return entryCalled(entries, {"utterances.jsonl", "utterances.json"});
}

class ConvokitImport {
public:
    ConvokitImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), sink_(sink), task_(task)
    {
        const auto entry = *utterances(package.entries());
        const auto& name = package.entries()[entry].name;
        const auto slash = name.rfind('/');
        if (slash != std::string::npos) corpus_ = lastPartOf(name.substr(0, slash));
        if (corpus_.empty()) corpus_ = options.conversation;
        if (corpus_.empty()) corpus_ = package.name().substr(0, package.name().find('.'));
        if (corpus_.empty()) corpus_ = "corpus";
    }

    ReadReport run()
    {
        if (const auto people = entryCalled(package_.entries(), {"speakers.json", "users.json"})) {
            readSpeakers(*people);
        } else {
            sink_.problem({Outcome::Noted,
                           {package_.name(), {}, {}, {}},
                           "the corpus has no list of speakers"});
        }
        const auto entry = *utterances(package_.entries());
        if (package_.entries()[entry].name.ends_with(".jsonl")) {
            readLines(entry);
        } else {
            JsonItems items(package_, entry, {""}, sink_, task_);
            task_.begin("Reading " + package_.name(), package_.entries()[entry].size);
            items.each([&](const JsonItems::Item& item) { take(item.json, item.place); });
            seen_ = items.seen();
        }
        if (untimed_ > 0) {
            sink_.problem({Outcome::Noted, placeIn(package_, entry),
                           fmt::format("{} utterances have no time", untimed_)});
        }
        return {seen_, "convokit", {}, false};
    }

private:
    void readLines(std::size_t entry)
    {
        const OneFile file(package_, entry);
        JsonLines lines(file, task_);
        while (const auto* line = lines.next()) {
            ++seen_;
            if (!line->trouble.empty() || !line->value.isObject()) {
                sink_.problem({Outcome::Refused, line->place,
                               line->trouble.empty()
                                   ? "the line holds no utterance"
                                   : "the line is no valid JSON: " + line->trouble});
                continue;
            }
            take(line->value, line->place);
        }
    }

    /// {"id": {"meta": {...}}} or, in old corpora, {"id": {...}}: a list of ids and what is known.
    void readSpeakers(std::size_t entry)
    {
        const MembersAsItems list(package_, {}, MembersAsItems::Keys::Items);
        const auto source = list.open(entry);
        JsonElements elements(*source, placeIn(package_, entry), {""});
        std::string id;
        for (bool key = true; auto* element = elements.parsed(); key = !key) {
            try {
                const auto& json = element->json();
                if (key) id = idWithin(json.text(), element->place);
                if (!key && !id.empty()) takeSpeaker(id, json);
            } catch (const Error& error) {
                id.clear();
                noteBroken(error.where(), error.cause());
            }
        }
        if (const auto& broken = elements.broken()) noteBroken(broken->place, broken->what);
    }

    /// Empty where it is too long: everything that is known of somebody repeats it.
    std::string idWithin(std::string_view id, const Place& place)
    {
        constexpr std::size_t longest = 4000;
        if (id.size() <= longest) return std::string(id);
        noteBroken(place, "an id is longer than 4,000 letters");
        return {};
    }

    void noteBroken(const Place& place, const std::string& what)
    {
        if (std::exchange(speakersBroken_, true)) return;
        sink_.problem(
            {Outcome::Noted, place,
             "the list of speakers is damaged, and what it says of some is left out: " + what});
    }

    void takeSpeaker(const std::string& id, const Json& about)
    {
        sink_.account({id, about["name"].text(), {}, false});
        const auto& meta = about["meta"].isObject() ? about["meta"] : about;
        for (const auto& [key, value] : meta.members()) addTrait(id, key, value);
    }

    void addTrait(const std::string& id, const std::string& key, const Json& value)
    {
        constexpr std::size_t longest = 100;
        std::string text = value.text();
        if (value.isTrue()) text = "true";
        if (value.kind() == Json::Kind::False) text = "false";
        if (key.empty() || key == "name" || trim(text).empty() || text.size() > longest) return;
        sink_.trait({id, key, text, value.isNumber()});
    }

    void take(const Json& json, const Place& place)
    {
        const bool newKeys = json.has("speaker") || json.has("conversation_id");
        MessageRecord record;
        record.id = json["id"].text();
        if (record.id.empty()) {
            return sink_.problem({Outcome::Refused, place, "the utterance has no id"});
        }
        if (std::exchange(ids_.meet(std::hash<std::string>{}(record.id)), true)) {
            return sink_.problem({Outcome::Refused, place,
                                  "the utterance " + shorten(record.id, 60) + " is there already"});
        }
        record.conversation = corpus_;
        record.account = idOf(json[newKeys ? "speaker" : "user"]);
        record.thread = idOf(json[json.has("conversation_id") ? "conversation_id" : "root"]);
        record.place = place;
        fillTime(json["timestamp"], record);
        const auto reply = idOf(json[json.has("reply_to") ? "reply_to" : "reply-to"]);
        record.text = boundedText(json["text"].text(), place, sink_);
        if (!reply.empty() && reply != record.id) {
            record.ties.push_back({TieKind::Reply, {}, reply, 1});
        } else if (record.thread == record.id) {
            record.kind = MessageKind::Post;
        }
        const auto& words = record.text;
        record.deleted = words == "[deleted]" || words == "[removed]";
        if (record.deleted) record.text.clear();
        if (record.account == "[deleted]") record.account.clear();
        sink_.message(std::move(record));
    }

    /// Ids may be numbers, objects with an id, null, or the word "None".
    static std::string idOf(const Json& json)
    {
        const auto& text = json.isObject() ? json["id"].text() : json.text();
        return text == "None" ? std::string() : text;
    }

    void fillTime(const Json& json, MessageRecord& record)
    {
        auto time = epochTime(json);
        if (!time && json.isString()) time = isoInstant(trim(json.text()));
        // Corpora of meetings count seconds from the start: no time of any calendar.
        constexpr std::int64_t year1975 = 157'766'400'000;
        if (time && toMillis(*time) < year1975) time.reset();
        record.timed = time.has_value();
        record.time = time.value_or(Time{});
        if (!time) ++untimed_;
    }

    const Package& package_;
    Sink& sink_;
    Task& task_;
    std::string corpus_;
    /// One that stands twice but further apart than this, the store keeps once.
    static constexpr std::size_t rememberedIds = 500'000;
    LatelyMet<bool> ids_{rememberedIds};
    std::uint64_t seen_ = 0;
    std::uint64_t untimed_ = 0;
    bool speakersBroken_ = false;
};

class ConvokitReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"convokit", "ConvoKit corpus", {"convokit"},
                                     {".zip"},   {.replies = true}, true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        if (!utterances(probe.entries)) return {};
        if (entryCalled(probe.entries, {"speakers.json", "users.json", "corpus.json",
                                        "conversations.json", "index.json"})) {
            return {95, "holds the files of a ConvoKit corpus"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        if (!utterances(package.entries())) {
            throw Error(Error::Kind::BadInput, "there is no file \"utterances.jsonl\" in it",
                        {package.name(), {}, {}, {}}, "Download the corpus again.");
        }
        return ConvokitImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& convokitReader()
{
    static const ConvokitReader reader;
    return reader;
}

}  // namespace kith
