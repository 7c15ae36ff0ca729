#include "core/store/edit.h"

#include "core/store/rows.h"

namespace kith {

Edit::Edit(Workspace& workspace, std::span<const std::string_view> also)
    : db_(workspace.database()), transaction_(db_), recording_(db_)
{
    for (const auto table : editedTables()) recording_.watch(table);
    for (const auto table : also) recording_.watch(table);
}

void Edit::commit(const std::string& what)
{
    const std::string changes = recording_.changes();
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
