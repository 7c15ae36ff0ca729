#include "core/store/ingestion.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/store/flatchats.h"
#include "core/store/namewarnings.h"
#include "core/store/rows.h"
#include "core/store/threads.h"

#include <algorithm>
#include <bit>

namespace kith {

namespace {

// As SQLite numbers its types, for message_hash().
constexpr std::int64_t sqlInteger = 1;
constexpr std::int64_t sqlText = 3;
constexpr std::int64_t sqlBlob = 4;
constexpr std::int64_t sqlNull = 5;

constexpr std::size_t mostProblems = 1000;
constexpr std::size_t previewed = 10;
constexpr std::size_t rememberedThreads = 200'000;

std::uint64_t shortHash(const Hash& hash)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8U | hash[i];
    return number;
}

std::int64_t firstFreeMessage(const Database& db)
{
    // A number that was given once is never given again: evidence may still name it.
    Statement last(db,
                   "SELECT max(ifnull((SELECT max(id) FROM message), 0), "
                   "ifnull((SELECT value FROM meta WHERE name = 'messages'), 0)) + 1");
    last.next();
    return last.integer(0);
}

bool holdsAny(const Database& db, const std::string& table)
{
    Statement any(db, "SELECT EXISTS (SELECT 1 FROM " + table + ")");
    any.next();
    return any.integer(0) != 0;
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

int flagsOf(const MessageRecord& record)
{
    return (record.edited ? editedFlag : 0) | (record.deleted ? deletedFlag : 0) |
           (record.bot ? botFlag : 0);
}

}  // namespace

Ingest::Ingest(const Database& db, SourceId source, std::string platform,
               const ImportOptions& options, ImportReport& report, bool preview)
    : db_(db),
      source_(source),
      platformName_(platform),
      options_(options),
      report_(report),
      preview_(preview),
      accounts_(db, std::move(platform)),
      empty_(!holdsAny(db, "message")),
      ties_(db, source, accounts_, report, empty_),
      anyThread_(holdsAny(db, "thread")),
      firstNew_(firstFreeMessage(db)),
      nextMessage_(firstNew_),
      insert_(db,
              "INSERT INTO message (id, conversation, native, source, account, thread, time, "
              "certainty, kind, flags, text, attachments, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
              "?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (conversation, native) DO NOTHING"),
      known_(db, "SELECT id, source FROM message WHERE conversation = ?1 AND native = ?2"),
      link_(db, "INSERT OR IGNORE INTO message_source (message, source) VALUES (?1, ?2)"),
      findThread_(db, "SELECT id FROM thread WHERE conversation = ?1 AND native = ?2"),
      insertThread_(db, "INSERT INTO thread (conversation, native) VALUES (?1, ?2)"),
      insertGiven_(
          db,
          "INSERT INTO given (identity, source, from_account, to_account, time, weight, "
          "directed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (identity) DO NOTHING"),
      knownGiven_(db, "SELECT id, source FROM given WHERE identity = ?1"),
      linkGiven_(db, "INSERT OR IGNORE INTO given_source (given, source) VALUES (?1, ?2)")
{}

void Ingest::account(AccountRecord record)
{
    ++nodes_;
    accounts_.describe(record);
}

void Ingest::message(MessageRecord record)
{
    ++report_.messages;
    Row row;
    row.author = accounts_.account(record.account);
    if (!row.author && !record.account.empty()) {
        ++report_.withheld;
        return;
    }
    row.conversation = conversation(record.conversation);
    row.thread = record.thread.empty() ? 0 : thread(row.conversation, record.thread);
    if (record.timed) row.time = record.time;
    row.certainty = record.certainty;
    row.kind = static_cast<int>(record.kind);
    row.flags = flagsOf(record);
    row.text = record.text;
    if (!record.attachments.empty()) row.attachments = join(record.attachments, "\n");
    noteTime(row.time);

    MessageId id;
    const Fate fate = store(row, record.id, record.account, id);
    if (fate == Fate::Repeated) return;
    if (fate == Fate::New) {
        ++report_.newMessages;
        touchedConversations_.insert(row.conversation);
        if (row.thread != 0) speakers_.add(row.thread, row.author);
    }
    const StoredMessage stored{id, row.author, row.conversation, row.time, fate == Fate::New};
    if (!record.id.empty()) ties_.remember(stored, record.id);
    ties_.add(stored, record);
    showPreview(record.conversation, record.account, row);
}

void Ingest::system(SystemRecord record)
{
    ++report_.system;
    Row row;
    row.conversation = conversation(record.conversation);
    if (record.timed) row.time = record.time;
    row.flags = systemFlag;
    row.text = record.text;
    MessageId id;
    const Fate fate = store(row, record.id, {}, id);
    if (fate == Fate::New) ++report_.newSystem;
    if (fate != Fate::Repeated && !record.id.empty()) {
        ties_.remember({id, {}, row.conversation, row.time, fate == Fate::New}, record.id);
    }
    if (fate != Fate::Repeated) showPreview(record.conversation, {}, row);
}

std::int64_t Ingest::conversation(const std::string& name)
{
    if (lastConversation_ != 0 && name == lastConversationName_) return lastConversation_;
    lastConversationName_ = name;
    const auto known = conversations_.find(name);
    if (known != conversations_.end()) return lastConversation_ = known->second;
    Statement(db_, "INSERT OR IGNORE INTO conversation (platform, name, flat) VALUES (?1, ?2, 0)")
        .run(accounts_.platform(), name);
    Statement row(db_, "SELECT id FROM conversation WHERE platform = ?1 AND name = ?2");
    row.bind(accounts_.platform(), name).next();
    return lastConversation_ = conversations_[name] = row.integer(0);
}

std::int64_t Ingest::thread(std::int64_t conversation, const std::string& native)
{
    threadKey_ = std::to_string(conversation);
    threadKey_ += ' ';
    threadKey_ += native;
    if (const auto* known = threads_.find(threadKey_)) return *known;
    if (threads_.size() >= rememberedThreads) {
        threads_.clear();
        anyThread_ = true;
    }

    const NativeId id(native);
    std::int64_t found = 0;
    if (anyThread_) {
        findThread_.bind(conversation);
        id.bind(findThread_, 2);
        found = findThread_.next() ? findThread_.integer(0) : 0;
        findThread_.reset();
    }
    if (found == 0) {
        insertThread_.bind(conversation);
        id.bind(insertThread_, 2);
        insertThread_.next();
        insertThread_.reset();
        found = db_.lastId();
    }
    threads_.add(threadKey_, found);
    return found;
}

/// Stores a row unless it is there already; `stored` becomes its id either way.
Ingest::Fate Ingest::store(const Row& row, const std::string& id, std::string_view key,
                           MessageId& stored)
{
    if (id.empty()) return storeHashed(row, key, stored);
    const NativeId native(id);
    insert_.bind(nextMessage_, row.conversation);
    native.bind(insert_, 3);
    known_.bind(row.conversation);
    native.bind(known_, 2);
    QuickHasher hasher;
    hasher.add(sqlInteger).add(nextMessage_).add(sqlInteger).add(row.conversation);
    if (native.numeric()) {
        hasher.add(sqlInteger).add(native.number());
    } else {
        hasher.add(sqlText).add(native.text());
    }
    const Fate fate = insert(row, hasher, stored);
    if (fate == Fate::Repeated) ++repeatedIds_;
    return fate;
}

/// Without an id of the platform's own, a message is who said what when, and which of several equal
/// lines it is in its file.
Ingest::Fate Ingest::storeHashed(const Row& row, std::string_view key, MessageId& stored)
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
    const auto met = repeats_.find(first);
    std::int64_t ordinal = met == repeats_.end() ? 0 : met->second;
    for (;; ++ordinal) {
        if (ordinal > 0) hash = hashAt(ordinal);
        insert_.bind(nextMessage_, row.conversation, Blob{hash});
        known_.bind(row.conversation, Blob{hash});
        QuickHasher hasher;
        hasher.add(sqlInteger).add(nextMessage_).add(sqlInteger).add(row.conversation);
        hasher.add(sqlBlob).add({reinterpret_cast<const char*>(hash.data()), hash.size()});
        const Fate fate = insert(row, hasher, stored);
        if (fate == Fate::Repeated) continue;
        if (ordinal > 0) repeats_[first] = ordinal + 1;
        return fate;
    }
}

