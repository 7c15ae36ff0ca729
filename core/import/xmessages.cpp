#include "core/import/xmessages.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/json.h"
#include "core/import/markup.h"

#include <utility>

namespace kith {
namespace {

/// What happened to the group, in words; empty for a message.
std::string eventWords(const Json& value)
{
    if (value.has("joinConversation")) return "somebody joined the conversation";
    if (value.has("participantsJoin")) return "people joined the conversation";
    if (value.has("participantsLeave")) return "people left the conversation";
    if (value.has("conversationNameUpdate")) {
        return "the conversation was named \"" +
               shorten(value["conversationNameUpdate"]["name"].text(), 200) + "\"";
    }
    return {};
}

void takeEvent(const Json& value, const std::string& conversation, const Place& place,
               PostImport& import)
{
    auto words = eventWords(value);
    if (words.empty()) return import.refuse(place, "the entry is no direct message");
    const auto& body = value.members().front().value;
    const auto time = postTime(body["createdAt"].text());
    SystemRecord record{body["id"].text(), conversation,     time.value_or(Time()),
                        time.has_value(),  std::move(words), place};
    ++import.report().seen;
    import.sink().system(std::move(record));
}

void take(const Json& value, const std::string& conversation, const Place& place,
          PostImport& import)
{
    const auto& body = value["messageCreate"];
    if (!body.isObject()) return takeEvent(value, conversation, place, import);
    MessageRecord record;
    record.id = body["id"].text();
    record.conversation = conversation;
    record.account = body["senderId"].text();
    const auto time = postTime(body["createdAt"].text());
    if (!time) {
        return import.refuse(
            place, "the date \"" + shorten(body["createdAt"].text(), 60) + "\" cannot be read");
    }
    record.time = *time;
    record.text = decodeEntities(body["text"].text());
    for (const auto& reaction : body["reactions"].items()) {
        record.reactions.push_back({reaction["senderId"].text(), reaction["reactionKey"].text(),
                                    postTime(reaction["createdAt"].text())});
    }
    for (std::size_t i = 0; i < body["mediaUrls"].items().size(); ++i)
        record.attachments.emplace_back("media");
    record.place = place;
    import.send(std::move(record));
}

}  // namespace

void readXMessages(ByteSource& source, const Place& place, PostImport& import)
{
    JsonElements elements(source, place, {"[].dmConversation.messages"});
    while (auto* element = elements.parsed()) {
        if (import.leaveOut(element->place, "direct messages")) continue;
        const auto id = elements.scalar("[].dmConversation.conversationId").value_or("");
        try {
            take(element->json(), "Direct messages " + id, element->place, import);
        } catch (const Error& error) {
            import.refuse(error.where(), "the message is no valid JSON: " + error.cause());
        }
    }
    if (elements.broken()) import.refuse(elements.broken()->place, elements.broken()->what);
}

}  // namespace kith
