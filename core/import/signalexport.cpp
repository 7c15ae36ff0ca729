#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/chatchoice.h"
#include "core/import/json.h"
#include "core/import/latelymet.h"
#include "core/import/lines.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"
#include "core/import/wallclock.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kith {
namespace {

constexpr std::string_view owner = "Me";
constexpr auto remedy = "Let signal-export write the chats again.";

std::string_view folderOf(std::string_view entry)
{
    const auto slash = entry.rfind('/');
    return slash == entry.npos ? std::string_view() : entry.substr(0, slash);
}

/// Reads the chats that signal-export wrote, one "data.json" each, one message a line.
class SignalChats {
public:
    SignalChats(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package),
          options_(options),
          sink_(sink),
          task_(task),
          clock_(options),
          people_(sink)
    {}

    void read(std::size_t entry)
    {
        nameConversation(package_.entries()[entry].name);
        if (package_.isCollection() && !isWanted(options_, conversation_)) {
            ++left_;
            return;
        }
        const auto source = package_.open(entry);
        LineReader lines(*source, package_.entries()[entry].name);
        quoted_ = LateTexts(rememberedWords);
        std::uint64_t before = 0;
        while (const auto line = lines.next()) {
            task_.advance(lines.consumed() - std::exchange(before, lines.consumed()));
            if (trim(*line).empty()) continue;
            ++seen_;
            auto place = placeIn(package_, entry);
            place.line = lines.line();
            place.byte = lines.byte();
            try {
                take(Json::parse(*line, place), place);
            } catch (const Error& error) {
                sink_.problem(
                    {Outcome::Refused, place, "the line is cut off or no JSON: " + error.cause()});
            }
        }
    }

    /// What can be chosen of these entries.
    std::vector<ListedChat> chatsIn(const std::vector<std::size_t>& entries)
    {
        std::vector<ListedChat> chats;
        for (const auto entry : entries) {
            nameConversation(package_.entries()[entry].name);
            const auto source = package_.open(entry);
            LineReader lines(*source, package_.entries()[entry].name);
            ListedChat chat{conversation_};
            while (const auto line = lines.next()) {
                chat.messages += trim(*line).empty() ? 0U : 1U;
                task_.advance(0);
            }
            if (chat.messages > 0) chats.push_back(std::move(chat));
        }
        return chats;
    }

    ReadReport finish()
    {
        const Place place{package_.name(), {}, {}, {}};
        if (kept_ == 0)
            throw Error(Error::Kind::BadInput, "no line is a Signal message", place, remedy);
        if (own_) {
            sink_.problem({Outcome::Noted, place,
                           "the owner of the phone is called \"Me\" in the export; rename that "
                           "person after importing"});
        }
        clock_.finish(place, sink_);
        noteLeftOut(left_, place, sink_);
        return {seen_, "signal", clock_.zone(), false};
    }

private:
    void nameConversation(std::string_view entry)
    {
        const auto folder = folderOf(entry);
        conversation_ = folder.substr(folder.rfind('/') + 1);
        if (conversation_.empty()) conversation_ = options_.conversation;
        if (conversation_.empty()) conversation_ = "Signal chat";
    }

    void take(const Json& json, const Place& place)
    {
        const auto when = clock_.iso(json["date"].text());
        if (!json.has("sender") || !when) {
            return sink_.problem(
                {Outcome::Refused, place, "the line has no sender or no valid date"});
        }
        ++kept_;
        auto body = std::string(trim(json["body"].text()));
        const auto& sender = json["sender"].text();
        if (json["call"].isTrue()) {
            return sink_.system(
                {{}, conversation_, when->time, true, withoutNul(sender + ": " + body), place});
        }
        MessageRecord message;
        message.conversation = conversation_;
        message.time = when->time;
        message.certainty = when->certainty;
        message.place = place;
        message.account = person(sender);
        message.deleted = json["deleted"].isTrue();
        addQuote(json["quote"].text(), message);
        addFiles(json, message);
        for (const auto& reaction : json["reactions"].items()) addReaction(reaction, message);
        remember(body, message.account);
        if (!message.deleted) message.text = std::move(body);
        limitText(message, sink_);
        sink_.message(std::move(message));
    }

    std::string person(const std::string& name)
    {
        auto key = withoutNul(name);
        if (key.empty() || key == "No-Sender") return {};
        own_ = own_ || key == owner;
        people_.tell(key, key);
        return key;
    }

