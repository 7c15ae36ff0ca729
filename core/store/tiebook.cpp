#include "core/store/tiebook.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>

namespace kith {

NativeId::NativeId(std::string_view text) : text_(text)
{
    // Leading zeros and signs would be lost in a number, and with them the difference of two ids.
    const bool digits = !text.empty() && text.size() <= 18 &&
                        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (text.size() > 1 && text.front() == '0')) return;
    number_ = *parseInteger(text);
    numeric_ = true;
}

void NativeId::bind(Statement& statement, int position) const
{
    if (numeric_) {
        statement.bindAt(position, number_);
    } else {
        statement.bindAt(position, text_);
    }
}

std::int64_t pointerNumber(TieKind kind, std::string_view target)
{
    const Hash hash = hashOf(static_cast<std::int64_t>(kind), target);
    return hash[0] | hash[1] << 8 | hash[2] << 16 | (hash[3] & 0x7f) << 24;
}

TieBook::TieBook(const Database& db, AccountBook& accounts, ImportReport& report)
    : accounts_(accounts),
      report_(report),
      db_(db),
      insert_(db,
              "INSERT INTO tie (message, kind, from_account, to_account, time, weight, target) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      stored_(db, "SELECT kind, from_account, to_account FROM tie WHERE message = ?1 AND kind < 6"),
      parent_(db, "SELECT id, account FROM message WHERE conversation = ?1 AND native = ?2"),
      wait_(db,
            "INSERT OR IGNORE INTO unresolved (message, pointer, kind, conversation, target) "
            "VALUES (?1, ?2, ?3, ?4, ?5)"),
      settle_(db, "DELETE FROM unresolved WHERE message = ?1 AND pointer = ?2")
{}

void TieBook::add(const StoredMessage& message, const MessageRecord& record)
{
    if (!message.author || (record.ties.empty() && record.reactions.empty())) return;
    wanted_.clear();
    collectPointers(message, record);
    collectMentions(message, record);
    collectReactions(message, record);
    if (!message.isNew) dropStored(message.id);
    for (const Wanted& tie : wanted_) insert(message.id, tie);
}

/// Replies, quotes and reposts: to an account that the file names, else to a message's author.
void TieBook::collectPointers(const StoredMessage& message, const MessageRecord& record)
{
    for (const TieRecord& tie : record.ties) {
        if (tie.kind == TieKind::Mention) continue;
        Wanted wanted{tie.kind, message.author, {}, message.time, tie.weight, {}};
        if (!tie.account.empty()) {
            wanted.to = accounts_.account(tie.account);
            want(wanted);
            continue;
        }
        if (tie.message.empty()) continue;
        const auto pointer = pointerNumber(tie.kind, tie.message);
        if (find(message.conversation, tie.message, wanted) != Target::Missing) {
            if (!message.isNew) settle_.run(message.id, pointer);
            want(wanted);
            continue;
        }
        wait_.bind(message.id, pointer, static_cast<int>(tie.kind), message.conversation);
        NativeId(tie.message).bind(wait_, 5);
        wait_.next();
        wait_.reset();
        waiting_.emplace(message.id.value, pointer);
    }
}

void TieBook::collectMentions(const StoredMessage& message, const MessageRecord& record)
{
    named_.clear();
    for (const TieRecord& tie : record.ties) {
        if (tie.kind != TieKind::Mention || tie.account.empty()) continue;
        const AccountId named = accounts_.account(tie.account);
        if (std::ranges::find(named_, named) == named_.end()) named_.push_back(named);
    }
    const double share = named_.empty() ? 0 : 1.0 / static_cast<double>(named_.size());
    for (const AccountId named : named_) {
        want({TieKind::Mention, message.author, named, message.time, share, {}});
    }
}

void TieBook::collectReactions(const StoredMessage& message, const MessageRecord& record)
{
    for (const ReactionRecord& reaction : record.reactions) {
        const auto time = reaction.time ? reaction.time : message.time;
        want({TieKind::Reaction, accounts_.account(reaction.account), message.author, time, 1, {}});
    }
}

/// Counts the tie for the report and keeps it unless it points at nobody or at its own author.
void TieBook::want(Wanted tie)
{
    if (!tie.from || !tie.to) return;
    if (tie.from == tie.to) {
        if (tie.kind == TieKind::Reply) ++report_.selfReplies;
        return;
    }
    ++report_.ties[tie.kind];
    wanted_.push_back(tie);
}

/// Leaves in `wanted_` what an earlier source of the same message did not have.
void TieBook::dropStored(MessageId message)
{
    for (stored_.bind(message); stored_.next();) {
        const auto same = std::ranges::find_if(wanted_, [this](const Wanted& tie) {
            return static_cast<std::int64_t>(tie.kind) == stored_.integer(0) &&
                   tie.from.value == stored_.integer(1) && tie.to.value == stored_.integer(2);
        });
        if (same != wanted_.end()) wanted_.erase(same);
    }
    stored_.reset();
}

void TieBook::insert(MessageId message, const Wanted& tie)
{
    insert_.bind(message, static_cast<int>(tie.kind), tie.from, tie.to, tie.time, tie.weight);
    if (tie.target) {
        insert_.bindAt(7, tie.target);
    } else {
        insert_.bindAt(7, nullptr);
    }
    insert_.next();
    insert_.reset();
}

TieBook::Target TieBook::find(std::int64_t conversation, std::string_view id, Wanted& tie)
{
    parent_.bind(conversation);
    NativeId(id).bind(parent_, 2);
    const bool found = parent_.next();
    if (found) {
        tie.target = MessageId{parent_.integer(0)};
        tie.to = AccountId{parent_.integer(1)};
    }
    parent_.reset();
    if (!found) return Target::Missing;
    return tie.to ? Target::Found : Target::Unknown;
}

void TieBook::resolve(Task& task)
{
    Statement arrived(db_,
                      "SELECT u.message, u.pointer, u.kind, m.account, m.time, p.id, p.account "
                      "FROM unresolved u "
                      "JOIN message p ON p.conversation = u.conversation AND p.native = u.target "
                      "JOIN message m ON m.id = u.message");
    std::vector<std::pair<std::int64_t, std::int64_t>> done;
    while (arrived.next()) {
        task.advance(0);
        const std::pair key{arrived.integer(0), arrived.integer(1)};
        const Wanted tie{static_cast<TieKind>(arrived.integer(2)),
                         AccountId{arrived.integer(3)},
                         AccountId{arrived.integer(6)},
                         arrived.time(4),
                         1,
                         MessageId{arrived.integer(5)}};
        const bool ours = waiting_.erase(key) > 0;
        done.push_back(key);
        if (tie.from && tie.from == tie.to) {
            if (ours && tie.kind == TieKind::Reply) ++report_.selfReplies;
        } else if (tie.from && tie.to) {
            if (ours) ++report_.ties[tie.kind];
            insert(MessageId{key.first}, tie);
        }
    }
    Statement remove(db_, "DELETE FROM unresolved WHERE message = ?1 AND pointer = ?2");
    for (const auto& [message, pointer] : done) remove.run(message, pointer);

    Statement kind(db_, "SELECT kind FROM unresolved WHERE message = ?1 AND pointer = ?2");
    for (const auto& [message, pointer] : waiting_) {
        if (!kind.bind(message, pointer).next()) continue;
        if (static_cast<TieKind>(kind.integer(0)) == TieKind::Reply) ++report_.unresolvedReplies;
    }
}

}  // namespace kith
