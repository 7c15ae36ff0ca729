#pragma once

#include "core/import/discordnames.h"
#include "core/import/latelymet.h"
#include "core/import/senderbook.h"
#include "core/import/wallclock.h"

#include <optional>
#include <set>
#include <string>

namespace kith {

/// Turns the message objects of DiscordChatExporter into records, for one channel.
class DiscordMessages {
public:
    DiscordMessages(const ReadOptions& options, Sink& sink)
        : clock_(options), people_(sink), sink_(sink)
    {}

    /// @param thread the channel is a thread or a post of a forum
    void beginChannel(std::string id, std::string conversation, bool thread);

    /// Sends one record, or the problem that takes its place.
    void take(const Json& json, const Place& place);

    /// Tells what was counted over the whole file.
    void finish(const Place& place);

    std::string zone() const { return clock_.zone(); }

private:
    void said(const Json& json, MessageRecord message);
    std::string person(const Json& user);
    std::string author(const Json& user);
    void addReply(const Json& json, MessageRecord& message);
    void addMentions(const Json& json, MessageRecord& message);
    void addForward(const Json& json, MessageRecord& message);
    void addReactions(const Json& json, MessageRecord& message);
    void addFiles(const Json& json, MessageRecord& message);
    std::string textOf(const Json& json, const Json& mentions);
    void remember(const std::string& id, const std::string& account);

    WallClock clock_;
    SenderBook people_;
    Sink& sink_;
    std::string channel_;
    std::string conversation_;
    bool thread_ = false;
    static constexpr std::size_t rememberedAuthors = 1U << 16U;
    LateTexts authors_{rememberedAuthors};  ///< of the last messages
    std::set<std::string> unknownKinds_;
    std::uint64_t nameless_ = 0;
    std::uint64_t missingReactors_ = 0;
    std::uint64_t keys_ = 0;
};

}  // namespace kith