    /// Only the words that are answered stand there: whose they were is known when one of the last
    /// messages has them.
    void addQuote(std::string_view quote, MessageRecord& message)
    {
        quote = trim(quote);
        if (quote.empty()) return;
        if (quote.starts_with('>')) quote = trim(quote.substr(1));
        const auto words = replaceAll(std::string(quote), "\n> ", "\n");
        const auto found = quoted_.find(tableKey(words));
        if (found && !found->empty())
            message.ties.push_back({TieKind::Reply, std::string(*found), {}, 1});
    }

    void remember(const std::string& words, const std::string& account)
    {
        if (!words.empty()) quoted_.set(tableKey(words), account);
    }

    static void addFiles(const Json& json, MessageRecord& message)
    {
        for (const auto& file : json["attachments"].items()) {
            const auto& name = file["name"].text();
            message.attachments.push_back(name.empty() ? "file" : withoutNul(name));
        }
        const auto& sticker = json["sticker"];
        if (sticker.isObject() || !sticker.text().empty())
            message.attachments.emplace_back("sticker");
    }

    /// [name, emoji], or an object with the two.
    void addReaction(const Json& reaction, MessageRecord& message)
    {
        const auto parts = reaction.items();
        const bool list = parts.size() == 2;
        auto key = person(list ? parts[0].text() : reaction["name"].text());
        if (key.empty()) return;
        message.reactions.push_back(
            {std::move(key), withoutNul(list ? parts[1].text() : reaction["emoji"].text()), {}});
    }

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    WallClock clock_;
    SenderBook people_;
    std::string conversation_;
    static constexpr std::size_t rememberedWords = 5000;
    LateTexts quoted_{rememberedWords};  ///< who said these words last
    std::uint64_t seen_ = 0;
    std::uint64_t kept_ = 0;
    std::uint64_t left_ = 0;
    bool own_ = false;
};

constexpr Shows signalShows{.replies = true, .reactions = true};

/// One "data.json".
class SignalChatReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"signal-chat", "Signal chat, by signal-export (data.json)",
                                     {"signal"},    {".json"},
                                     signalShows,   true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        const auto line = start.substr(0, start.find('\n'));
        const auto has = [&](std::string_view key) { return line.find(key) != line.npos; };
        if (!line.starts_with('{') || !has("\"date\"") || !has("\"sender\"") || !has("\"body\""))
            return {};
        if (has("\"reactions\"") && has("\"attachments\""))
            return {90, "one JSON object a line, as signal-export writes"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        task.begin("Reading " + placeIn(package, 0).text(), package.entries().front().size);
        SignalChats chats(package, options, sink, task);
        chats.read(0);
        return chats.finish();
    }
};

/// The folder with all chats. Beside each "data.json" the same stands as text, which is left out.
class SignalExportReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"signal-export", "Signal chats, by signal-export (folder)",
                                     {"signal"},      {".zip"},
                                     signalShows,     true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        if (!chatsOf(probe.entries).empty())
            return {85, "holds chats as signal-export writes them, as text and as JSON"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const auto entries = chatsOf(package.entries());
        std::uint64_t bytes = 0;
        for (const auto entry : entries) bytes += package.entries()[entry].size;
        SignalChats chats(package, options, sink, task);
        if (!options.chats.contains("*")) {
            task.begin("Listing the chats of " + package.name(), 0);
            requireChoice(chats.chatsIn(entries), options, {package.name(), {}, {}, {}});
        }
        task.begin("Reading " + package.name(), bytes);
        for (const auto entry : entries) chats.read(entry);
        return chats.finish();
    }

private:
    /// The places of "data.json" with the same chat as text or page beside it.
    static std::vector<std::size_t> chatsOf(std::span<const Package::Entry> entries)
    {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (!entries[i].name.ends_with("data.json")) continue;
            const auto front = entries[i].name.substr(0, entries[i].name.size() - 9);
            const bool beside = std::ranges::any_of(entries, [&](const Package::Entry& one) {
                return one.name == front + "chat.md" || one.name == front + "index.md";
            });
            if (beside) found.push_back(i);
        }
        return found;
    }
};

}  // namespace

const Reader& signalChatReader()
{
    static const SignalChatReader reader;
    return reader;
}

const Reader& signalExportReader()
{
    static const SignalExportReader reader;
    return reader;
}

}  // namespace kith
