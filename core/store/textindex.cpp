#include "core/store/textindex.h"

#include "core/store/database.h"
#include "core/store/textrows.h"

#include <algorithm>

namespace kith {

namespace {

/// What one transaction takes: enough to fill the index's memory once, little enough that nobody
/// waits long for the writer.
constexpr std::int64_t messagesAtOnce = 50'000;
constexpr std::int64_t messagesAStep = 500;

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

/// Everything up to `until`, in steps that can be cancelled.
void indexUntil(const Database& db, std::int64_t from, std::int64_t until, Task& task)
{
    Statement fill(db,
                   "INSERT INTO message_text (rowid, text) "
                   "SELECT id, text FROM message WHERE id > ?1 AND id <= ?2 ORDER BY id");
    while (from < until) {
        const auto step = std::min(until, from + messagesAStep);
        fill.run(from, step);
        task.advance(static_cast<std::uint64_t>(db.changes()));
        from = step;
    }
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
    for (auto from = lastIndexed(db); from < lastMessage(db); from = lastIndexed(db)) {
        Transaction batch(db);
        const auto until = endOfBatch(db, from);
        indexUntil(db, from, until, task);
        Statement(db, "UPDATE meta SET value = ?1 WHERE name = 'indexed'").run(until);
        batch.commit();
    }
}

}  // namespace kith
