#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonrecords.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"
#include "core/import/slackmessage.h"

#include <utility>

namespace kith {
namespace {

constexpr auto remedy = "Let slackdump write the conversation again, as JSON.";

/// One conversation as slackdump dumps it, or a page of Slack's interface. The records are those
/// of an export, so the two give the same messages.
class SlackDumpReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "slack-dump",
            "Slack conversation, by slackdump (JSON)",
            {"slack"},
            {".json"},
            {.replies = true, .mentions = true, .reposts = true, .reactions = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const FirstRecord first(probe.head, "messages");
        if (!first) return {};
        const auto& json = first.json();
        const auto& ts = json["ts"].text();
        if (!slackTime(ts) || ts.find('.') == std::string::npos) return {};
        const bool channel = first.scalar("channel_id").has_value();
        const bool typed = json["type"].text() == "message";
        if (!typed && !(channel && json.has("text"))) return {};
        if (channel || first.scalar("name"))
            return {92, "holds the messages of one Slack conversation"};
        return {85, "holds a page of Slack messages"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        task.begin("Reading " + placeIn(package, 0).text(), package.entries().front().size * 2);
        SlackMessages messages(sink);
        messages.beginChannel(conversationOf(package, options, sink, task));
        JsonRecords records(package, 0, {"messages"}, sink, task);
        std::uint64_t refused = 0;
        std::uint64_t before = 0;
        while (const auto record = records.next()) {
            // Those that next() passed over have been told already.
            refused += records.seen() - std::exchange(before, records.seen()) - 1;
            take(*record, messages);
        }
        refused += records.seen() - before;
        records.require("messages", remedy);
        messages.finish(records.place());
        sink.problem({Outcome::Noted, records.place(),
                      "the file has no list of users: people are named by their ids"});
        return {messages.seen() + refused, "slack", {}, false};
    }

private:
    /// Name, or id where it has none (direct messages). It may stand behind the messages.
    static std::string conversationOf(const Package& package, const ReadOptions& options,
                                      Sink& sink, Task& task)
    {
        JsonRecords walk(package, 0, {"-"}, sink, task);
        while (walk.next()) {
        }
        for (const char* key : {"name", "channel_id"}) {
            if (auto found = walk.scalar(key); !found.empty()) return found;
        }
        return options.conversation.empty() ? OneFile(package).stem() : options.conversation;
    }

    /// A message and the answers that the dump holds inside it.
    static void take(const JsonRecords::Record& record, SlackMessages& messages)
    {
        std::vector<SlackMessages::Item> items;
        std::vector<Json> answers;
        const auto& place = record.place;
        const auto nested = record.json["slackdump_thread_replies"].items();
        answers.assign(nested.begin(), nested.end());
        items.push_back({record.json, place});
        for (auto& answer : answers) {
            if (answer.isObject()) {
                items.push_back({std::move(answer), place});
            } else {
                messages.refuse(place, "the answer is no message");
            }
        }
        messages.takeDay(items);
    }
};

}  // namespace

const Reader& slackDumpReader()
{
    static const SlackDumpReader reader;
    return reader;
}

}  // namespace kith
