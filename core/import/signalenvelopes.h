#pragma once

#include "core/import/json.h"
#include "core/import/records.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace kith {

/// One line of signal-cli, with what it does found out.
struct SignalEnvelope {
    enum class Kind {
        Said,
        Reaction,
        Edit,
        Deletion,
        Update,  ///< of a group
        Setting,
        None  ///< receipts, typing, calls: no message at all
    };
    Kind kind = Kind::None;
    std::string author;  ///< key
    std::string group;   ///< id; empty = a conversation of two
    std::string other;   ///< in a conversation of two, key of the one it was sent to
    std::int64_t stamp = 0;
    const Json* data = nullptr;
};

/// What a file of envelopes says about people and about messages that came before. First walk:
/// learn() each line; afterwards everything is known.
class SignalBook {
public:
    void learn(const Json& line);

    SignalEnvelope envelope(const Json& line) const;

    /// Key of somebody given by any of uuid, number and an old address.
    std::string key(const Json& uuid, const Json& number, const Json& address) const;

    const std::string& name(const std::string& key) const;
    std::string number(const std::string& key) const;
    std::string groupName(const std::string& id) const;

    struct Fate {
        std::vector<ReactionRecord> reactions;
        std::string text;  ///< after the last edit
        bool edited = false;
        bool deleted = false;
    };
    /// By "author:stamp"; nullptr when nothing happened to the message.
    const Fate* fate(const std::string& id) const;

private:
    void meet(const Json& uuid, const Json& number, const Json& name);
    void note(const SignalEnvelope& envelope);

    std::unordered_map<std::string, std::string> keys_;  ///< number -> uuid
    std::unordered_map<std::string, std::string> names_;
    std::unordered_map<std::string, std::string> numbers_;  ///< key -> number
    std::unordered_map<std::string, std::string> groups_;
    std::unordered_map<std::string, Fate> fates_;
};

std::string signalId(const std::string& author, std::int64_t stamp);

}  // namespace kith
