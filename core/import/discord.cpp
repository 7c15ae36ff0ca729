#include "core/base/text.h"
#include "core/import/discordmessage.h"
#include "core/import/jsonrecords.h"
#include "core/import/readers.h"

#include <utility>

namespace kith {
namespace {

const std::string remedy = "Export the channel again with DiscordChatExporter, as JSON.";

std::vector<std::string> paths()
{
    return {"messages", "guild.-", "channel.-"};
}

class DiscordReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "discord",
            "Discord channel, by DiscordChatExporter (JSON)",
            {"discord"},
            {".json"},
            {.replies = true, .mentions = true, .reposts = true, .reactions = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        if (!trim(probe.head).starts_with('{')) return {};
        const auto source = sourceOver(std::string(probe.head));
        JsonElements elements(*source, {}, paths());
        const auto first = elements.next();
        const bool channel = elements.scalar("channel.id") || elements.scalar("channel.name");
        const bool guild = elements.scalar("guild.id") || elements.scalar("guild.name");
        if (!channel || !guild) return {};
        if (first || elements.entered(0) > 0)
            return {95, "holds a Discord server, a channel and its messages"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        task.begin("Reading " + placeIn(package, 0).text(), package.entries().front().size);
        JsonRecords records(package, 0, paths(), sink, task);
        DiscordMessages messages(options, sink);
        bool begun = false;
        while (const auto record = records.next()) {
            if (!std::exchange(begun, true)) begin(records, options, messages);
            messages.take(record->json, record->place);
        }
        records.require("messages", remedy);
        tellCount(records, sink);
        messages.finish(records.place());
        return {records.seen(), "discord", messages.zone(), false};
    }

private:
    static void begin(const JsonRecords& records, const ReadOptions& options,
                      DiscordMessages& messages)
    {
        auto name = records.scalar("channel.name");
        if (name.empty()) name = options.conversation;
        const auto id = records.scalar("channel.id");
        const bool thread = records.scalar("channel.type").find("Thread") != std::string::npos;
        messages.beginChannel(
            id, withoutNul(discordConversation(name, records.scalar("guild.name"), id)), thread);
    }

    /// The file's own count may disagree with what it holds.
    static void tellCount(const JsonRecords& records, Sink& sink)
    {
        const auto told = parseInteger(records.scalar("messageCount"));
        if (!told || *told < 0 || static_cast<std::uint64_t>(*told) == records.seen()) return;
        sink.problem({Outcome::Noted, records.place(),
                      "the file says that it holds " + std::to_string(*told) +
                          " messages, but it holds " + std::to_string(records.seen())});
    }
};

}  // namespace

const Reader& discordReader()
{
    static const DiscordReader reader;
    return reader;
}

}  // namespace kith
