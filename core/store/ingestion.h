#pragma once

#include "core/import/sink.h"
#include "core/store/accountbook.h"
#include "core/store/changebook.h"
#include "core/store/database.h"
#include "core/store/givenbook.h"
#include "core/store/identitybook.h"
#include "core/store/ingest.h"
#include "core/store/messagerows.h"
#include "core/store/threadbook.h"
#include "core/store/threads.h"
#include "core/store/tiebook.h"
#include "core/store/votebook.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kith {

/// Takes one file's records into the workspace, inside a transaction that the caller holds. Feed it
/// through a reader, then call finish() once.
class Ingest : public Sink {
public:
    Ingest(const Database& db, SourceId source, std::string platform, const ImportOptions& options,
           ImportReport& report, bool preview);

    void account(AccountRecord record) override;
    void message(MessageRecord&& record) override;
    void system(SystemRecord record) override;
    void change(ChangeRecord record) override;
    void givenTie(GivenTie tie) override;
    void trait(TraitRecord record) override;
    void vote(VoteRecord record) override;
    void problem(Problem problem) override;

    /// This message will come soon: begins to fetch what will be looked up for it.
    void expect(const MessageRecord& record);

    /// Resolves replies, works out threads and answers in flat chats and completes the report. The
    /// full-text index is not filled: see textindex.h.
    void finish(const ReadReport& read, Task& task);

private:
    using Fate = MessageRows::Fate;

    std::int64_t conversation(const std::string& name);
    /// What is looked up for a message, by hash; conversation 0 = only the account is known.
    struct Keys {
        const MessageRecord* record = nullptr;
        std::int64_t conversation = 0;
        std::uint64_t account = 0;
        std::uint64_t thread = 0;
        std::uint64_t id = 0;
    };

    Keys takeKeys(const MessageRecord& record);
    Fate store(const NewMessage& row, const std::string& id, std::string_view key,
               MessageId& stored);
    void noteTime(const std::optional<Time>& time);
    void showPreview(const std::string& conversation, std::string_view author,
                     const NewMessage& row, MessageId id);
    void storeVotes(Task& task);
    void applyChanges(Task& task);
    void countRecords(const ReadReport& read);
    void reportPeople();

    const Database& db_;
    SourceId source_;
    const ImportOptions& options_;
    ImportReport& report_;
    bool preview_;
    AccountBook accounts_;
    bool empty_;  ///< the workspace held no message before
    IdentityBook identities_;
    MessageRows rows_;
    TieBook ties_;
    GivenBook givenTies_;
    VoteBook votes_;
    ChangeBook changes_;
    ThreadBook threads_;
    std::vector<MessageId> previewed_;  ///< in the order of the report's preview

    std::unordered_map<std::string, std::int64_t> conversations_;
    ThreadSpeakers speakers_;
    std::unordered_set<std::int64_t> touchedConversations_;
    std::int64_t lastTouched_ = 0;
    std::string lastConversationName_;
    std::int64_t lastConversation_ = 0;
    std::array<Keys, 16> expected_;  ///< in a ring: more than are ever ahead
    std::size_t expectedNext_ = 0;
    std::uint64_t nodes_ = 0;
    std::uint64_t given_ = 0;
};

}  // namespace kith
