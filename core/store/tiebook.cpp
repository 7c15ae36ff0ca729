#include "core/store/tiebook.h"

#include "core/base/hash.h"

#include <algorithm>
#include <set>
#include <utility>

namespace kith {

namespace {

/// Pointers to later messages that are kept in memory; more wait in the database.
constexpr std::size_t mostLater = 200'000;
constexpr std::size_t tiesAtOnce = 32;

std::string insertTies(std::size_t count)
{
    std::string sql =
        "INSERT OR IGNORE INTO tie (message, kind, from_account, to_account, time, weight, "
        "target, ordinal) VALUES ";
    for (std::size_t i = 0; i < count; ++i)
        sql += i == 0 ? "(?, ?, ?, ?, ?, ?, ?, ?)" : ", (?, ?, ?, ?, ?, ?, ?, ?)";
    return sql;
}

}  // namespace

std::int64_t pointerNumber(TieKind kind, std::string_view target)
{
    const Hash hash = hashOf(static_cast<std::int64_t>(kind), target);
    return hash[0] | hash[1] << 8 | hash[2] << 16 | (hash[3] & 0x7f) << 24;
}

TieBook::TieBook(const Database& db, SourceId source, AccountBook& accounts, ImportReport& report,
                 bool empty)
    : source_(source),
      accounts_(accounts),
      report_(report),
      known_(accounts.seed()),
      knowsAll_(empty),
      db_(db),
      insert_(db, insertTies(1)),
      insertMany_(db, insertTies(tiesAtOnce)),
      stored_(db, "SELECT kind, from_account, to_account FROM tie WHERE message = ?1 AND kind < 6"),
      parent_(db, "SELECT id, account FROM message WHERE conversation = ?1 AND native = ?2"),
      wait_(db,
            "INSERT OR IGNORE INTO unresolved (message, pointer, kind, conversation, target) "
            "VALUES (?1, ?2, ?3, ?4, ?5)"),
      settle_(db, "DELETE FROM unresolved WHERE message = ?1 AND pointer = ?2")
{}

void TieBook::remember(const StoredMessage& message, std::string_view id)
{
    known_.add(message.conversation, NativeId(id), {message.id, message.author});
}

void TieBook::add(const StoredMessage& message, const MessageRecord& record)
{
    if (!message.author || (record.ties.empty() && record.reactions.empty())) return;
    wanted_.clear();
    collectPointers(message, record);
    collectMentions(message, record);
    collectReactions(message, record);
    const bool few = wanted_.size() <= tiesAtOnce;  // each is compared with each
    if (message.isNew && few && accounts_.mayWait()) return insertNew(message.id);
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
        if (find(message.conversation, tie.message, wanted) != Target::Missing) {
            if (!message.isNew) settle_.run(message.id, pointerNumber(tie.kind, tie.message));
            want(wanted);
            continue;
        }
        later_.push_back({message.id, message.author, message.time, tie.kind, message.conversation,
                          tie.message});
        if (later_.size() >= mostLater) writeLater();
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

void TieBook::bindRow(Statement& statement, int position, const Row& row) const
{
    statement.bindAt(position + 1, row.message);
    statement.bindAt(position + 2, static_cast<int>(row.tie.kind));
    statement.bindAt(position + 3, row.tie.from);
    statement.bindAt(position + 4, row.tie.to);
    statement.bindAt(position + 5, row.tie.time);
    statement.bindAt(position + 6, row.tie.weight);
    statement.bindAt(position + 7, row.tie.target);
    statement.bindAt(position + 8, row.ordinal);
}

void TieBook::insert(MessageId message, const Wanted& tie)
{
    // Equal ties of one message, two reactions by one person for instance, are told apart.
    for (Row row{message, tie, 0};; ++row.ordinal) {
        bindRow(insert_, 0, row);
        insert_.next();
        insert_.reset();
        if (db_.changes() == 1) return;
    }
}

/// The ties of a message that had none before: which of them are equal is known without asking.
void TieBook::insertNew(MessageId message)
{
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
        const Wanted& tie = wanted_[i];
        const auto equal =
            std::count_if(wanted_.begin(), wanted_.begin() + static_cast<std::ptrdiff_t>(i),
                          [&](const Wanted& other) {
                              return other.kind == tie.kind && other.from == tie.from &&
                                     other.to == tie.to && other.target == tie.target;
                          });
        rows_.push_back({message, tie, equal});
        if (rows_.size() == tiesAtOnce) flush();
    }
}

void TieBook::flush()
{
    const bool many = rows_.size() == tiesAtOnce;
    Statement& statement = many ? insertMany_ : insert_;
    int position = 0;
    for (const Row& row : rows_) {
        bindRow(statement, position, row);
        if (many) {
            position += 8;
            continue;
        }
        statement.next();
        statement.reset();
    }
    if (many) {
        statement.next();
        statement.reset();
    }
    rows_.clear();
}

TieBook::Target TieBook::find(std::int64_t conversation, std::string_view id, Wanted& tie)
{
    const NativeId native(id);
    if (const auto known = known_.find(conversation, native)) {
        tie.target = known->message;
        tie.to = known->author;
        return tie.to ? Target::Found : Target::Unknown;
    }
    if (knowsAll()) return Target::Missing;
    parent_.bind(conversation);
    native.bind(parent_, 2);
    const bool found = parent_.next();
    if (found) {
        tie.target = MessageId{parent_.integer(0)};
        tie.to = AccountId{parent_.integer(1)};
    }
    parent_.reset();
    if (!found) return Target::Missing;
    return tie.to ? Target::Found : Target::Unknown;
}

void TieBook::waitFor(const Later& later)
{
    wait_.bind(later.message, pointerNumber(later.kind, later.target), static_cast<int>(later.kind),
               later.conversation);
    NativeId(later.target).bind(wait_, 5);
    wait_.next();
    wait_.reset();
}

void TieBook::writeLater()
{
    for (const Later& later : later_) waitFor(later);
    later_.clear();
    wrote_ = true;
}

void TieBook::resolve(Task& task)
{
    flush();
    if (knowsAll() && !wrote_) {
        resolveKnown(task);
    } else {
        writeLater();
        resolveStored(task);
    }
}

/// Every message of the workspace is in memory, and every pointer too.
void TieBook::resolveKnown(Task& task)
{
    std::set<std::int64_t> pointers;  // of the message in hand
    MessageId message;
    for (const Later& later : later_) {
        task.advance(0);
        if (std::exchange(message, later.message) != later.message) pointers.clear();
        if (!pointers.insert(pointerNumber(later.kind, later.target)).second) continue;
        Wanted tie{later.kind, later.from, {}, later.time, 1, {}};
        if (find(later.conversation, later.target, tie) == Target::Missing) {
            waitFor(later);
            if (later.kind == TieKind::Reply) ++report_.unresolvedReplies;
        } else if (tie.to) {
            settle(later.message, tie, true);
        }
    }
    later_.clear();
}

/// A pointer has found its message: a tie, unless it points at its own author.
void TieBook::settle(MessageId message, const Wanted& tie, bool ours)
{
    if (!tie.from || !tie.to) return;
    if (tie.from == tie.to) {
        if (ours && tie.kind == TieKind::Reply) ++report_.selfReplies;
        return;
    }
    if (ours) ++report_.ties[tie.kind];
    insert(message, tie);
}

void TieBook::resolveStored(Task& task)
{
    const std::string ours =
        "(m.source = ?1 OR EXISTS (SELECT 1 FROM message_source x "
        "WHERE x.message = m.id AND x.source = ?1))";
    Statement arrived(
        db_, "SELECT u.message, u.pointer, u.kind, m.account, m.time, p.id, p.account, " + ours +
                 " FROM unresolved u "
                 "JOIN message p ON p.conversation = u.conversation AND "
                 "p.native = u.target JOIN message m ON m.id = u.message");
    db_.run("CREATE TEMP TABLE arrived (message INTEGER, pointer INTEGER)");
    Statement note(db_, "INSERT INTO temp.arrived VALUES (?1, ?2)");
    for (arrived.bind(source_); arrived.next();) {
        task.advance(0);
        note.run(arrived.integer(0), arrived.integer(1));
        const Wanted tie{static_cast<TieKind>(arrived.integer(2)),
                         AccountId{arrived.integer(3)},
                         AccountId{arrived.integer(6)},
                         arrived.time(4),
                         1,
                         MessageId{arrived.integer(5)}};
        settle(MessageId{arrived.integer(0)}, tie, arrived.integer(7) != 0);
    }
    arrived.reset();
    db_.run(
        "DELETE FROM unresolved WHERE (message, pointer) IN "
        "(SELECT message, pointer FROM temp.arrived); DROP TABLE temp.arrived");
    Statement waiting(db_,
                      "SELECT count(*) FROM unresolved u JOIN message m ON m.id = u.message "
                      "WHERE u.kind = 1 AND " +
                          ours);
    waiting.bind(source_).next();
    report_.unresolvedReplies += static_cast<std::uint64_t>(waiting.integer(0));
}

}  // namespace kith
