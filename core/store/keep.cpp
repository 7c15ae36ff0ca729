#include "core/store/keep.h"

#include "core/store/database.h"

namespace kith {

namespace {

Blob blobOf(std::string_view bytes)
{
    return {{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}};
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

void keep(Workspace& workspace, std::string_view key, std::string_view bytes)
{
    if (workspace.mode() == Workspace::Mode::ReadOnly) return;
    const Database& db = workspace.database();
    const auto version = workspace.version();
    Transaction transaction(db);
    Statement(db, "DELETE FROM kept WHERE version <> ?1").run(version);
    Statement(db,
              "INSERT INTO kept (key, version, bytes) VALUES (?1, ?2, ?3) "
              "ON CONFLICT (key) DO UPDATE SET version = ?2, bytes = ?3")
        .run(key, version, blobOf(bytes));
    transaction.commit();
}

}  // namespace kith
