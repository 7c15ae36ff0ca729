#include "core/store/ingestion.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/flatchats.h"
#include "core/store/namewarnings.h"
#include "core/store/rows.h"

#include <algorithm>
#include <utility>

namespace kith {

namespace {

constexpr std::size_t mostProblems = 1000;
constexpr std::size_t previewed = 10;

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
      options_(options),
      report_(report),
      preview_(preview),
      accounts_(db, platform),
      empty_(!holdsAny(db, "message")),
      identities_(db),
      rows_(db, source, identities_),
      ties_(db, source, accounts_, identities_, report),
      givenTies_(db, source, std::move(platform)),
      votes_(db, source, accounts_, identities_),
      changes_(db, accounts_, identities_, rows_, ties_),
      threads_(db)
{}

void Ingest::account(AccountRecord record)
{
    ++nodes_;
    accounts_.describe(record);
}

void Ingest::message(MessageRecord&& record)
{
    ++report_.messages;
    NewMessage row;
    const Keys keys = takeKeys(record);
    row.author = accounts_.account(record.account, keys.account);
    if (!row.author && !record.account.empty()) {
        ++report_.withheld;
        return;
    }
    row.conversation = conversation(record.conversation);
    const bool known = keys.conversation == row.conversation;
    row.identity = known ? keys.id : 0;
    if (!record.thread.empty()) {
        const NativeId thread(record.thread);
        const bool hashed = known && keys.thread != 0;
        row.thread =
            threads_.thread(row.conversation, thread,
                            hashed ? keys.thread : identities_.keyOf(row.conversation, thread));
    }
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
        if (std::exchange(lastTouched_, row.conversation) != row.conversation)
            touchedConversations_.insert(row.conversation);
        if (row.thread != 0) speakers_.add(row.thread, row.author);
    }
    ties_.add({id, row.author, row.conversation, row.time, fate == Fate::New}, record);
    showPreview(record.conversation, record.account, row, id);
}

/// Where mostly one message after the other is of the same conversation, all that will be looked up
/// for it can be fetched ahead.
void Ingest::expect(const MessageRecord& record)
{
    Keys& keys = expected_.at(expectedNext_++ % expected_.size());
    keys = {&record, 0, accounts_.hashOf(record.account)};
    accounts_.expect(keys.account);
    if (record.conversation != lastConversationName_) return;
    keys.conversation = lastConversation_;
    const auto keyOf = [this](std::string_view id) {
        return identities_.keyOf(lastConversation_, NativeId(id));
    };
    if (!record.thread.empty()) threads_.expect(keys.thread = keyOf(record.thread));
    if (!record.id.empty()) identities_.expect(keys.id = keyOf(record.id));
    for (const TieRecord& tie : record.ties) {
        if (!tie.message.empty()) identities_.expect(keyOf(tie.message));
        if (!tie.account.empty()) accounts_.expect(accounts_.hashOf(tie.account));
    }
}

/// What expect() found out about the record; each is taken once, for its place is used again.
Ingest::Keys Ingest::takeKeys(const MessageRecord& record)
{
    const auto found = std::ranges::find(expected_, &record, &Keys::record);
    if (found == expected_.end()) return {&record, 0, accounts_.hashOf(record.account)};
    return std::exchange(*found, {});
}

void Ingest::system(SystemRecord record)
{
    ++report_.system;
    NewMessage row;
    row.conversation = conversation(record.conversation);
    if (record.timed) row.time = record.time;
    row.flags = systemFlag;
    row.text = record.text;
    MessageId id;
    const Fate fate = store(row, record.id, {}, id);
    if (fate == Fate::New) ++report_.newSystem;
    if (fate != Fate::Repeated) showPreview(record.conversation, {}, row, id);
}

Ingest::Fate Ingest::store(const NewMessage& row, const std::string& id, std::string_view key,
                           MessageId& stored)
{
    if (rows_.full()) {
        accounts_.flush();
        threads_.flush();
        rows_.flush();
    }
    return rows_.store(row, id, key, stored);
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

void Ingest::change(ChangeRecord record)
{
    if (accounts_.suppressed(record.account)) return;
    const auto edited = changes_.keep(record, conversation(record.conversation));
    if (!edited) return;
    const auto shown = std::ranges::find(previewed_, *edited);
    if (shown != previewed_.end())
        report_.preview[static_cast<std::size_t>(shown - previewed_.begin())].text = record.text;
}

void Ingest::applyChanges(Task& task)
{
    const auto lost = changes_.finish(task);
    if (lost == 0) return;
    report_.warnings.push_back(withSeparators(static_cast<std::int64_t>(lost)) +
                               " reactions and edits are of messages that the file does not hold");
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
    givenTies_.add(tie, from, to);
    if (!givenTies_.full()) return;
    accounts_.flush();
    givenTies_.flush();
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
    votes_.keep(record, conversation(record.conversation));
}

void Ingest::storeVotes(Task& task)
{
    const auto lost = votes_.finish(task);
    if (lost == 0) return;
    report_.warnings.push_back(withSeparators(static_cast<std::int64_t>(lost)) +
                               " votes are on statements that the file does not hold");
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

void Ingest::showPreview(const std::string& conversation, std::string_view author,
                         const NewMessage& row, MessageId id)
{
    if (!preview_ || report_.preview.size() >= previewed) return;
    previewed_.push_back(id);
    report_.preview.push_back({conversation, std::string(author), row.time.value_or(Time{}),
                               row.time.has_value(), (row.flags & systemFlag) != 0,
                               std::string(row.text)});
}

void Ingest::finish(const ReadReport& read, Task& task)
{
    std::optional<std::uint64_t> joined;
    if (empty_) joined = speakers_.count(threads_);
    accounts_.flush();
    givenTies_.flush();
    threads_.flush();
    rows_.flush();
    task.begin("Linking replies", 0);
    applyChanges(task);
    ties_.resolve(task);
    storeVotes(task);
    identities_.close();  // nobody is looked for any more: room for what follows

    task.begin("Joining threads", 0);
    if (!joined) joined = speakers_.recount(db_, task);
    if (*joined > 0) report_.ties[TieKind::Thread] += *joined;

    if (read.flat) {
        std::vector<std::int64_t> chats(touchedConversations_.begin(), touchedConversations_.end());
        std::ranges::sort(chats);
        const auto inferred = inferAnswers(db_, chats, options_.answers, task);
        if (inferred > 0) report_.ties[TieKind::Adjacent] += inferred;
    }
    rows_.finish();
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
    if (rows_.repeatedIds() > 0) {
        report_.warnings.push_back(withSeparators(static_cast<std::int64_t>(rows_.repeatedIds())) +
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

void Ingest::reportPeople()
{
    report_.accounts = accounts_.size();
    report_.newAccounts = accounts_.made();
    // Whoever was made by this import has an account of this import alone.
    Statement known(db_,
                    "SELECT count(DISTINCT a.person) FROM account_source s "
                    "JOIN account a ON a.id = s.account WHERE s.source = ?1 AND s.account < ?2");
    known.bind(source_, accounts_.firstMade()).next();
    report_.people = accounts_.made() + static_cast<std::uint64_t>(known.integer(0));
}

}  // namespace kith
