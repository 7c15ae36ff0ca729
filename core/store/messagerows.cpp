#include "core/store/messagerows.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/store/rowhash.h"

namespace kith {

namespace {

constexpr std::size_t columns = 12;  ///< without the source, which all rows have in common
constexpr std::size_t bytesAtOnce = 256U << 10U;

std::int64_t firstFreeMessage(const Database& db)
{
    // A number that was given once is never given again: evidence may still name it.
    Statement last(db,
                   "SELECT max(ifnull((SELECT max(id) FROM message), 0), "
                   "ifnull((SELECT value FROM meta WHERE name = 'messages'), 0)) + 1");
    last.next();
    return last.integer(0);
}

void addOrNull(RowBatch& rows, std::int64_t value, bool present)
{
    if (present) {
        rows.add(value);
    } else {
        rows.add(nullptr);
    }
}

}  // namespace

MessageRows::MessageRows(const Database& db, SourceId source, IdentityBook& identities)
    : db_(db),
      source_(source),
      identities_(identities),
      index_(db),
      firstNew_(firstFreeMessage(db)),
      next_(firstNew_),
      waiting_(columns),
      insert_(db,
              "INSERT OR FAIL INTO message (id, conversation, native, source, account, thread, "
              "time, certainty, kind, flags, text, attachments, hash) "
              "SELECT c0, c1, c2, ?2, c3, c4, c5, c6, c7, c8, c9, c10, c11 FROM batch(?1)"),
      append_(db,
              "INSERT OR FAIL INTO message (id, conversation, native, source, account, thread, "
              "time, certainty, kind, flags, text, attachments, hash) "
              "SELECT NULL, c1, c2, ?2, c3, c4, c5, c6, c7, c8, c9, c10, c11 FROM batch(?1)"),
      appendAlike_(db,
                   "INSERT OR FAIL INTO message (id, conversation, native, source, account, "
                   "thread, time, certainty, kind, flags, text, attachments, hash) "
                   "SELECT NULL, ?3, c2, ?2, c3, c4, c5, ?4, c7, ?5, c9, NULL, c11 FROM batch(?1)"),
      link_(db, "INSERT OR IGNORE INTO message_source (message, source) VALUES (?1, ?2)")
{}

MessageRows::Fate MessageRows::store(const NewMessage& row, const std::string& id,
                                     std::string_view key, MessageId& stored)
{
    if (id.empty()) return storeHashed(row, key, stored);
    const NativeId native(id);
    const auto identity =
        row.identity != 0 ? row.identity : identities_.keyOf(row.conversation, native);
    const Fate fate = storeAs(row, native, identity, stored);
    if (fate == Fate::Repeated) ++repeatedIds_;
    return fate;
}

/// Without an id of the platform's own, a message is who said what when, and which of several equal
/// lines it is in its file.
MessageRows::Fate MessageRows::storeHashed(const NewMessage& row, std::string_view key,
                                           MessageId& stored)
{
    const auto millis = row.time ? toMillis(*row.time) : std::int64_t{-1};
    const auto hashAt = [&](std::int64_t ordinal) {
        return Hasher()
            .add(row.conversation)
            .add(std::int64_t{row.flags & systemFlag})
            .add(key)
            .add(millis)
            .add(row.text)
            .add(row.attachments)
            .add(ordinal)
            .finish();
    };
    Hash hash = hashAt(0);
    const auto first = shortHash(hash);
    const auto* met = repeats_.find(first);
    std::int64_t ordinal = met == nullptr ? 0 : *met;
    for (;; ++ordinal) {
        if (ordinal > 0) hash = hashAt(ordinal);
        const auto id = NativeId::ofHash({reinterpret_cast<const char*>(hash.data()), hash.size()});
        const Fate fate = storeAs(row, id, identities_.keyOf(row.conversation, id), stored);
        if (fate == Fate::Repeated) continue;
        if (ordinal > 0) {
            if (auto* next = repeats_.add(first).first) *next = ordinal + 1;
        }
        return fate;
    }
}

MessageRows::Fate MessageRows::storeAs(const NewMessage& row, const NativeId& id, std::uint64_t key,
                                       MessageId& stored)
{
    if (const auto known = identities_.find(key, row.conversation, id)) {
        stored = known->message;
        if (stored.value >= firstNew_) return Fate::Repeated;
        link_.run(stored, source_);
        return db_.changes() == 1 ? Fate::Known : Fate::Repeated;
    }
    insert(row, id);
    if (identities_.full()) writeRows();  // from then on they are looked for in the database
    stored = MessageId{next_++};
    identities_.add(key, {stored, row.author});
    index_.add(stored, row.author.value, row.thread, row.conversation);
    return Fate::New;
}

/// message_hash() of the row.
std::int64_t MessageRows::hashOf(const NewMessage& row, const NativeId& id) const
{
    RowHash<QuickHasher> hash;
    const auto numberOrNull = [&](std::int64_t value, bool present) {
        if (present) {
            hash.number(value);
        } else {
            hash.null();
        }
    };
    hash.number(next_).number(row.conversation);
    if (id.numeric()) {
        hash.number(id.number());
    } else if (id.hashed()) {
        hash.blob(id.text());
    } else {
        hash.text(id.text());
    }
    hash.number(source_.value);
    numberOrNull(row.author.value, bool(row.author));
    numberOrNull(row.thread, row.thread != 0);
    numberOrNull(row.time ? toMillis(*row.time) : 0, row.time.has_value());
    hash.number(static_cast<int>(row.certainty)).number(row.kind).number(row.flags);
    hash.text(row.text);
    if (row.attachments.empty()) {
        hash.null();
    } else {
        hash.text(row.attachments);
    }
    return hash.finish();
}

void MessageRows::insert(const NewMessage& row, const NativeId& id)
{
    const Shared shared{row.conversation, static_cast<int>(row.certainty), row.flags};
    if (waiting_.empty()) {
        alike_ = true;
        shared_ = shared;
    }
    alike_ = alike_ && shared == shared_ && row.attachments.empty();
    lastWaiting_ = next_;
    waiting_.add(next_);
    waiting_.add(row.conversation);
    id.addTo(waiting_);
    addOrNull(waiting_, row.author.value, bool(row.author));
    addOrNull(waiting_, row.thread, row.thread != 0);
    addOrNull(waiting_, row.time ? toMillis(*row.time) : 0, row.time.has_value());
    waiting_.add(static_cast<std::int64_t>(row.certainty));
    waiting_.add(row.kind);
    waiting_.add(row.flags);
    waiting_.add(row.text);
    if (row.attachments.empty()) {
        waiting_.add(nullptr);
    } else {
        waiting_.add(std::string_view(row.attachments));
    }
    waiting_.add(hashOf(row, id));
    if (waiting_.rows() >= RowBatch::handful || waiting_.bytes() >= bytesAtOnce) writeRows();
}

void MessageRows::writeRows()
{
    if (waiting_.empty()) return;
    // Behind rows of ours SQLite counts on as we do, and need not look whether a number is taken.
    if (appends_ && alike_) {
        appendAlike_.run(waiting_, source_, shared_.conversation, shared_.certainty, shared_.flags);
    } else {
        (appends_ ? append_ : insert_).run(waiting_, source_);
    }
    appends_ = true;
    if (db_.lastId() != lastWaiting_) {
        throw Error(Error::Kind::WorkspaceDamaged,
                    "an imported message was not stored under its own number", {},
                    "Nothing was imported. Run a check of the workspace.");
    }
    waiting_.clear();
}

void MessageRows::finish()
{
    flush();
    identities_.close();
    Statement(db_,
              "INSERT INTO meta (name, value) VALUES ('messages', ?1) "
              "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .run(next_ - 1);
}

}  // namespace kith