/// message_hash() of the rest of a row, behind its identity.
std::int64_t Ingest::hashOfRow(const Row& row, QuickHasher& hasher) const
{
    const auto number = [&](std::int64_t value) { hasher.add(sqlInteger).add(value); };
    const auto numberOrNull = [&](std::int64_t value, bool present) {
        if (present) {
            number(value);
        } else {
            hasher.add(sqlNull);
        }
    };
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

/// Binds the rest of the row behind its identity and inserts it.
Ingest::Fate Ingest::insert(const Row& row, QuickHasher& hasher, MessageId& stored)
{
    insert_.bindAt(4, source_);
    bindOrNull(insert_, 5, row.author, bool(row.author));
    bindOrNull(insert_, 6, row.thread, row.thread != 0);
    insert_.bindAt(7, row.time);
    insert_.bindAt(8, static_cast<int>(row.certainty));
    insert_.bindAt(9, row.kind);
    insert_.bindAt(10, row.flags);
    insert_.bindAt(11, row.text);
    bindOrNull(insert_, 12, std::string_view(row.attachments), !row.attachments.empty());
    insert_.bindAt(13, hashOfRow(row, hasher));
    insert_.next();
    const bool inserted = db_.changes() == 1;
    insert_.reset();
    if (!inserted) return meet(stored);
    stored = MessageId{nextMessage_++};
    return Fate::New;
}

/// A row with this identity is there. Did another source bring it, or this file itself?
Ingest::Fate Ingest::meet(MessageId& stored)
{
    known_.next();
    stored = MessageId{known_.integer(0)};
    const bool ours = known_.integer(1) == source_.value;
    known_.reset();
    if (ours) return Fate::Repeated;
    link_.run(stored, source_);
    return db_.changes() == 1 ? Fate::Known : Fate::Repeated;
}

void Ingest::givenTie(GivenTie tie)
{
    ++given_;
    const AccountId from = accounts_.account(tie.from);
    const AccountId to = accounts_.account(tie.to);
    if (!from || !to) {
        ++report_.withheld;
        return;
    }
    if (from == to) return;
    ++report_.ties[TieKind::Given];
    noteTime(tie.time);

    const auto weight = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(tie.weight));
    const auto millis = tie.time ? toMillis(*tie.time) : std::int64_t{-1};
    const auto hashAt = [&](std::int64_t ordinal) {
        return shortHash(hashOf(platformName_, tie.from, tie.to, weight, std::int64_t{tie.directed},
                                millis, ordinal));
    };
    const auto first = hashAt(0);
    const auto met = givenRepeats_.find(first);
    for (std::int64_t ordinal = met == givenRepeats_.end() ? 0 : met->second;; ++ordinal) {
        const auto identity = static_cast<std::int64_t>(ordinal == 0 ? first : hashAt(ordinal));
        insertGiven_.run(identity, source_, from, to, tie.time, tie.weight, tie.directed);
        if (db_.changes() == 0 && !meetGiven(identity)) continue;  // this file has brought it
        if (ordinal > 0) givenRepeats_[first] = ordinal + 1;
        return;
    }
}

