#include "core/store/messagerows.h"

#include "core/base/hash.h"

namespace kith {

namespace {

// As SQLite numbers its types, for message_hash().
constexpr std::int64_t sqlInteger = 1;
constexpr std::int64_t sqlText = 3;
constexpr std::int64_t sqlBlob = 4;
constexpr std::int64_t sqlNull = 5;

std::int64_t firstFreeMessage(const Database& db)
{
    // A number that was given once is never given again: evidence may still name it.
    Statement last(db,
                   "SELECT max(ifnull((SELECT max(id) FROM message), 0), "
                   "ifnull((SELECT value FROM meta WHERE name = 'messages'), 0)) + 1");
    last.next();
    return last.integer(0);
}

template <class Value>
void bindOrNull(Statement& statement, int position, Value value, bool present)
{
    if (present) {
        statement.bindAt(position, value);
    } else {
        statement.bindAt(position, nullptr);
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
      insert_(db,
              "INSERT INTO message (id, conversation, native, source, account, thread, time, "
              "certainty, kind, flags, text, attachments, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
              "?7, ?8, ?9, ?10, ?11, ?12, ?13)"),
      link_(db, "INSERT OR IGNORE INTO message_source (message, source) VALUES (?1, ?2)")
{}

MessageRows::Fate MessageRows::store(const NewMessage& row, const std::string& id,
                                     std::string_view key, MessageId& stored)
{
    if (id.empty()) return storeHashed(row, key, stored);
    const Fate fate = storeAs(row, NativeId(id), stored);
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
        const Fate fate = storeAs(row, id, stored);
        if (fate == Fate::Repeated) continue;
        if (ordinal > 0) {
            if (auto* next = repeats_.add(first).first) *next = ordinal + 1;
        }
        return fate;
    }
}

MessageRows::Fate MessageRows::storeAs(const NewMessage& row, const NativeId& id, MessageId& stored)
{
    const auto key = identities_.keyOf(row.conversation, id);
    if (const auto known = identities_.find(key, row.conversation, id)) {
        stored = known->message;
        if (stored.value >= firstNew_) return Fate::Repeated;
        link_.run(stored, source_);
        return db_.changes() == 1 ? Fate::Known : Fate::Repeated;
    }
    insert(row, id);
    stored = MessageId{next_++};
    identities_.add(key, {stored, row.author});
    index_.add(stored, row.author.value, row.thread, row.conversation);
    return Fate::New;
}

/// message_hash() of the row.
std::int64_t MessageRows::hashOf(const NewMessage& row, const NativeId& id) const
{
    QuickHasher hasher;
    const auto number = [&](std::int64_t value) { hasher.add(sqlInteger).add(value); };
    const auto numberOrNull = [&](std::int64_t value, bool present) {
        if (present) {
            number(value);
        } else {
            hasher.add(sqlNull);
        }
    };
    number(next_);
    number(row.conversation);
    if (id.numeric()) {
        number(id.number());
    } else {
        hasher.add(id.hashed() ? sqlBlob : sqlText).add(id.text());
    }
    number(source_.value);
    numberOrNull(row.author.value, bool(row.author));
    numberOrNull(row.thread, row.thread != 0);
    numberOrNull(row.time ? toMillis(*row.time) : 0, row.time.has_value());
    number(static_cast<int>(row.certainty));
    number(row.kind);
    number(row.flags);
    hasher.add(sqlText).add(row.text);
    if (row.attachments.empty()) {
        hasher.add(sqlNull);
    } else {
        hasher.add(sqlText).add(row.attachments);
    }
    return static_cast<std::int64_t>(hasher.finish() >> 1U);
}

void MessageRows::insert(const NewMessage& row, const NativeId& id)
{
    insert_.bindAt(1, next_);
    insert_.bindAt(2, row.conversation);
    id.bind(insert_, 3);
    insert_.bindAt(4, source_);
    bindOrNull(insert_, 5, row.author, bool(row.author));
    bindOrNull(insert_, 6, row.thread, row.thread != 0);
    insert_.bindAt(7, row.time);
    insert_.bindAt(8, static_cast<int>(row.certainty));
    insert_.bindAt(9, row.kind);
    insert_.bindAt(10, row.flags);
    insert_.bindAt(11, row.text);
    bindOrNull(insert_, 12, std::string_view(row.attachments), !row.attachments.empty());
    insert_.bindAt(13, hashOf(row, id));
    insert_.next();
    insert_.reset();
}

void MessageRows::finish()
{
    flush();
    identities_.flush();
    Statement(db_,
              "INSERT INTO meta (name, value) VALUES ('messages', ?1) "
              "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .run(next_ - 1);
}

}  // namespace kith
