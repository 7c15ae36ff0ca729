#include "core/store/votebook.h"

namespace kith {

void VoteBook::keep(const VoteRecord& record, std::int64_t conversation)
{
    if (!keep_) {
        db_.run(
            "CREATE TEMP TABLE cast_vote (id INTEGER PRIMARY KEY, account TEXT, conversation "
            "INTEGER, native ANY, value INTEGER, time INTEGER) STRICT");
        keep_.emplace(db_, "INSERT INTO temp.cast_vote VALUES (NULL, ?1, ?2, ?3, ?4, ?5)");
    }
    ++count_;
    keep_->bind(record.account, conversation);
    NativeId(record.message).bind(*keep_, 3);
    keep_->bindAt(4, record.value);
    keep_->bindAt(5, record.time);
    keep_->next();
    keep_->reset();
}

std::uint64_t VoteBook::store(SourceId source, AccountBook& accounts, IdentityBook& identities,
                              Task& task)
{
    if (!keep_) return 0;
    task.begin("Counting votes", count_);
    Statement votes(db_,
                    "SELECT conversation, native, account, value, time FROM temp.cast_vote "
                    "ORDER BY id");
    Statement store(db_,
                    "INSERT INTO vote (message, account, value, time, source) "
                    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (message, account) DO UPDATE SET "
                    "value = excluded.value, time = excluded.time "
                    "WHERE ifnull(excluded.time, 0) >= ifnull(time, 0)");
    std::uint64_t lost = 0;
    while (votes.next()) {
        task.advance(1);
        const auto conversation = votes.integer(0);
        const std::string native = votes.text(1);
        const NativeId id(native);
        const auto statement =
            identities.find(identities.keyOf(conversation, id), conversation, id);
        if (!statement) {
            ++lost;
            continue;
        }
        store.run(statement->message, accounts.account(votes.view(2)), votes.integer(3),
                  votes.time(4), source);
    }
    votes.reset();
    keep_.reset();
    db_.run("DROP TABLE temp.cast_vote");
    return lost;
}

}  // namespace kith
