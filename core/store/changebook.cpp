#include "core/store/changebook.h"

#include "core/store/rows.h"

namespace kith {

ChangeBook::ChangeBook(const Database& db, AccountBook& accounts, IdentityBook& identities,
                       MessageRows& rows, TieBook& ties)
    : db_(db), accounts_(accounts), identities_(identities), rows_(rows), ties_(ties)
{}

std::optional<MessageId> ChangeBook::keep(const ChangeRecord& record, std::int64_t conversation)
{
    edited_.reset();
    if (!apply(record, conversation)) wait(record, conversation);
    return edited_;
}

/// @return false when the message is not there
bool ChangeBook::apply(const ChangeRecord& record, std::int64_t conversation)
{
    const NativeId id(record.message);
    const auto key = identities_.keyOf(conversation, id);
    const auto message = identities_.find(key, conversation, id);
    if (!message) return false;
    const AccountId account = accounts_.account(record.account);
    if (record.kind == ChangeRecord::Kind::Reaction) {
        ties_.addReaction({message->message, message->author, conversation, record.time,
                           rows_.isNew(message->message)},
                          account);
    } else if (account && account == message->author && rows_.isNew(message->message)) {
        edit(record, message->message);
    }
    return true;
}

void ChangeBook::edit(const ChangeRecord& record, MessageId message)
{
    if (!edit_) {
        // What was taken back stays empty.
        edit_.emplace(db_,
                      "UPDATE message SET text = ?2, flags = flags | ?3 "
                      "WHERE id = ?1 AND flags & ?4 = 0");
        seal_.emplace(db_, sealing("message", "id = ?1"));
    }
    rows_.writeRows();
    edit_->run(message, record.text, editedFlag, deletedFlag);
    if (db_.changes() == 0) return;
    seal_->run(message);
    edited_ = message;
}

void ChangeBook::wait(const ChangeRecord& record, std::int64_t conversation)
{
    if (!wait_) {
        db_.run(
            "CREATE TABLE later_change (id INTEGER PRIMARY KEY, kind INTEGER, conversation "
            "INTEGER, message TEXT, account TEXT, text TEXT, time INTEGER) STRICT");
        wait_.emplace(db_, "INSERT INTO later_change VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6)");
    }
    wait_->run(static_cast<int>(record.kind), conversation, record.message, record.account,
               record.text, record.time);
}

std::uint64_t ChangeBook::finish(Task& task)
{
    if (!wait_) return 0;
    std::uint64_t lost = 0;
    Statement changes(db_,
                      "SELECT kind, conversation, message, account, text, time FROM later_change "
                      "ORDER BY id");
    while (changes.next()) {
        task.advance(0);
        ChangeRecord record;
        record.kind = static_cast<ChangeRecord::Kind>(changes.integer(0));
        record.message = changes.text(2);
        record.account = changes.text(3);
        record.text = changes.text(4);
        record.time = changes.time(5);
        lost += apply(record, changes.integer(1)) ? 0U : 1U;
    }
    changes.reset();
    wait_.reset();
    db_.run("DROP TABLE later_change");
    return lost;
}

}  // namespace kith