/// A given tie of this identity is there. @return false when this very file has brought it
bool Ingest::meetGiven(std::int64_t identity)
{
    knownGiven_.bind(identity).next();
    const auto given = knownGiven_.integer(0);
    const bool ours = knownGiven_.integer(1) == source_.value;
    knownGiven_.reset();
    if (ours) return false;
    linkGiven_.run(given, source_);
    return db_.changes() == 1;
}

void Ingest::trait(TraitRecord record)
{
    accounts_.addTrait(record);
}

void Ingest::vote(VoteRecord record)
{
    ++report_.votes;
    if (accounts_.suppressed(record.account)) {
        ++report_.withheld;
        return;
    }
    noteTime(record.time);
    if (report_.votes == 1) {
        db_.run(
            "CREATE TEMP TABLE cast_vote (id INTEGER PRIMARY KEY, account TEXT, conversation "
            "INTEGER, native ANY, value INTEGER, time INTEGER) STRICT");
    }
    if (!keepVote_) {
        keepVote_.emplace(db_, "INSERT INTO temp.cast_vote VALUES (NULL, ?1, ?2, ?3, ?4, ?5)");
    }
    keepVote_->bind(record.account, conversation(record.conversation));
    NativeId(record.message).bind(*keepVote_, 3);
    keepVote_->bindAt(4, record.value);
    keepVote_->bindAt(5, record.time);
    keepVote_->next();
    keepVote_->reset();
}

/// Stores every vote on a statement that is there; the last one by the same account counts.
void Ingest::storeVotes(Task& task)
{
    task.begin("Counting votes", report_.votes);
    Statement votes(db_,
                    "SELECT m.id, v.account, v.value, v.time FROM temp.cast_vote v "
                    "LEFT JOIN message m ON m.conversation = v.conversation AND "
                    "m.native = v.native ORDER BY v.id");
    Statement store(db_,
                    "INSERT INTO vote (message, account, value, time, source) "
                    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (message, account) DO UPDATE SET "
                    "value = excluded.value, time = excluded.time "
                    "WHERE ifnull(excluded.time, 0) >= ifnull(time, 0)");
    std::uint64_t lost = 0;
    while (votes.next()) {
        task.advance(1);
        if (votes.null(0)) {
            ++lost;
            continue;
        }
        store.run(votes.integer(0), accounts_.account(votes.view(1)), votes.integer(2),
                  votes.time(3), source_);
    }
    votes.reset();
    keepVote_.reset();
    db_.run("DROP TABLE temp.cast_vote");
    if (lost > 0) {
        report_.warnings.push_back(withSeparators(static_cast<std::int64_t>(lost)) +
                                   " votes are on statements that the file does not hold");
    }
}

