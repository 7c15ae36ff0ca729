#pragma once

#include "core/import/records.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"
#include "core/store/identitybook.h"
#include "core/store/ingest.h"
#include "core/store/rowbatch.h"
#include "core/store/tieblocks.h"

#include <optional>
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
    TieBook(const Database& db, SourceId source, AccountBook& accounts, IdentityBook& identities,
            ImportReport& report);

    void add(const StoredMessage& message, const MessageRecord& record);

    /// A reaction to a message that stands there, told apart from it; `message.time` is when.
    void addReaction(const StoredMessage& message, AccountId from);

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
    bool holdsReaction(MessageId message, AccountId from);
    void insertLate(MessageId message, const Wanted& tie);
    void writeLate();
    Target find(std::int64_t conversation, std::string_view id, Wanted& tie);

    void waitFor(const Later& later, std::int64_t pointer);
    void writeUnresolved();
    void writePointers();
    void resolveKnown(Task& task);
    void resolveStored(Task& task);
    void settle(MessageId message, const Wanted& tie, bool ours);

    SourceId source_;
    AccountBook& accounts_;
    ImportReport& report_;
    IdentityBook& identities_;
    std::vector<Wanted> wanted_;  ///< of the message in hand; kept to spare allocations
    std::vector<AccountId> named_;
    std::vector<StoredTie> late_;  ///< ties of messages that stood there before
    std::vector<StoredTie> held_;
    std::vector<Later> later_;
    bool wrote_ = false;  ///< some pointers of this file wait in the database
    const Database& db_;
    TieWriter written_;
    std::optional<TiesOfMessages> stored_;  ///< once a message is met that was there
    RowBatch unresolved_;  ///< pointers on their way into the database
    Statement wait_;
    Statement settle_;
};

}  // namespace kith
