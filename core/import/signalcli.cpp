#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonlines.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"
#include "core/import/signalenvelopes.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kith {
namespace {

using Kind = SignalEnvelope::Kind;

/// A file of signal-cli being read, in two walks: reactions, edits and deletions come later than
/// the messages they change.
class SignalCliImport {
public:
    SignalCliImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), options_(options), sink_(sink), task_(task), people_(sink)
    {}

    ReadReport run()
    {
        JsonLines first(file_, task_);
        while (const auto* line = first.next()) {
            if (line->trouble.empty()) book_.learn(line->value);
        }
        JsonLines second(file_, task_);
        while (const auto* line = second.next()) take(*line);
        if (kept_ == 0) {
            throw Error(Error::Kind::BadInput, "no line holds a Signal message", file_.place(),
                        "Expected what \"signal-cli --output=json receive\" writes.");
        }
        if (book_.lost() > 0) {
            sink_.problem({Outcome::Noted, file_.place(),
                           fmt::format("{} reactions, edits and deletions are more than can be "
                                       "remembered: their messages are kept as they were sent",
                                       book_.lost())});
        }
        if (others_ > 0) {
            sink_.problem({Outcome::Noted, file_.place(),
                           fmt::format("{} lines are receipts, signs of typing and the like, and "
                                       "no messages",
                                       others_)});
        }
        return {seen_, "signal", {}, false};
    }

private:
    void take(const JsonLines::Line& line)
    {
        const auto problem = [&](Outcome outcome, std::string what) {
            ++seen_;
            sink_.problem({outcome, line.place, std::move(what)});
        };
        if (!line.trouble.empty())
            return problem(Outcome::Refused, "the line is cut off or no JSON: " + line.trouble);
        const auto envelope = book_.envelope(line.value);
        switch (envelope.kind) {
        case Kind::None: ++others_; return;
        case Kind::Reaction:
            return problem(Outcome::Skipped, "a reaction, which is kept with its message");
        case Kind::Edit: return problem(Outcome::Skipped, "an edit, which is kept in its message");
        case Kind::Deletion: return problem(Outcome::Skipped, "takes back an earlier message");
        case Kind::Setting: return problem(Outcome::Skipped, "changes a setting of the chat");
        case Kind::Update:
        case Kind::Said: break;
        }
        constexpr std::int64_t year9999 = 253'370'764'800'000;
        if (envelope.stamp <= 0 || envelope.stamp >= year9999 || envelope.author.empty())
            return problem(Outcome::Refused, "the message has no author or no valid time");
        ++seen_;
        ++kept_;
        if (envelope.kind == Kind::Update) {
            return sink_.system({signalId(envelope.author, envelope.stamp), conversation(envelope),
                                 fromMillis(envelope.stamp), true,
                                 book_.name(envelope.author) + " changed the group", line.place});
        }
        said(envelope, line.place);
    }

    void said(const SignalEnvelope& envelope, const Place& place)
    {
        const auto& data = *envelope.data;
        MessageRecord message;
        message.id = signalId(envelope.author, envelope.stamp);
        message.conversation = conversation(envelope);
        message.account = person(envelope.author);
        message.time = fromMillis(envelope.stamp);
        message.place = place;
        message.text = data["message"].text();
        addQuote(data["quote"], message);
        addMentions(data["mentions"], message);
        for (const auto& file : data["attachments"].items()) {
            const std::string_view name = file["filename"].text();
            const std::string_view type = file["contentType"].text();
            message.attachments.push_back(withoutNul(std::string(!name.empty()  ? name
                                                                 : type.empty() ? "file"
                                                                                : type)));
        }
        if (data["sticker"].isObject()) message.attachments.emplace_back("sticker");
        if (const auto* fate = book_.fate(message.id)) addFate(*fate, message);
        limitText(message, sink_);
        sink_.message(std::move(message));
    }

    void addQuote(const Json& quote, MessageRecord& message)
    {
        const auto stamp = quote["id"].integer();
        if (!stamp) return;
        const auto author = book_.key(quote["authorUuid"], quote["authorNumber"], quote["author"]);
        if (author.empty()) return;
        message.ties.push_back({TieKind::Reply, person(author), signalId(author, *stamp), 1});
    }

    /// In the text each name is one sign, U+FFFC.
    void addMentions(const Json& mentions, MessageRecord& message)
    {
        constexpr std::string_view sign = "\uFFFC";
        std::string text;
        std::size_t from = 0;
        for (const auto& one : mentions.items()) {
            const auto key = book_.key(one["uuid"], one["number"], one["name"]);
            if (key.empty()) continue;
            if (const auto at = message.text.find(sign, from); at != std::string::npos) {
                text.append(message.text, from, at - from).append("@" + book_.name(key));
                from = at + sign.size();
            }
            if (key != message.account)
                message.ties.push_back({TieKind::Mention, person(key), {}, 1});
        }
        if (from > 0) message.text = text.append(message.text, from);
    }

    void addFate(const SignalBook::Fate& fate, MessageRecord& message)
    {
        message.edited = fate.edited;
        if (fate.edited) message.text = fate.text;
        message.deleted = fate.deleted;
        if (fate.deleted) {
            message.text.clear();
            message.attachments.clear();
        }
        message.reactions = fate.reactions;
        for (const auto& one : fate.reactions) person(one.account);
    }

    /// Numbers of phones are kept only when nothing else tells people apart, or when asked for.
    std::string person(const std::string& key)
    {
        people_.tell(key, book_.name(key), options_.privateToo ? book_.number(key) : std::string());
        return key;
    }

    /// A group by its name and id; two people by their names, always in one order.
    std::string conversation(const SignalEnvelope& envelope) const
    {
        if (!envelope.group.empty()) {
            const auto name = book_.groupName(envelope.group);
            return (name.empty() ? std::string("Signal group") : name) + " (" + envelope.group +
                   ")";
        }
        auto one = book_.name(envelope.author);
        auto two = envelope.other.empty() ? std::string("me") : book_.name(envelope.other);
        if (two < one) std::swap(one, two);
        return "Direct messages: " + one + ", " + two;
    }

    OneFile file_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    SenderBook people_;
    SignalBook book_;
    std::uint64_t seen_ = 0;
    std::uint64_t kept_ = 0;
    std::uint64_t others_ = 0;
};

class SignalCliReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"signal-cli",
                                     "Signal messages, by signal-cli (JSON lines)",
                                     {"signal"},
                                     {".json", ".jsonl", ".ndjson"},
                                     {.replies = true, .mentions = true, .reactions = true},
                                     true,
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        const auto line = start.substr(0, start.find('\n'));
        const auto has = [&](std::string_view key) { return line.find(key) != line.npos; };
        if (!line.starts_with('{') || !has("\"envelope\"")) return {};
        if (has("\"source\"") || has("\"sourceUuid\"") || has("\"sourceNumber\""))
            return {92, "one envelope of Signal's a line"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return SignalCliImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& signalCliReader()
{
    static const SignalCliReader reader;
    return reader;
}

}  // namespace kith
