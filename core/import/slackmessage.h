#pragma once

#include "core/import/json.h"
#include "core/import/latelymet.h"
#include "core/import/reader.h"
#include "core/import/slacktext.h"
#include "core/import/texttable.h"

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
    void takeDay(const std::vector<Item>& items);

    /// The same for a day of any size, walked through twice: begin, survey() every message, then
    /// take() every message, in the same order.
    void beginDay();
    void survey(const Json& json);
    void take(const Item& item);

    void refuse(const Place& place, std::string what);
    void finish(const Place& place);
    std::uint64_t seen() const { return seen_; }

private:
    /// Somebody whose label stands in names_.
    struct User {
        bool bot = false;
        bool sent = false;
    };

    /// Of the messages of a day with one stamp, the one that is kept.
    struct Newest {
        std::uint64_t edited = 0;  ///< when, in microseconds; 0 = never
        std::uint32_t number = 0;  ///< in the day, from 1
    };

    bool isKnown(const std::string& stamp);
    bool isNewest(const std::string& stamp) const;
    void read(const Item& item);
    void said(const Item& item, Time time, const std::string& subtype);
    User* meet(const std::string& id, const std::string& label, std::string_view handle, bool bot);
    std::string_view nameOf(const std::string& id) const
    {
        return labels_.text(id, names_.users.text(id, id));
    }
    void use(const std::string& id);
    std::string author(const Json& json, const std::string& subtype, bool& bot);
    void addThread(const Json& json, MessageRecord& message) const;
    void addShared(const Json& json, MessageRecord& message);
    void addReactions(const Json& json, MessageRecord& message);
    SlackText textOf(const Json& json) const;

    Sink& sink_;
    HashTable<User> users_;
    TextTable handles_;
    TextTable labels_;  ///< whole, where names_ has the beginning
    SlackNames names_;
    std::unordered_map<std::string, std::string> folders_;  ///< folder -> what people call it
    std::string conversation_;
    /// Of the channel: another version that stands further off, the store takes for the same.
    static constexpr std::size_t rememberedStamps = 500'000;
    LatelyMet<bool> stamps_{rememberedStamps};
    HashTable<Newest> newest_;  ///< of the day; where it has more than that holds, the first counts
    std::uint32_t surveyed_ = 0;
    std::uint32_t taken_ = 0;
    std::set<std::string> unknownSubtypes_;
    std::uint64_t seen_ = 0;
    std::uint64_t versions_ = 0;
    std::uint64_t missingReactors_ = 0;
};

}  // namespace kith
