#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/chatchoice.h"
#include "core/import/json.h"
#include "core/import/question.h"
#include "core/import/readers.h"
#include "core/import/telegrammessage.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace kith {
namespace {

constexpr std::array<std::string_view, 3> chatPaths{"", "chats.list[].", "left_chats.list[]."};

std::vector<std::string> messagePaths()
{
    std::vector<std::string> all;
    for (const auto front : chatPaths) all.push_back(std::string(front) + "messages");
    return all;
}

constexpr std::array<std::string_view, 10> chatTypes{
    "personal_chat",     "bot_chat",           "saved_messages",
    "private_group",     "private_supergroup", "public_supergroup",
    "private_channel",   "public_channel",     "replies",
    "verification_codes"};

/// Name and id: two chats may share a name, and message numbers are unique in one chat only.
std::string conversationOf(const JsonElements& elements, std::size_t path,
                           const ReadOptions& options)
{
    const std::string front(chatPaths.at(path));
    auto name = elements.scalar(front + "name").value_or("");
    const auto id = elements.scalar(front + "id").value_or("");
    const auto type = elements.scalar(front + "type").value_or("");
    if (name.empty() && type == "saved_messages") name = "Saved Messages";
    if (name.empty() && type == "replies") name = "Replies";
    if (name.empty() && type == "verification_codes") name = "Verification Codes";
    if (name.empty() && !id.empty()) name = "Deleted Account";
    if (name.empty()) name = options.conversation.empty() ? "Telegram chat" : options.conversation;
    name = repairUtf8(replaceAll(std::move(name), std::string_view("\0", 1), "\u2400"));
    return id.empty() ? name : name + " (" + id + ")";
}

class TelegramReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "telegram",
            "Telegram Desktop export (JSON)",
            {"telegram"},
            {".json"},
            {.replies = true, .mentions = true, .reposts = true, .reactions = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        if (trim(probe.head).substr(0, 1) != "{") return {};
        const auto source = sourceOver(std::string(probe.head));
        JsonElements elements(*source, {}, messagePaths());
        if (const auto first = elements.next()) return ofMessage(*first, elements);
        const auto type = elements.scalar("type").value_or("");
        if (elements.scalar("id") && std::ranges::find(chatTypes, type) != chatTypes.end())
            return {70, "is an object with Telegram's keys"};
        if (probe.whole && elements.entered(0) + elements.entered(1) == 0) return {};
        const bool account =
            probe.head.find("\"personal_information\"") != std::string_view::npos ||
            probe.head.find("\"frequent_contacts\"") != std::string_view::npos;
        if (account) return {80, "is a full Telegram export"};
        const bool chat = probe.head.find("\"date_unixtime\"") != std::string_view::npos ||
                          (elements.scalar("type") && elements.scalar("id"));
        if (chat) return {70, "is an object with Telegram's keys"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const auto place = placeIn(package, 0);
        const auto wanted = wantedChats(package, options, task);
        task.begin("Reading " + place.text(), package.entries().front().size);
        const auto source = package.open(0);
        JsonElements elements(*source, place, messagePaths());
        TelegramMessages messages(options, sink);
        std::array<std::uint64_t, chatPaths.size()> entered{};
        std::uint64_t before = 0;
        bool take = true;
        std::uint64_t left = 0;
        while (auto* element = elements.parsed()) {
            if (const auto now = elements.entered(element->path);
                now != std::exchange(entered[element->path], now)) {
                auto chat = conversationOf(elements, element->path, options);
                take = wanted.empty() || wanted.contains(chat);
                left += take ? 0 : 1;
                if (take) messages.beginChat(std::move(chat));
            }
            if (take) messages.take(*element);
            task.advance(elements.consumed() - std::exchange(before, elements.consumed()));
        }
        finish(elements, messages, place, sink);
        noteLeftOut(left, place, sink);
        return {messages.seen(), "telegram",
                messages.usedZone() ? options.zone.value_or(Zone()).name() : "", false};
    }

private:
    /// The chats that are to be read; empty = all. One chat is no choice.
    /// @throws AnswerNeeded when there are several and none was chosen
    static std::set<std::string> wantedChats(const Package& package, const ReadOptions& options,
                                             Task& task)
    {
        const bool all = options.chats.contains("*");
        if (all) return {};
        const auto place = placeIn(package, 0);
        const auto chats = chatsIn(package, options, task);
        requireChoice(chats, options, place);
        return options.chats;
    }

    /// What chats with messages a whole account holds. An export of one chat is not walked through.
    static std::vector<ListedChat> chatsIn(const Package& package, const ReadOptions& options,
                                           Task& task)
    {
        const auto place = placeIn(package, 0);
        task.begin("Listing the chats of " + place.text(), package.entries().front().size);
        const auto source = package.open(0);
        JsonElements elements(*source, place, messagePaths());
        std::array<std::uint64_t, chatPaths.size()> entered{};
        std::vector<ListedChat> chats;
        std::uint64_t before = 0;
        while (const auto element = elements.next()) {
            if (element->path == 0) return {};
            const auto now = elements.entered(element->path);
            if (now != std::exchange(entered[element->path], now))
                chats.push_back({conversationOf(elements, element->path, options)});
            ++chats.back().messages;
            task.advance(elements.consumed() - std::exchange(before, elements.consumed()));
        }
        return chats;
    }

    static Recognition ofMessage(const JsonElements::Element& first, const JsonElements& elements)
    {
        Json json;
        try {
            json = Json::parse(first.raw);
        } catch (const Error&) {
            // A first message that is broken says nothing; the keys beside the list still may.
            const bool keyed = elements.scalar("type") && elements.scalar("id");
            return keyed ? Recognition{60, "is an object with Telegram's keys"} : Recognition{};
        }
        const bool dated = json.has("date") || json.has("date_unixtime");
        const bool keyed = json.has("from") || json.has("from_id") || json.has("actor") ||
                           (json.has("id") && json.has("type"));
        if (dated && keyed) return {95, "holds messages with Telegram's keys"};
        return {};
    }

    static void finish(const JsonElements& elements, TelegramMessages& messages, const Place& place,
                       Sink& sink)
    {
        const auto& broken = elements.broken();
        const auto lists = elements.entered(0) + elements.entered(1) + elements.entered(2);
        if (const auto& refused = messages.firstRefused(); refused && messages.kept() == 0) {
            throw Error(Error::Kind::BadInput, "no message can be read: " + refused->what,
                        refused->place, "Export the chat again from Telegram Desktop, as JSON.");
        }
        if (broken && messages.seen() == 0) {
            throw Error(Error::Kind::BadInput, broken->what, broken->place,
                        "Export the chat again from Telegram Desktop, as JSON.");
        }
        if (lists == 0) {
            throw Error(Error::Kind::BadInput,
                        "there is no list \"messages\" (or \"chats.list[].messages\") in the file",
                        place, "Export the chat again from Telegram Desktop, as JSON.");
        }
        if (broken) {
            sink.problem(
                {Outcome::Noted, broken->place,
                 fmt::format("{}; the {} records before are kept", broken->what, messages.seen())});
        }
        if (lists > 1)
            sink.problem({Outcome::Noted, place, fmt::format("the file holds {} chats", lists)});
        messages.finish(place);
    }
};

}  // namespace

const Reader& telegramReader()
{
    static const TelegramReader reader;
    return reader;
}

}  // namespace kith
