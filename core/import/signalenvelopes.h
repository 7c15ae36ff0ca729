#pragma once

#include "core/import/json.h"
#include "core/import/records.h"
#include "core/import/texttable.h"

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

    std::string name(const std::string& key) const;
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

    /// Reactions, edits and deletions beyond those that are remembered: of some 150,000 messages,
    /// with 16 MB of edited text.
    std::uint64_t lost() const { return lost_; }

private:
    void meet(const Json& uuid, const Json& number, const Json& name);
    void note(const SignalEnvelope& envelope);

    Fate* fateOf(const std::string& id);

    TextTable keys_;  ///< number -> uuid
    TextTable names_;
    TextTable numbers_;  ///< key -> number
    std::unordered_map<std::string, std::string> groups_;
    std::unordered_map<std::string, Fate> fates_;
    std::size_t held_ = 0;  ///< bytes of text and of reactions
    std::uint64_t lost_ = 0;
};

std::string signalId(const std::string& author, std::int64_t stamp);

}  // namespace kith
