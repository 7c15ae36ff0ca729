#pragma once

#include "core/import/json.h"
#include "core/import/latelymet.h"
#include "core/import/reader.h"
#include "core/import/senderbook.h"
#include "core/import/texttable.h"

#include <bitset>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

namespace kith {

/// Which message numbers have been seen, at half a kilobyte for every 4096 neighbours. Where they
/// lie so far apart that this is too much, all that come then count as new.
class NumberSet {
public:
    /// @return false when it was there already
    bool insert(std::int64_t number);
    void clear() { blocks_.clear(); }

private:
    static constexpr std::int64_t perBlock = 4096;
    static constexpr std::size_t mostBlocks = 50'000;  ///< 30 MB: numbers that lie far apart
    std::unordered_map<std::int64_t, std::bitset<perBlock>> blocks_;
};

/// Turns the message objects of Telegram exports into records, chat after chat.
class TelegramMessages {
public:
    TelegramMessages(const ReadOptions& options, Sink& sink);

    void beginChat(std::string conversation);

    /// Sends one record, or the problem that takes its place.
    void take(JsonElements::Element& element);

    /// Tells what was counted over the whole file.
    void finish(const Place& place);

    /// Messages and system lines that were sent on.
    std::uint64_t kept() const { return kept_; }
    /// The first record that was refused.
    const std::optional<Problem>& firstRefused() const { return firstRefused_; }
    std::uint64_t seen() const { return seen_; }
    bool usedZone() const { return localTimes_ > 0; }

private:
    class Post;  ///< the members of a message
    struct When {
        Time time;
        TimeCertainty certainty = TimeCertainty::Exact;
    };

    void refuse(const Place& place, std::string what);
    void said(const Post& post, const Place& place, const When& when, std::string id);
    void service(const Post& post, const Place& place, const When& when, std::string id);
    std::optional<When> time(const Post& post);
    std::string person(const Json& name, const Json& id);
    void addReply(const Post& post, MessageRecord& message);
    void remember(std::int64_t message, std::int64_t topic);
    void addForward(const Post& post, MessageRecord& message);
    void addMentions(const Json& entities, MessageRecord& message);
    void addReactions(const Json& reactions, MessageRecord& message);

    const ReadOptions& options_;
    Zone zone_;
    Sink& sink_;
    std::string conversation_;
    std::string_view raw_;  ///< the message at hand
    NumberSet numbers_;
    HashSet topics_;
    /// Three quarters of a power of two: 16 MB in all.
    static constexpr std::size_t rememberedTopics = 390'000;
    LatelyMet<std::int64_t> topicOf_{rememberedTopics};  ///< of the last messages in topics
    SenderBook people_;
    TextTable keyOfName_;  ///< empty: several have the name
    std::set<std::string> unknownEntities_;
    Place place_;  ///< of the message at hand
    std::uint64_t kept_ = 0;
    std::optional<Problem> firstRefused_;
    std::uint64_t seen_ = 0;
    std::uint64_t localTimes_ = 0;
    std::uint64_t contradictions_ = 0;
    std::uint64_t nobodysReactions_ = 0;
    std::uint64_t inTopics_ = 0;  ///< of the chat
    bool forgetful_ = false;
};

}  // namespace kith
