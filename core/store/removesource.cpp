#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/database.h"
#include "core/store/edit.h"
#include "core/store/messages.h"
#include "core/store/postings.h"
#include "core/store/rows.h"
#include "core/store/textrows.h"
#include "core/store/threads.h"
#include "core/store/tieblocks.h"
#include "core/store/tiebook.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace kith {

namespace {

/// What a removal changes besides the tables that organisers edit.
constexpr std::array<std::string_view, 13> importedTables{
    "source",       "source_problem", "account_source", "conversation", "thread",
    "message",      "message_source", "tie_block",      "unresolved",   "given",
    "given_source", "vote",           "not_same"};

/// Sorts the source's messages and given ties into those that stay, with another source first, and
/// those that go. The lists live in temporary tables of this connection.
void listWhatGoes(const Database& db, SourceId source)
{
    db.run(
        "DROP TABLE IF EXISTS temp.gone; CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY);"
        "DROP TABLE IF EXISTS temp.moved; CREATE TEMP TABLE moved (id INTEGER PRIMARY KEY, source "
        "INTEGER);");
    Statement(db,
              "INSERT INTO moved SELECT m.id, min(x.source) FROM message m "
              "JOIN message_source x ON x.message = m.id WHERE m.source = ?1 GROUP BY m.id")
        .run(source);
    Statement(db,
              "INSERT INTO gone SELECT id FROM message "
              "WHERE source = ?1 AND id NOT IN (SELECT id FROM moved)")
        .run(source);
}

void handMessagesOn(const Database& db, SourceId source)
{
    db.run(
        "UPDATE message SET source = (SELECT source FROM moved WHERE moved.id = message.id) "
        "WHERE id IN (SELECT id FROM moved);"
        "DELETE FROM message_source WHERE (message, source) IN (SELECT id, source FROM moved)");
    Statement(db, "DELETE FROM message_source WHERE source = ?1").run(source);
    sealWhere(db, "message", "id IN (SELECT id FROM temp.moved) AND ?1 > 0", 1);
}

/// Votes on statements that stay go with the statement to the source that holds it now; whoever
/// cast them is known from there.
void handVotesOn(const Database& db, SourceId source)
{
    Statement(db,
              "INSERT OR IGNORE INTO account_source (source, account) "
              "SELECT m.source, v.account FROM vote v JOIN message m ON m.id = v.message "
              "WHERE v.source = ?1 AND m.source <> ?1")
        .run(source);
    Statement(db,
              "UPDATE vote SET source = (SELECT source FROM message WHERE id = vote.message) "
              "WHERE source = ?1 AND message IN (SELECT id FROM moved)")
        .run(source);
}

/// Pointers from messages that stay to messages that go wait again for their target.
void waitAgain(const Database& db, const std::vector<StoredTie>& broken)
{
    Statement target(db, "SELECT conversation, native FROM message WHERE id = ?1");
    Statement wait(db,
                   "INSERT OR IGNORE INTO unresolved (message, pointer, kind, conversation, "
                   "target) VALUES (?1, ?2, ?3, ?4, ?5)");
    for (const StoredTie& tie : broken) {
        if (!target.bind(tie.target).next()) continue;
        const std::string native = target.text(1);
        wait.bind(tie.message, pointerNumber(tie.kind, native), static_cast<int>(tie.kind),
                  target.integer(0));
        NativeId(native).bind(wait, 5);
        wait.next();
        wait.reset();
    }
}

/// Before the messages themselves go. @param gone sorted
void dropTies(const Database& db, const std::vector<std::int64_t>& gone)
{
    const auto goes = [&](std::int64_t message) {
        return std::ranges::binary_search(gone, message);
    };
    std::vector<StoredTie> broken;
    keepTies(db, [&](const StoredTie& tie) {
        if (goes(tie.message)) return false;
        if (tie.target == 0 || !goes(tie.target)) return true;
        if (tie.kind != TieKind::Adjacent) broken.push_back(tie);
        return false;
    });
    waitAgain(db, broken);
}

std::vector<std::int64_t> threadsTouched(const Database& db)
{
    std::vector<std::int64_t> threads;
    Statement rows(db,
                   "SELECT DISTINCT thread FROM message WHERE id IN (SELECT id FROM gone) "
                   "AND thread IS NOT NULL ORDER BY 1");
    while (rows.next()) threads.push_back(rows.integer(0));
    return threads;
}

std::vector<std::int64_t> goneMessages(const Database& db)
{
    std::vector<std::int64_t> messages;
    Statement rows(db, "SELECT id FROM gone ORDER BY id");
    while (rows.next()) messages.push_back(rows.integer(0));
    return messages;
}

std::uint64_t dropMessages(const Database& db, Removal how, Task& task)
{
    task.begin("Removing messages", 0);
    const auto threads = threadsTouched(db);
    const auto gone = goneMessages(db);
    dropTies(db, gone);
    task.advance();
    dropFromTextIndex(db, gone);
    if (how == Removal::ForGood) forgetPostings(db, gone);
    task.advance();
    db.run("DELETE FROM message WHERE id IN (SELECT id FROM gone)");
    const auto count = static_cast<std::uint64_t>(db.changes());
    joinThreads(db, threads, task);
    db.run(
        "DELETE FROM thread WHERE id NOT IN (SELECT thread FROM message WHERE thread IS NOT NULL);"
        "DELETE FROM conversation WHERE id NOT IN (SELECT conversation FROM message)");
    return count;
}

void dropGivenTies(const Database& db, SourceId source)
{
    Statement(db,
              "DELETE FROM given WHERE source = ?1 AND id NOT IN "
              "(SELECT given FROM given_source)")
        .run(source);
    Statement(db,
              "UPDATE given SET source = (SELECT min(x.source) FROM given_source x "
              "WHERE x.given = given.id) WHERE source = ?1")
        .run(source);
    Statement(db,
              "DELETE FROM given_source WHERE source = ?1 OR (given, source) IN "
              "(SELECT id, source FROM given)")
        .run(source);
}

/// Accounts that no source speaks of any more, and their people, unless an organiser has done
/// something with them.
void dropAccounts(const Database& db, SourceId source)
{
    Statement(db, "DELETE FROM account_source WHERE source = ?1").run(source);
    db.run(
        "DROP TABLE IF EXISTS temp.leaving;"
        "CREATE TEMP TABLE leaving (account INTEGER PRIMARY KEY, person INTEGER);"
        "INSERT INTO leaving SELECT a.id, a.person FROM account a JOIN person p ON p.id = a.person "
        "WHERE a.id NOT IN (SELECT account FROM account_source) AND p.named = 0 "
        "AND p.note = '' AND p.sector = '' "
        "AND p.id NOT IN (SELECT person FROM membership) "
        "AND p.id NOT IN (SELECT first FROM introduction UNION ALL SELECT second FROM "
        "introduction) "
        "AND (SELECT count(*) FROM account o WHERE o.person = p.id) = 1;"
        "DELETE FROM account WHERE id IN (SELECT account FROM leaving);"
        "DELETE FROM person WHERE id IN (SELECT person FROM leaving)");
}

std::string nameOf(const Database& db, SourceId source)
{
    Statement known(db, "SELECT file FROM source WHERE id = ?1");
    if (!known.bind(source).next()) throw Error(Error::Kind::NotFound, "there is no such source");
    return known.text(0);
}

/// Takes everything away, inside a transaction that the caller holds.
std::uint64_t take(const Database& db, SourceId source, Removal how, Task& task)
{
    listWhatGoes(db, source);
    handMessagesOn(db, source);
    handVotesOn(db, source);
    const auto count = dropMessages(db, how, task);
    dropGivenTies(db, source);
    dropAccounts(db, source);
    Statement(db, "DELETE FROM source WHERE id = ?1").run(source);
    db.run("DROP TABLE temp.gone; DROP TABLE temp.moved; DROP TABLE temp.leaving");
    task.advance(0);  // the last moment to stop
    return count;
}

std::int64_t countTies(const Database& db, SourceId source)
{
    std::vector<bool> theirs;
    Statement rows(db, "SELECT id FROM message WHERE source = ?1 ORDER BY id");
    for (rows.bind(source); rows.next();) {
        theirs.resize(static_cast<std::size_t>(rows.integer(0)) + 1);
        theirs.back() = true;
    }
    const auto holds = [&](std::int64_t message) {
        const auto at = static_cast<std::size_t>(message);
        return at < theirs.size() && theirs[at];
    };
    std::int64_t count = 0;
    eachStoredTie(db, [&](const StoredTie& tie) {
        if (holds(tie.message) || holds(tie.target)) ++count;
    });
    return count;
}

[[noreturn]] void refuseTooLarge(const std::string& name)
{
    throw Error(Error::Kind::LimitReached,
                "the source is too large to be brought back after its removal", {name, {}, {}, {}},
                "It can only be removed for good.");
}

std::string inWords(const std::string& name, std::uint64_t messages)
{
    std::string what = "Removed the source “" + name + "”";
    if (messages == 1) what += " with 1 message";
    if (messages > 1) {
        what += " with " + withSeparators(static_cast<std::int64_t>(messages)) + " messages";
    }
    return what;
}

}  // namespace