void Ingest::problem(Problem problem)
{
    switch (problem.outcome) {
    case Outcome::Skipped: ++report_.skipped; break;
    case Outcome::Refused: ++report_.refused; break;
    case Outcome::Repaired: ++report_.repaired; break;
    case Outcome::Noted: break;
    }
    if (options_.strict && problem.outcome == Outcome::Refused) {
        throw Error(Error::Kind::BadInput, problem.what, problem.place,
                    "Nothing was imported, because every record had to be right.");
    }
    ++report_.problemCount;
    if (report_.problems.size() < mostProblems) report_.problems.push_back(std::move(problem));
}

void Ingest::noteTime(const std::optional<Time>& time)
{
    if (!time) return;
    if (!report_.first || *time < *report_.first) report_.first = time;
    if (!report_.last || *time > *report_.last) report_.last = time;
}

void Ingest::showPreview(const std::string& conversation, std::string_view author, const Row& row)
{
    if (!preview_ || report_.preview.size() >= previewed) return;
    report_.preview.push_back({conversation, std::string(author), row.time.value_or(Time{}),
                               row.time.has_value(), (row.flags & systemFlag) != 0,
                               std::string(row.text)});
}

void Ingest::finish(const ReadReport& read, Task& task)
{
    accounts_.flush();
    task.begin("Linking replies", 0);
    ties_.resolve(task);

    task.begin("Joining threads", 0);
    const auto joined = speakers_.join(db_, empty_, task);
    if (joined > 0) report_.ties[TieKind::Thread] += joined;

    if (read.flat) {
        std::vector<std::int64_t> chats(touchedConversations_.begin(), touchedConversations_.end());
        std::ranges::sort(chats);
        const auto inferred = inferAnswers(db_, chats, options_.answers, task);
        if (inferred > 0) report_.ties[TieKind::Adjacent] += inferred;
    }
    if (keepVote_) storeVotes(task);
    noteLastMessage();
    accounts_.link(source_);
    reportPeople();
    for (auto& warning : nameWarnings(db_, source_)) report_.warnings.push_back(std::move(warning));
    countRecords(read);
}

/// The reader counts where it splits the file, we where records arrive: the sums must agree.
void Ingest::countRecords(const ReadReport& read)
{
    report_.seen = read.seen;
    report_.platform = read.platform;
    report_.zone = read.zone;
    report_.columns = read.columns;
    const auto arrived =
        report_.messages + report_.system + report_.votes + report_.skipped + report_.refused;
    const bool graph = report_.messages == 0 || given_ > 0;
    const bool agree = arrived == read.seen || (graph && arrived + given_ + nodes_ == read.seen);
    if (!agree) {
        report_.warnings.push_back(
            "the file seemed to hold " + withSeparators(static_cast<std::int64_t>(read.seen)) +
            " records, but " + withSeparators(static_cast<std::int64_t>(arrived)) + " arrived");
    }
    if (repeatedIds_ > 0) {
        report_.warnings.push_back(withSeparators(static_cast<std::int64_t>(repeatedIds_)) +
                                   " messages stand in the file more than once and were kept once");
    }
    for (const Problem& problem : report_.problems) {
        if (problem.outcome == Outcome::Noted) report_.warnings.push_back(problem.what);
    }
    for (PreviewMessage& shown : report_.preview) {
        Statement name(db_, "SELECT name FROM account WHERE platform = ?1 AND key = ?2");
        if (name.bind(accounts_.platform(), shown.author).next()) shown.author = name.text(0);
    }
}

void Ingest::noteLastMessage() const
{
    Statement(db_,
              "INSERT INTO meta (name, value) VALUES ('messages', ?1) "
              "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .run(nextMessage_ - 1);
}

void Ingest::reportPeople()
{
    report_.accounts = accounts_.size();
    report_.newAccounts = accounts_.made();
    Statement people(db_,
                     "SELECT count(DISTINCT a.person) FROM account_source s "
                     "JOIN account a ON a.id = s.account WHERE s.source = ?1");
    people.bind(source_).next();
    report_.people = static_cast<std::uint64_t>(people.integer(0));
}

}  // namespace kith
