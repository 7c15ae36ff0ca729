#pragma once

#include "core/base/place.h"
#include "core/base/time.h"
#include "core/model/tie.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What readers hand on. Plain values, no ids of ours: accounts are named by their key, messages by
/// the platform's own id. All strings are valid UTF-8; keys and ids are never empty unless said.
namespace kith {

/// Somebody who can speak. Sent before or after the messages that use the key; a later record adds
/// what an earlier one left empty and replaces the display name. A key that is used but never
/// described is an account named like its key.
struct AccountRecord {
    std::string key;     ///< stable id where the format has one (then names may change), else label
    std::string name;    ///< display name; empty = same as the key
    std::string handle;  ///< user name, address or phone number; may be empty
    bool bot = false;
};

enum class MessageKind : std::uint8_t {
    Said = 1,   ///< somebody said it (also media, polls, locations)
    Post = 2,   ///< somebody said it to everybody: a thread's opening post or submission
    Repost = 3  ///< somebody passed another's message on without a word of their own
};

/// A pointer to somebody, made by a message.
struct TieRecord {
    TieKind kind = TieKind::Mention;
    std::string account;  ///< key of the person pointed at; empty when only the message is known
    std::string message;  ///< platform id of the message pointed at; empty when only the account is
    double weight = 1;    ///< for Given the file's weight, else 1
};

/// Somebody's emoji or like on the message that carries it: a tie from `account` to the author.
struct ReactionRecord {
    std::string account;
    std::string what;  ///< the emoji or its name
    std::optional<Time> time;
};

struct MessageRecord {
    std::string id;            ///< the platform's own, unique in `conversation`; empty where none
    std::string conversation;  ///< group, channel, list, subreddit ...; the name people know it by
    std::string thread;        ///< id of the thread or topic; empty in flat chats
    std::string account;       ///< author's key; empty = unknown or deleted author (makes no ties)
    Time time{};
    TimeCertainty certainty = TimeCertainty::Exact;
    bool timed = true;  ///< false: the file gives no time at all; `time` means nothing
    MessageKind kind = MessageKind::Said;
    std::string text;  ///< as typed, mark-up flattened; empty for pure media
    std::vector<TieRecord> ties;
    std::vector<ReactionRecord> reactions;
    std::vector<std::string> attachments;  ///< file names or kinds ("image"), never contents
    bool edited = false;
    bool deleted = false;  ///< the author took it back; text is empty
    bool bot = false;
    Place place;  ///< where the record starts

    /// Empties it. Strings and lists keep the room they have, unless that is more than a message
    /// mostly needs, so that filling it again takes no new memory.
    void clear();
};

/// What happened to a message that stands elsewhere in the file, before or behind: for formats that
/// tell it apart from the message. Takes the place of no record.
struct ChangeRecord {
    enum class Kind : std::uint8_t {
        Reaction,  ///< by `account`; `text` is the emoji or its name
        Edit       ///< `text` is what the message says now; counts when `account` wrote it
    };
    Kind kind = Kind::Reaction;
    std::string conversation;
    std::string message;  ///< the platform's id of the message that is changed
    std::string account;
    std::string text;
    std::optional<Time> time;
    Place place;
};

/// A line the platform wrote, not a person: join, leave, rename, notice. Kept, counted as system,
/// makes no ties and no people.
struct SystemRecord {
    std::string id;
    std::string conversation;
    Time time{};
    bool timed = true;
    std::string text;
    Place place;
};

/// Somebody's vote on a statement (Polis). The statement is a message of the same conversation; its
/// record may come before or after. A later vote on the same statement replaces an earlier one.
struct VoteRecord {
    std::string account;
    std::string conversation;
    std::string message;  ///< platform id of the statement
    int value = 0;        ///< -1 disagrees, 0 passes, 1 agrees
    std::optional<Time> time;
    Place place;
};

/// A tie from a graph file, between two accounts, not made by a message.
struct GivenTie {
    std::string from;
    std::string to;
    double weight = 1;  ///< finite, > 0
    bool directed = true;
    std::optional<Time> time;
    Place place;
};

/// An attribute of an account: a node's column in a graph file, a cell of a table of people.
struct TraitRecord {
    std::string account;
    std::string trait;
    std::string value;  ///< never empty
    bool numeric = false;
};

/// What became of a record that was not stored as it stood.
enum class Outcome : std::uint8_t {
    Skipped,   ///< the record is left out because it holds nothing Kith keeps (an empty row, an ad)
    Refused,   ///< the record is left out because it is broken or unsafe
    Repaired,  ///< stored, after a stated repair
    Noted      ///< about the file, not about one record
};

struct Problem {
    Outcome outcome = Outcome::Noted;
    Place place;
    std::string what;  ///< one plain clause: "the date 31/02/2024 does not exist"
};

}  // namespace kith
