#pragma once

#include "core/import/records.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"
#include "core/store/ingest.h"
#include "core/store/messagemap.h"
#include "core/store/nativeid.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith {

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
    /// @param empty the workspace holds no message yet
    TieBook(const Database& db, SourceId source, AccountBook& accounts, ImportReport& report,
            bool empty);

    /// A message that was stored under the platform's id: others may point at it.
    void remember(const StoredMessage& message, std::string_view id);

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
    /// A tie of a message that has no others, which is yet to be written.
    struct Row {
        MessageId message;
        Wanted tie;
        std::int64_t ordinal = 0;
    };
    enum class Target { Missing, Unknown, Found };
    /// A pointer to a message that has not arrived.
    struct Later {
        MessageId message;
        AccountId from;
        std::optional<Time> time;
        TieKind kind = TieKind::Reply;
        std::int64_t conversation = 0;
        std::string target;
    };

    void collectPointers(const StoredMessage& message, const MessageRecord& record);
    void collectMentions(const StoredMessage& message, const MessageRecord& record);
    void collectReactions(const StoredMessage& message, const MessageRecord& record);
    void want(Wanted tie);
    void dropStored(MessageId message);
    void insert(MessageId message, const Wanted& tie);
    void insertNew(MessageId message);
    void bindRow(Statement& statement, int position, const Row& row) const;
    void flush();
    Target find(std::int64_t conversation, std::string_view id, Wanted& tie);

    bool knowsAll() const { return knowsAll_ && !known_.full(); }
    void waitFor(const Later& later);
    void writeLater();
    void resolveKnown(Task& task);
    void resolveStored(Task& task);
    void settle(MessageId message, const Wanted& tie, bool ours);

    SourceId source_;
    AccountBook& accounts_;
    ImportReport& report_;
    MessageMap known_;
    bool knowsAll_;  ///< what is not in known_ was never stored, while that is not full
    std::vector<Wanted> wanted_;  ///< of the message in hand; kept to spare allocations
    std::vector<AccountId> named_;
    std::vector<Row> rows_;
    std::vector<Later> later_;
    bool wrote_ = false;  ///< some pointers of this file wait in the database
    const Database& db_;
    Statement insert_;
    Statement insertMany_;
    Statement stored_;
    Statement parent_;
    Statement wait_;
    Statement settle_;
};

}  // namespace kith
