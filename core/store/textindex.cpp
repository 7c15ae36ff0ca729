#include "core/store/textindex.h"

#include "core/store/database.h"
#include "core/store/textrows.h"

#include <algorithm>

namespace kith {

namespace {

/// What one transaction takes: enough to fill the index's memory once, little enough that nobody
/// waits long for the writer. Half as many cost a sixth more time in all, because every transaction
/// ends a segment that has to be merged.
constexpr std::int64_t messagesAtOnce = 100'000;
constexpr std::uint64_t messagesAStep = 500;

/// Terms are gathered in 64 MiB of memory before they are written as a segment: measured to need
/// the least time of 1, 16, 64 and 256 MiB, because few segments have to be merged.
constexpr const char* gatherMore =
    "INSERT INTO message_text (message_text, rank) VALUES ('hashsize', 67108864)";

std::uint64_t countMessages(const Database& db, const char* condition, std::int64_t value)
{
    Statement row(db, std::string("SELECT count(*) FROM message ") + condition);
    row.bind(value).next();
    return static_cast<std::uint64_t>(row.integer(0));
}

std::int64_t lastMessage(const Database& db)
{
    Statement row(db, "SELECT ifnull(max(id), 0) FROM message");
    row.next();
    return row.integer(0);
}

/// The first message that is not in the index, from which a batch starts; 0 at the end.
std::int64_t endOfBatch(const Database& db, std::int64_t from)
{
    // Numbers of removed messages leave gaps: count rows, not numbers.
    Statement row(
        db, "SELECT max(id) FROM (SELECT id FROM message WHERE id > ?1 ORDER BY id LIMIT ?2)");
    row.bind(from, messagesAtOnce).next();
    return row.integer(0);
}

/// Everything up to `until`, in steps that can be cancelled. Row by row: a statement that wrote
/// many rows would open a savepoint, at which FTS5 writes out what it has gathered.
void indexUntil(const Database& db, std::int64_t from, std::int64_t until, Task& task)
{
    Statement rows(db, "SELECT id, text FROM message WHERE id > ?1 AND id <= ?2 ORDER BY id");
    Statement fill(db, "INSERT INTO message_text (rowid, text) VALUES (?1, ?2)");
    std::uint64_t done = 0;
    for (rows.bind(from, until); rows.next();) {
        fill.run(rows.integer(0), rows.view(1));
        if (++done % messagesAStep == 0) task.advance(messagesAStep);
    }
    task.advance(done % messagesAStep);
}

}  // namespace

std::int64_t lastIndexed(const Database& db)
{
    Statement row(db, "SELECT value FROM meta WHERE name = 'indexed'");
    return row.next() ? row.integer(0) : 0;
}

TextIndexState textIndexState(const Workspace& workspace)
{
    const Database& db = workspace.database();
    const ReadTransaction oneState(db);
    const auto last = lastIndexed(db);
    TextIndexState state;
    state.messages = countMessages(db, "WHERE ?1 = 0", 0);
    state.indexed = state.messages - countMessages(db, "WHERE id > ?1", last);
    return state;
}

void buildTextIndex(Workspace& workspace, Task& task)
{
    const Database& db = workspace.database();
    const auto state = textIndexState(workspace);
    if (state.complete()) return;
    task.begin("Indexing words", state.messages - state.indexed);
    db.run(gatherMore);
    for (auto from = lastIndexed(db); from < lastMessage(db); from = lastIndexed(db)) {
        Transaction batch(db);
        const auto until = endOfBatch(db, from);
        indexUntil(db, from, until, task);
        Statement(db, "UPDATE meta SET value = ?1 WHERE name = 'indexed'").run(until);
        batch.commit();
    }
}

}  // namespace kith
