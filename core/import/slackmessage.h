#pragma once

#include "core/import/json.h"
#include "core/import/latelymet.h"
#include "core/import/reader.h"
#include "core/import/slacktext.h"

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace kith {

/// "1452837318.000002" as an instant; nullopt when it is none. Microseconds are cut to
/// milliseconds.
std::optional<Time> slackTime(std::string_view ts);

/// Turns the messages of a Slack export into records, channel after channel.
class SlackMessages {
public:
    explicit SlackMessages(Sink& sink) : sink_(sink) {}

    /// users.json or org_users.json
    void addUsers(const Json& users, const Place& place);
    /// channels.json, groups.json, mpims.json or dms.json
    void addChannels(const Json& channels);

    void beginChannel(const std::string& folder);
    const std::string& conversation() const { return conversation_; }

    struct Item {
        Json json;
        Place place;
    };
    /// One day's messages. Of two with the same stamp the one edited last is kept.
    void takeDay(std::vector<Item> items);

    void refuse(const Place& place, std::string what);
    void finish(const Place& place);
    std::uint64_t seen() const { return seen_; }

private:
    struct User {
        std::string label;
        std::string handle;
        bool bot = false;
        bool sent = false;
    };

    bool isKnown(const std::string& stamp);
    void take(const Item& item);
    void said(const Item& item, Time time, const std::string& subtype);
    void use(const std::string& id);
    std::string author(const Json& json, const std::string& subtype, bool& bot);
    void addThread(const Json& json, MessageRecord& message) const;
    void addShared(const Json& json, MessageRecord& message);
    void addReactions(const Json& json, MessageRecord& message);
    SlackText textOf(const Json& json) const;

    Sink& sink_;
    std::unordered_map<std::string, User> users_;
    SlackNames names_;
    std::unordered_map<std::string, std::string> folders_;  ///< folder -> what people call it
    std::string conversation_;
    /// Of the channel: another version that stands further off, the store takes for the same.
    static constexpr std::size_t rememberedStamps = 500'000;
    LatelyMet<bool> stamps_{rememberedStamps};
    std::set<std::string> unknownSubtypes_;
    std::uint64_t seen_ = 0;
    std::uint64_t versions_ = 0;
    std::uint64_t missingReactors_ = 0;
};

}  // namespace kith
