#include "core/store/history.h"

#include "core/base/error.h"
#include "core/store/database.h"
#include "core/store/rows.h"

#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

namespace kith {

namespace {

Step stepIn(const Statement& row)
{
    return {StepId{row.integer(0)}, fromMillis(row.integer(1)), row.text(2), row.integer(3) != 0};
}

constexpr const char* columns = "SELECT id, time, what, undone, changeset FROM history ";

/// While it lives, changesets are applied as they are, without the cascades that they already hold.
class ForeignKeysOff {
public:
    explicit ForeignKeysOff(const Database& db) : db_(db) { db_.run("PRAGMA foreign_keys = OFF"); }
    ~ForeignKeysOff()
    {
        sqlite3_exec(db_.handle(), "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
    }
    ForeignKeysOff(const ForeignKeysOff&) = delete;
    ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;

private:
    const Database& db_;
};

int stopAtConflict(void*, int, sqlite3_changeset_iter*)
{
    return SQLITE_CHANGESET_ABORT;
}

std::string inverted(const Database& db, std::string_view changes)
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

bool apply(const Database& db, std::string changes)
{
    const int code = sqlite3changeset_apply(db.handle(), static_cast<int>(changes.size()),
                                            changes.data(), nullptr, stopAtConflict, nullptr);
    if (code == SQLITE_ABORT || (code & 0xff) == SQLITE_CONSTRAINT) return false;
    if (code != SQLITE_OK) db.fail(code);
    for (const auto table : editedTables()) {
        Statement check(db, "PRAGMA foreign_key_check(" + std::string(table) + ")");
        if (check.next()) return false;
    }
    return true;
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
    const std::string changes = row.text(4);
    row.reset();

    if (!apply(db, back ? inverted(db, changes) : changes)) {
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
