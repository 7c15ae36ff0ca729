#include "core/store/edit.h"

#include "core/store/rows.h"

// The session extension's functions are declared only when asked for.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

namespace kith {

Edit::Edit(Workspace& workspace) : db_(workspace.database()), transaction_(db_)
{
    int code = sqlite3session_create(db_.handle(), "main", &session_);
    for (const auto table : editedTables()) {
        if (code == SQLITE_OK) code = sqlite3session_attach(session_, std::string(table).c_str());
    }
    if (code == SQLITE_OK) return;
    sqlite3session_delete(session_);
    db_.fail(code);
}

Edit::~Edit()
{
    sqlite3session_delete(session_);
}

std::string Edit::changeset()
{
    int size = 0;
    void* bytes = nullptr;
    const int code = sqlite3session_changeset(session_, &size, &bytes);
    if (code != SQLITE_OK) db_.fail(code);
    std::string changes(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return changes;
}

void Edit::commit(const std::string& what)
{
    const std::string changes = changeset();
    if (changes.empty()) return;  // the transaction rolls back, nothing was changed
    db_.run("DELETE FROM history WHERE undone = 1");
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(changes.data());
    Statement(db_,
              "INSERT INTO history (time, what, undone, changeset, hash) "
              "VALUES (?1, ?2, 0, ?3, 0)")
        .run(now(), what, Blob{{bytes, changes.size()}});
    seal(db_, "history", db_.lastId());
    bumpVersion(db_);
    transaction_.commit();
}

}  // namespace kith
