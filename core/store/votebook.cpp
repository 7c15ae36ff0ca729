#include "core/store/votebook.h"

namespace kith {

VoteBook::VoteBook(const Database& db, SourceId source, AccountBook& accounts,
                   IdentityBook& identities)
    : db_(db),
      source_(source),
      accounts_(accounts),
      identities_(identities),
      insert_(db,
              "INSERT INTO vote (message, account, value, time, source) "
              "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (message, account) DO UPDATE SET "
              "value = excluded.value, time = excluded.time "
              "WHERE ifnull(excluded.time, 0) >= ifnull(time, 0)")
{}

void VoteBook::keep(const VoteRecord& record, std::int64_t conversation)
{
    const Vote vote{record.account, conversation, record.message, record.value, record.time};
    if (wait_ || !store(vote)) wait(vote);
}

/// @return false when the statement is not there
bool VoteBook::store(const Vote& vote)
{
    const NativeId id(vote.statement);
    const auto key = identities_.keyOf(vote.conversation, id);
    const auto statement = identities_.find(key, vote.conversation, id);
    if (!statement) return false;
    insert_.run(statement->message, accounts_.account(vote.account), vote.value, vote.time,
                source_);
    return true;
}

void VoteBook::wait(const Vote& vote)
{
    if (!wait_) {
        db_.run(
            "CREATE TABLE cast_vote (id INTEGER PRIMARY KEY, account TEXT, conversation INTEGER, "
            "native ANY, value INTEGER, time INTEGER) STRICT");
        wait_.emplace(db_, "INSERT INTO cast_vote VALUES (NULL, ?1, ?2, ?3, ?4, ?5)");
    }
    ++waiting_;
    wait_->bind(vote.account, vote.conversation);
    NativeId(vote.statement).bind(*wait_, 3);
    wait_->bindAt(4, vote.value);
    wait_->bindAt(5, vote.time);
    wait_->next();
    wait_->reset();
}

std::uint64_t VoteBook::finish(Task& task)
{
    if (!wait_) return 0;
    task.begin("Counting votes", waiting_);
    std::uint64_t lost = 0;
    Statement votes(db_,
                    "SELECT account, conversation, native, value, time FROM cast_vote ORDER BY id");
    while (votes.next()) {
        task.advance(1);
        const std::string statement = votes.text(2);
        const bool stored =
            store({votes.view(0), votes.integer(1), statement, votes.integer(3), votes.time(4)});
        lost += stored ? 0U : 1U;
    }
    votes.reset();
    wait_.reset();
    db_.run("DROP TABLE cast_vote");
    return lost;
}

}  // namespace kith
