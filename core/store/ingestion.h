#pragma once

#include "core/base/quickhash.h"
#include "core/import/sink.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"
#include "core/store/ingest.h"
#include "core/store/keymap.h"
#include "core/store/threads.h"
#include "core/store/tiebook.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace kith {

/// Takes one file's records into the workspace, inside a transaction that the caller holds. Feed it
/// through a reader, then call finish() once.
class Ingest : public Sink {
public:
    Ingest(const Database& db, SourceId source, std::string platform, const ImportOptions& options,
           ImportReport& report, bool preview);

    void account(AccountRecord record) override;
    void message(MessageRecord record) override;
    void system(SystemRecord record) override;
    void givenTie(GivenTie tie) override;
    void trait(TraitRecord record) override;
    void vote(VoteRecord record) override;
    void problem(Problem problem) override;

    /// Resolves replies, works out threads and answers in flat chats and completes the report. The
    /// full-text index is not filled: see textindex.h.
    void finish(const ReadReport& read, Task& task);

private:
    /// A message's row before it has an id.
    struct Row {
        std::int64_t conversation = 0;
        std::int64_t thread = 0;
        AccountId author;
        std::optional<Time> time;
        TimeCertainty certainty = TimeCertainty::Exact;
        int kind = 1;
        int flags = 0;
        std::string_view text;
        std::string attachments;
    };
    enum class Fate { New, Known, Repeated };

    std::int64_t conversation(const std::string& name);
    std::int64_t thread(std::int64_t conversation, const std::string& native);
    Fate store(const Row& row, const std::string& id, std::string_view key, MessageId& stored);
    Fate storeHashed(const Row& row, std::string_view key, MessageId& stored);
    std::int64_t hashOfRow(const Row& row, QuickHasher& hasher) const;
    Fate insert(const Row& row, QuickHasher& hasher, MessageId& stored);
    Fate meet(MessageId& stored);
    bool meetGiven(std::int64_t identity);
    void noteTime(const std::optional<Time>& time);
    void showPreview(const std::string& conversation, std::string_view author, const Row& row);
    void storeVotes(Task& task);
    void countRecords(const ReadReport& read);
    void noteLastMessage() const;
    void reportPeople();

    const Database& db_;
    SourceId source_;
    std::string platformName_;
    const ImportOptions& options_;
    ImportReport& report_;
    bool preview_;
    AccountBook accounts_;
    bool empty_;  ///< the workspace held no message before
    TieBook ties_;

    std::unordered_map<std::string, std::int64_t> conversations_;
    KeyMap threads_;  ///< emptied when it grows large
    bool anyThread_;  ///< a thread may be there that is not in threads_
    ThreadSpeakers speakers_;
    std::unordered_set<std::int64_t> touchedConversations_;
    std::unordered_map<std::uint64_t, std::int64_t> repeats_;  ///< lines met again: next ordinal
    std::unordered_map<std::uint64_t, std::int64_t> givenRepeats_;
    std::string lastConversationName_;
    std::int64_t lastConversation_ = 0;
    std::string threadKey_;
    std::int64_t firstNew_ = 0;
    std::int64_t nextMessage_ = 0;
    std::uint64_t nodes_ = 0;
    std::uint64_t given_ = 0;
    std::optional<Statement> keepVote_;  ///< votes wait in a table until every statement is there
    std::uint64_t repeatedIds_ = 0;

    Statement insert_;
    Statement known_;
    Statement link_;
    Statement findThread_;
    Statement insertThread_;
    Statement insertGiven_;
    Statement knownGiven_;
    Statement linkGiven_;
};

/// Flags of a stored message.
inline constexpr int systemFlag = 1;
inline constexpr int editedFlag = 2;
inline constexpr int deletedFlag = 4;
inline constexpr int botFlag = 8;

}  // namespace kith
