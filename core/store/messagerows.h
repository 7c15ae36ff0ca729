#pragma once

#include "core/base/quickhash.h"
#include "core/base/time.h"
#include "core/import/hashtable.h"
#include "core/model/ids.h"
#include "core/store/database.h"
#include "core/store/identitybook.h"
#include "core/store/messageindex.h"
#include "core/store/rowbatch.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// A message's row before it has a number.
struct NewMessage {
    std::int64_t conversation = 0;
    std::int64_t thread = 0;  ///< 0 = none
    AccountId author;         ///< 0 = unknown
    std::optional<Time> time;
    TimeCertainty certainty = TimeCertainty::Exact;
    int kind = 1;
    int flags = 0;
    std::string_view text;
    std::string attachments;
    std::uint64_t identity = 0;  ///< IdentityBook::keyOf() its id; 0 = not worked out yet
};

/// Flags of a stored message.
inline constexpr int systemFlag = 1;
inline constexpr int editedFlag = 2;
inline constexpr int deletedFlag = 4;
inline constexpr int botFlag = 8;

/// Writes the messages of one source, each once, and knows which of them were there before.
class MessageRows {
public:
    enum class Fate {
        New,
        Known,    ///< an earlier source brought it
        Repeated  ///< this source has brought it
    };

    MessageRows(const Database& db, SourceId source, IdentityBook& identities);

    /// Stores a message unless it is there already; `stored` becomes its number either way.
    /// @param id the platform's own, or empty
    /// @param key of the author's account, which tells messages without an id apart
    Fate store(const NewMessage& row, const std::string& id, std::string_view key,
               MessageId& stored);

    /// Whether this import brought the message.
    bool isNew(MessageId message) const { return message.value >= firstNew_; }

    /// How many messages stood more than once in the file under one id.
    std::uint64_t repeatedIds() const { return repeatedIds_; }

    /// Rows and index wait in memory until flush(), which is due when it is full and before anybody
    /// reads messages from the database. Rows of accounts and threads must be there by then.
    bool full() const { return index_.full(); }
    void flush()
    {
        writeRows();
        index_.flush();
    }

    /// The rows alone, before one of them is changed.
    void writeRows();

    /// Once, behind the last message.
    void finish();

private:
    /// Beyond, how often a line was met is found out by looking.
    static constexpr std::size_t mostRepeats = 700'000;

    /// What mostly all messages of a stretch have in common, as they have that nothing is attached.
    struct Shared {
        std::int64_t conversation = 0;
        int certainty = 0;
        int flags = 0;
        bool operator==(const Shared&) const = default;
    };

    Fate storeHashed(const NewMessage& row, std::string_view key, MessageId& stored);
    std::int64_t hashOf(const NewMessage& row, const NativeId& id) const;
    Fate storeAs(const NewMessage& row, const NativeId& id, std::uint64_t key, MessageId& stored);
    void insert(const NewMessage& row, const NativeId& id);

    const Database& db_;
    SourceId source_;
    IdentityBook& identities_;
    MessageIndex index_;
    HashTable<std::int64_t> repeats_{mostRepeats};  ///< lines met again: next ordinal
    std::int64_t firstNew_ = 0;
    std::int64_t next_ = 0;
    std::uint64_t repeatedIds_ = 0;
    RowBatch waiting_;
    std::int64_t lastWaiting_ = 0;  ///< number of the last row in it
    bool appends_ = false;          ///< the last row of the table is ours
    Shared shared_;                 ///< of the first that waits
    bool alike_ = true;             ///< and of all others
    Statement insert_;
    Statement append_;
    Statement appendAlike_;  ///< for values that are the same in all rows SQLite asks once
    Statement link_;
};

}  // namespace kith
