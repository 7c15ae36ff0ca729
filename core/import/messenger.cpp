#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonrecords.h"
#include "core/import/messengermessage.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"

#include <utility>

namespace kith {
namespace {

/// Names of folders and files tell the two apart; the messages do not.
std::string platformOf(const Package& package)
{
    const auto names = asciiLower(package.name() + "/" + package.entries().front().name);
    if (names.find("instagram") != std::string::npos) return "instagram";
    const auto source = package.open(0);
    std::vector<char> head(1U << 16U);
    const auto count = source->read(head);
    const std::string_view start(head.data(), count);
    return start.find("your_instagram_activity") != start.npos ||
                   start.find("instagram.com/") != start.npos
               ? "instagram"
               : "facebook";
}

class MessengerReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"messenger",
                                     "Facebook Messenger or Instagram chat (JSON)",
                                     {"facebook", "instagram"},
                                     {".json"},
                                     {.reactions = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const FirstRecord first(probe.head, "messages");
        if (!first) return {};
        const auto& json = first.json();
        if (json.has("sender_name") && json.has("timestamp_ms"))
            return {95, "holds messages as Facebook and Instagram write them"};
        if (json.has("senderName") && json.has("timestamp"))
            return {90, "holds messages as Messenger's encrypted download writes them"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const auto place = placeIn(package, 0);
        task.begin("Reading " + place.text(), package.entries().front().size * 2);
        auto otherwise = options.conversation;
        if (otherwise.empty()) otherwise = OneFile(package).stem();
        const auto thread = messengerThread(package, 0, otherwise, sink, task);
        JsonRecords records(package, 0, {"messages"}, sink, task);
        MessengerMessages messages(sink);
        const auto seen = messages.read(records, thread);
        records.require("messages", "Ask for the download again and choose JSON.");
        messages.finish(place);
        return {seen, platformOf(package), {}, true};
    }
};

}  // namespace

const Reader& messengerReader()
{
    static const MessengerReader reader;
    return reader;
}

}  // namespace kith
