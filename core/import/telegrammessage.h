#pragma once

#include "core/import/json.h"
#include "core/import/reader.h"

#include <bitset>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace kith {

/// Which message numbers have been seen, at half a kilobyte for every 4096 neighbours.
class NumberSet {
public:
    /// @return false when it was there already
    bool insert(std::int64_t number);
    void clear() { blocks_.clear(); }

private:
    static constexpr std::int64_t perBlock = 4096;
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
    struct When {
        Time time;
        TimeCertainty certainty = TimeCertainty::Exact;
    };

    void refuse(const Place& place, std::string what);
    void said(const Json& json, const Place& place, const When& when, std::string id);
    void service(const Json& json, const Place& place, const When& when, std::string id);
    std::optional<When> time(const Json& json);
    std::string person(const Json& name, const Json& id);
    void addReply(const Json& json, MessageRecord& message);
    void addForward(const Json& json, MessageRecord& message);
    void addMentions(const Json& entities, MessageRecord& message);
    void addReactions(const Json& json, MessageRecord& message);

    const ReadOptions& options_;
    Zone zone_;
    Sink& sink_;
    std::string conversation_;
    std::string_view raw_;  ///< the message at hand
    NumberSet numbers_;
    std::unordered_set<std::int64_t> topics_;
    std::unordered_map<std::int64_t, std::int64_t> topicOf_;  ///< of messages in topics
    std::unordered_map<std::string, std::string> names_;      ///< key -> name last sent
    std::unordered_map<std::string, std::string> keyOfName_;  ///< empty: several have the name
    std::set<std::string> unknownEntities_;
    Place place_;  ///< of the message at hand
    std::uint64_t kept_ = 0;
    std::optional<Problem> firstRefused_;
    std::uint64_t seen_ = 0;
    std::uint64_t localTimes_ = 0;
    std::uint64_t contradictions_ = 0;
    std::uint64_t nobodysReactions_ = 0;
};

/// A text as Telegram gives it, a string or a list of strings and objects, made flat.
std::string telegramText(const Json& text);

}  // namespace kith
