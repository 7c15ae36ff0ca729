#pragma once

#include "core/import/records.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"
#include "core/store/ingest.h"

#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

/// A platform's own id as it is stored: as a number when it is plainly one, which is shorter.
/// Refers to the text it was made from.
class NativeId {
public:
    explicit NativeId(std::string_view text);
    void bind(Statement& statement, int position) const;

private:
    std::string_view text_;
    std::int64_t number_ = 0;
    bool numeric_ = false;
};

/// Tells the unresolved pointers of one message apart.
std::int64_t pointerNumber(TieKind kind, std::string_view target);

/// A message that has its row, for the ties it makes.
struct StoredMessage {
    MessageId id;
    AccountId author;
    std::int64_t conversation = 0;
    std::optional<Time> time;
    bool isNew = true;
};

/// Writes the ties that messages make, and resolves pointers to messages that arrive later.
class TieBook {
public:
    TieBook(const Database& db, AccountBook& accounts, ImportReport& report);

    void add(const StoredMessage& message, const MessageRecord& record);

    /// Resolves every pointer whose message has arrived, of this and of earlier imports. Call once,
    /// after the last message.
    void resolve(Task& task);

private:
    struct Wanted {
        TieKind kind = TieKind::Mention;
        AccountId from;
        AccountId to;
        std::optional<Time> time;
        double weight = 1;
        MessageId target;
    };
    enum class Target { Missing, Unknown, Found };

    void collectPointers(const StoredMessage& message, const MessageRecord& record);
    void collectMentions(const StoredMessage& message, const MessageRecord& record);
    void collectReactions(const StoredMessage& message, const MessageRecord& record);
    void want(Wanted tie);
    void dropStored(MessageId message);
    void insert(MessageId message, const Wanted& tie);
    Target find(std::int64_t conversation, std::string_view id, Wanted& tie);

    AccountBook& accounts_;
    ImportReport& report_;
    std::vector<Wanted> wanted_;  ///< of the message in hand; kept to spare allocations
    std::vector<AccountId> named_;
    std::set<std::pair<std::int64_t, std::int64_t>> waiting_;  ///< this file's (message, pointer)
    const Database& db_;
    Statement insert_;
    Statement stored_;
    Statement parent_;
    Statement wait_;
    Statement settle_;
};

}  // namespace kith
