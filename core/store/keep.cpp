#include "core/store/keep.h"

#include "core/base/error.h"
#include "core/store/database.h"
#include "core/store/packed.h"
#include "core/store/writerlock.h"

namespace kith {

namespace {

std::int64_t versionIn(const Database& db)
{
    Statement row(db, "SELECT value FROM meta WHERE name = 'version'");
    row.next();
    return row.integer(0);
}

/// Whoever sweeps a thousand seeds would fill the disk otherwise.
void dropOldest(const Database& db)
{
    Statement(db,
              "DELETE FROM kept WHERE rowid IN (SELECT rowid FROM (SELECT rowid, "
              "sum(length(bytes)) OVER (ORDER BY rowid DESC) AS upTo FROM kept) WHERE upTo > ?1)")
        .run(mostKept);
}

/// @return false when the workspace has another version by now
bool store(const Database& db, std::int64_t version, std::span<const KeptRow> rows)
{
    Transaction transaction(db);
    if (versionIn(db) != version) return false;
    Statement(db, "DELETE FROM kept WHERE version <> ?1").run(version);
    Statement row(db, "INSERT OR REPLACE INTO kept (key, version, bytes) VALUES (?1, ?2, ?3)");
    for (const auto& one : rows) row.run(one.key, version, blobOf(one.bytes));
    dropOldest(db);
    transaction.commit();
    return true;
}

/// A connection of its own, with the plain journal that a workspace at rest has: nothing stays
/// beside the file, and nobody waits for whoever reads at this moment.
bool storeBeside(const Workspace& workspace, std::int64_t version, std::span<const KeptRow> rows)
{
    const WriterLock alone(workspace.path());
    const Database db(workspace.path(), Database::Access::ReadWrite);
    {
        Statement journal(db, "PRAGMA journal_mode");
        if (!journal.next() || journal.view(0) != "delete") return false;
    }
    db.run("PRAGMA secure_delete = ON");
    db.run("PRAGMA synchronous = EXTRA");
    db.run("PRAGMA cache_spill = OFF");  // or readers would wait while rows are still written
    db.run("PRAGMA busy_timeout = 0");
    return store(db, version, rows);
}

}  // namespace

std::optional<std::string> setting(const Workspace& workspace, std::string_view name)
{
    Statement row(workspace.database(), "SELECT value FROM setting WHERE name = ?1");
    if (!row.bind(name).next()) return std::nullopt;
    return row.text(0);
}

void setSetting(Workspace& workspace, std::string_view name, std::string_view value)
{
    Statement(workspace.database(),
              "INSERT INTO setting (name, value) VALUES (?1, ?2) "
              "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .run(name, value);
}

std::optional<std::string> kept(const Workspace& workspace, std::string_view key)
{
    Statement row(workspace.database(), "SELECT bytes FROM kept WHERE key = ?1 AND version = ?2");
    if (!row.bind(key, workspace.version()).next()) return std::nullopt;
    return row.text(0);
}

bool keep(const Workspace& workspace, std::int64_t version, std::span<const KeptRow> rows)
{
    const Database& db = workspace.database();
    if (db.inTransaction()) return false;
    try {
        return workspace.mode() == Workspace::Mode::ReadOnly ? storeBeside(workspace, version, rows)
                                                             : store(db, version, rows);
    } catch (const Error&) {
        return false;  // only a cache: the result is there, and is worked out anew the next time
    }
}

}  // namespace kith
