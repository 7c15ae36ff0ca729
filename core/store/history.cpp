#include "core/store/history.h"

#include "core/base/error.h"
#include "core/store/database.h"
#include "core/store/foreignkeys.h"
#include "core/store/messageindex.h"
#include "core/store/packrows.h"
#include "core/store/rows.h"
#include "core/store/textrows.h"
#include "core/store/threads.h"

#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

#include <algorithm>
#include <set>

namespace kith {

namespace {

Step stepIn(const Statement& row)
{
    return {StepId{row.integer(0)}, fromMillis(row.integer(1)), row.text(2), row.integer(3) != 0,
            static_cast<std::uint64_t>(row.integer(4))};
}

// Without the changeset itself: a list must not read what may be many megabytes.
constexpr const char* columns = "SELECT id, time, what, undone, length(changeset) FROM history ";

/// How many people spoke in a thread follows from its messages and is counted anew afterwards;
/// everything else must be as the step left it.
int meetConflict(void*, int kind, sqlite3_changeset_iter* at)
{
    const char* table = nullptr;
    int width = 0;
    int operation = 0;
    sqlite3changeset_op(at, &table, &width, &operation, nullptr);
    const bool counted = kind == SQLITE_CHANGESET_DATA && operation == SQLITE_UPDATE &&
                         std::string_view(table) == "thread";
    return counted ? SQLITE_CHANGESET_OMIT : SQLITE_CHANGESET_ABORT;
}

std::string inverted(const Database& db, const std::string& changes)
{
    int size = 0;
    void* bytes = nullptr;
    const int code =
        sqlite3changeset_invert(static_cast<int>(changes.size()), changes.data(), &size, &bytes);
    if (code != SQLITE_OK) db.fail(code);
    std::string result(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return result;
}

/// What a changeset will do, besides what it says of the rows themselves.
struct Reach {
    std::set<std::string> tables;
    bool imported = false;                ///< some of them are filled by imports
    std::vector<std::int64_t> returning;  ///< messages that come back
    std::vector<std::int64_t> going;
};

void note(Reach& reach, sqlite3_changeset_iter* at)
{
    const char* table = nullptr;
    int width = 0;
    int operation = 0;
    sqlite3changeset_op(at, &table, &width, &operation, nullptr);
    if (reach.tables.emplace(table).second)
        reach.imported |= std::ranges::find(editedTables(), table) == editedTables().end();
    if (std::string_view(table) != "message" || operation == SQLITE_UPDATE) return;
    const bool returns = operation == SQLITE_INSERT;
    sqlite3_value* id = nullptr;
    if (returns) {
        sqlite3changeset_new(at, 0, &id);
    } else {
        sqlite3changeset_old(at, 0, &id);
    }
    (returns ? reach.returning : reach.going).push_back(sqlite3_value_int64(id));
}

Reach reachOf(const Database& db, std::string& changes)
{
    Reach reach;
    sqlite3_changeset_iter* at = nullptr;
    int code = sqlite3changeset_start(&at, static_cast<int>(changes.size()), changes.data());
    if (code != SQLITE_OK) db.fail(code);
    while (sqlite3changeset_next(at) == SQLITE_ROW) note(reach, at);
    code = sqlite3changeset_finalize(at);
    if (code != SQLITE_OK) db.fail(code);
    std::ranges::sort(reach.returning);
    std::ranges::sort(reach.going);
    return reach;
}

/// An organiser's edit touches small tables; imported rows may be pointed at from everywhere.
bool pointsNowhere(const Database& db, const Reach& reach)
{
    if (reach.imported) {
        return Statement(db, "PRAGMA foreign_key_check").next() || !danglingMessages(db, 1).empty();
    }
    return std::ranges::any_of(editedTables(), [&](std::string_view table) {
        return Statement(db, "PRAGMA foreign_key_check(" + std::string(table) + ")").next();
    });
}

bool applyRows(const Database& db, std::string& changes)
{
    const int code = sqlite3changeset_apply(db.handle(), static_cast<int>(changes.size()),
                                            changes.data(), nullptr, meetConflict, nullptr);
    if (code == SQLITE_ABORT || (code & 0xff) == SQLITE_CONSTRAINT) return false;
    if (code != SQLITE_OK) db.fail(code);
    return true;
}

void addThreadsOf(const Database& db, const std::vector<std::int64_t>& messages,
                  std::set<std::int64_t>& threads)
{
    Statement row(db, "SELECT thread FROM message WHERE id = ?1 AND thread IS NOT NULL");
    for (const auto message : messages) {
        if (row.bind(message).next()) threads.insert(row.integer(0));
    }
}

bool apply(const Database& db, std::string& changes)
{
    const Reach reach = reachOf(db, changes);
    std::set<std::int64_t> threads;
    addThreadsOf(db, reach.going, threads);
    dropFromTextIndex(db, reach.going);
    if (!applyRows(db, changes) || pointsNowhere(db, reach)) return false;
    returnToTextIndex(db, reach.returning);
    returnToPostings(db, reach.returning);
    addThreadsOf(db, reach.returning, threads);
    Task silent;
    joinThreads(db, {threads.begin(), threads.end()}, silent);
    return true;
}

std::string changesOf(const Database& db, StepId step)
{
    Statement row(db, "SELECT changeset FROM history WHERE id = ?1");
    row.bind(step).next();
    return row.text(0);
}

/// Applies the step that `which` selects, backwards or forwards, and marks it.
std::optional<Step> walk(Workspace& workspace, const std::string& which, bool back)
{
    const Database& db = workspace.database();
    const ForeignKeysOff off(db);
    Transaction transaction(db);

    Statement row(db, columns + which);
    if (!row.next()) return std::nullopt;
    Step step = stepIn(row);
    row.reset();

    std::string changes = changesOf(db, step.id);
    if (back) changes = inverted(db, changes);
    if (reachOf(db, changes).tables.contains("tie")) {
        throw Error(Error::Kind::BadInput,
                    "“" + step.what + "” was done by an older Kith, which kept ties otherwise", {},
                    "Nothing was done. Import the file again instead.");
    }
    if (!apply(db, changes)) {
        throw Error(Error::Kind::BadInput,
                    std::string(back ? "“" + step.what + "” cannot be undone"
                                     : "“" + step.what + "” cannot be redone") +
                        ", because what it changed has been changed again since",
                    {}, "Nothing was done.");
    }
    step.undone = back;
    Statement(db, "UPDATE history SET undone = ?2 WHERE id = ?1").run(step.id, back);
    seal(db, "history", step.id.value);
    bumpVersion(db);
    transaction.commit();
    return step;
}

}  // namespace

std::vector<Step> history(const Workspace& workspace)
{
    std::vector<Step> steps;
    Statement rows(workspace.database(), std::string(columns) + "ORDER BY id");
    while (rows.next()) steps.push_back(stepIn(rows));
    return steps;
}

std::optional<Step> undo(Workspace& workspace)
{
    return walk(workspace, "WHERE undone = 0 ORDER BY id DESC LIMIT 1", true);
}

std::optional<Step> redo(Workspace& workspace)
{
    return walk(workspace, "WHERE undone = 1 ORDER BY id LIMIT 1", false);
}

}  // namespace kith
