#include "core/store/tiebook.h"

#include "core/base/hash.h"

#include <algorithm>
#include <set>
#include <utility>

namespace kith {

namespace {

/// Pointers to later messages that are kept in memory; more wait in the database.
constexpr std::size_t mostLater = 100'000;
constexpr std::size_t mostLate = 250'000;  ///< 16 MB

StoredTie storedTie(MessageId message, TieKind kind, AccountId from, AccountId to)
{
    StoredTie tie;
    tie.message = message.value;
    tie.kind = kind;
    tie.from = from.value;
    tie.to = to.value;
    return tie;
}

}  // namespace

std::int64_t pointerNumber(TieKind kind, std::string_view target)
{
    const Hash hash = hashOf(static_cast<std::int64_t>(kind), target);
    return hash[0] | hash[1] << 8 | hash[2] << 16 | (hash[3] & 0x7f) << 24;
}

TieBook::TieBook(const Database& db, SourceId source, AccountBook& accounts,
                 IdentityBook& identities, ImportReport& report)
    : source_(source),
      accounts_(accounts),
      report_(report),
      identities_(identities),
      db_(db),
      written_(db),
      unresolved_(5),
      wait_(db,
            "INSERT OR IGNORE INTO unresolved (message, pointer, kind, conversation, target) "
            "SELECT c0, c1, c2, c3, c4 FROM batch(?1)"),
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
    for (const Wanted& tie : wanted_) {
        if (!message.isNew) {
            insertLate(message.id, tie);
            continue;
        }
        auto row = storedTie(message.id, tie.kind, tie.from, tie.to);
        row.target = tie.target.value;
        row.time = tie.time;
        row.weight = tie.weight;
        written_.add(row);
    }
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
        if (later_.size() >= mostLater) writePointers();
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

void TieBook::addReaction(const StoredMessage& message, AccountId from)
{
    if (!from || !message.author || from == message.author) return;
    ++report_.ties[TieKind::Reaction];
    if (!message.isNew && holdsReaction(message.id, from)) return;
    insertLate(message.id, {TieKind::Reaction, from, message.author, message.time, 1, {}});
}

/// Whether an earlier import brought a reaction of this account.
bool TieBook::holdsReaction(MessageId message, AccountId from)
{
    if (!stored_) stored_.emplace(db_);
    stored_->of(message.value, held_);
    return std::ranges::any_of(held_, [&](const StoredTie& tie) {
        return tie.kind == TieKind::Reaction && tie.from == from.value;
    });
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
    if (!stored_) stored_.emplace(db_);
    stored_->of(message.value, held_);
    for (const StoredTie& held : held_) {
        const auto same = std::ranges::find_if(wanted_, [&](const Wanted& tie) {
            return tie.kind == held.kind && tie.from.value == held.from && tie.to.value == held.to;
        });
        if (same != wanted_.end()) wanted_.erase(same);
    }
}

/// A tie of a message that stood there before the last one: it cannot go behind the others' ties.
void TieBook::insertLate(MessageId message, const Wanted& tie)
{
    auto row = storedTie(message, tie.kind, tie.from, tie.to);
    row.target = tie.target.value;
    row.time = tie.time;
    row.weight = tie.weight;
    late_.push_back(row);
    if (late_.size() >= mostLate) writeLate();
}

void TieBook::writeLate()
{
    std::ranges::stable_sort(late_, {}, &StoredTie::message);
    TieWriter writer(db_);
    for (const StoredTie& tie : late_) writer.add(tie);
    writer.finish();
    late_.clear();
}

TieBook::Target TieBook::find(std::int64_t conversation, std::string_view id, Wanted& tie)
{
    const NativeId native(id);
    const auto key = identities_.keyOf(conversation, native);
    const auto known = identities_.find(key, conversation, native);
    if (!known) return Target::Missing;
    tie.target = known->message;
    tie.to = known->author;
    return tie.to ? Target::Found : Target::Unknown;
}

void TieBook::waitFor(const Later& later, std::int64_t pointer)
{
    constexpr std::size_t rowsAtOnce = 1000;
    unresolved_.add(later.message.value);
    unresolved_.add(pointer);
    unresolved_.add(static_cast<std::int64_t>(later.kind));
    unresolved_.add(later.conversation);
    NativeId(later.target).addTo(unresolved_);
    if (unresolved_.rows() >= rowsAtOnce) writeUnresolved();
}

void TieBook::writeUnresolved()
{
    if (unresolved_.empty()) return;
    wait_.run(unresolved_);
    unresolved_.clear();
}

void TieBook::writePointers()
{
    for (const Later& later : later_) waitFor(later, pointerNumber(later.kind, later.target));
    writeUnresolved();
    later_.clear();
    wrote_ = true;
}

void TieBook::resolve(Task& task)
{
    written_.finish();
    if (identities_.inMemory() && !wrote_) {
        resolveKnown(task);
    } else {
        writePointers();
        resolveStored(task);
    }
    writeLate();
}

/// Every message of the workspace is in memory, and every pointer too.
void TieBook::resolveKnown(Task& task)
{
    std::set<std::int64_t> pointers;  // of the message in hand
    MessageId message;
    for (const Later& later : later_) {
        task.advance(0);
        if (std::exchange(message, later.message) != later.message) pointers.clear();
        const auto pointer = pointerNumber(later.kind, later.target);
        if (!pointers.insert(pointer).second) continue;
        Wanted tie{later.kind, later.from, {}, later.time, 1, {}};
        if (find(later.conversation, later.target, tie) == Target::Missing) {
            waitFor(later, pointer);
            if (later.kind == TieKind::Reply) ++report_.unresolvedReplies;
        } else if (tie.to) {
            settle(later.message, tie, true);
        }
    }
    writeUnresolved();
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
    insertLate(message, tie);
}

/// In pieces, since what is resolved is taken out of what is walked through.
void TieBook::resolveStored(Task& task)
{
    constexpr std::int64_t piece = 4096;
    Statement rows(db_,
                   "SELECT u.message, u.pointer, u.kind, u.conversation, u.target, m.account, "
                   "m.time, m.source = ?1 OR EXISTS (SELECT 1 FROM message_source x "
                   "WHERE x.message = m.id AND x.source = ?1) "
                   "FROM unresolved u JOIN message m ON m.id = u.message "
                   "WHERE (u.message, u.pointer) > (?2, ?3) "
                   "ORDER BY u.message, u.pointer LIMIT ?4");
    std::pair<std::int64_t, std::int64_t> last{-1, 0};
    std::vector<std::pair<std::int64_t, std::int64_t>> arrived;
    for (bool more = true; more;) {
        task.advance(0);
        std::int64_t count = 0;
        for (rows.bind(source_, last.first, last.second, piece); rows.next(); ++count) {
            last = {rows.integer(0), rows.integer(1)};
            Wanted tie{static_cast<TieKind>(rows.integer(2)),
                       AccountId{rows.integer(5)},
                       {},
                       rows.time(6),
                       1,
                       {}};
            const bool ours = rows.integer(7) != 0;
            if (find(rows.integer(3), rows.text(4), tie) == Target::Missing) {
                if (ours && tie.kind == TieKind::Reply) ++report_.unresolvedReplies;
                continue;
            }
            arrived.push_back(last);
            settle(MessageId{last.first}, tie, ours);
        }
        rows.reset();
        for (const auto& [message, pointer] : arrived) settle_.run(message, pointer);
        arrived.clear();
        more = count == piece;
    }
}

}  // namespace kith