std::uint64_t removeSource(Workspace& workspace, SourceId source, Task& task, Removal how)
{
    const Database& db = workspace.database();
    const auto name = nameOf(db, source);
    if (how == Removal::ForGood) {
        Transaction transaction(db);
        const auto count = take(db, source, how, task);
        bumpVersion(db);
        transaction.commit();
        return count;
    }
    if (!forecastRemoval(workspace, source).undoable()) refuseTooLarge(name);
    Edit edit(workspace, importedTables);
    const auto count = take(db, source, how, task);
    if (edit.size() > mostUndoableBytes) refuseTooLarge(name);
    edit.commit(inWords(name, count));
    return count;
}

RemovalForecast forecastRemoval(const Workspace& workspace, SourceId source)
{
    // Measured on changesets of chats and forums: a message's fixed columns, a tie with its key.
    constexpr std::int64_t messageBytes = 140;
    constexpr std::int64_t tieBytes = 75;  // where one tie in a block goes, the others are kept too
    const Database& db = workspace.database();
    RemovalForecast forecast;
    Statement row(db,
                  "SELECT count(*), ifnull(sum(length(CAST(text AS BLOB)) + "
                  "ifnull(length(attachments), 0)), 0) "
                  "FROM message m WHERE source = ?1 AND NOT EXISTS "
                  "(SELECT 1 FROM message_source x WHERE x.message = m.id)");
    row.bind(source).next();
    forecast.messages = static_cast<std::uint64_t>(row.integer(0));
    forecast.bytes = static_cast<std::uint64_t>(row.integer(1) + row.integer(0) * messageBytes +
                                                countTies(db, source) * tieBytes);
    return forecast;
}

}  // namespace kith
