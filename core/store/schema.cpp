#include "core/store/schema.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/store/foreignkeys.h"
#include "core/store/packrows.h"

#include <map>
#include <string>

namespace kith {

namespace {

/// Before this script, what stands in rows that it drops is packed.
constexpr std::string_view dropsRows = "0005_rows.sql";

Place placeOf(const Database& db)
{
    return {db.path().filename().string(), {}, {}, {}};
}

/// "table message" -> its SQL, for everything in the file.
std::map<std::string, std::string> objectsOf(const Database& db)
{
    std::map<std::string, std::string> objects;
    Statement rows(db, "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema");
    while (rows.next()) {
        objects[rows.text(0) + " " + rows.text(1)] = rows.text(2) + "\n" + rows.text(3);
    }
    return objects;
}

/// The workspace's secret: pseudonyms and suppression marks mean nothing without it.
void fillMeta(const Database& db)
{
    Statement add(db, "INSERT OR IGNORE INTO meta (name, value) VALUES (?1, ?2)");
    const std::string key = randomBytes(32);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(key.data());
    add.run("key", Blob{{bytes, key.size()}});
    add.run("version", 1);
}

void runScripts(const Database& db, std::size_t from, std::size_t until)
{
    for (std::size_t i = from; i < until; ++i) {
        if (schemaScripts[i].first == dropsRows) packRows(db);
        db.run(std::string(schemaScripts[i].second));
    }
    db.run("PRAGMA application_id = " + std::to_string(applicationId));
    db.run("PRAGMA user_version = " + std::to_string(until));
}

[[noreturn]] void refuse(const Database& db, const std::string& what)
{
    throw Error(Error::Kind::WorkspaceDamaged, what, placeOf(db),
                "It may have been changed by another program. Kith does not open it.");
}

}  // namespace

std::int64_t schemaVersion(const Database& db)
{
    Statement version(db, "PRAGMA user_version");
    version.next();
    return version.integer(0);
}

void migrate(const Database& db)
{
    const auto newest = schemaScripts.size();
    const ForeignKeysOff off(db);
    Transaction upgrade(db);
    const auto version = schemaVersion(db);
    if (version < 0 || static_cast<std::size_t>(version) > newest) {
        throw Error(Error::Kind::WorkspaceTooNew,
                    "the workspace has version " + std::to_string(version) +
                        ", this Kith knows versions up to " + std::to_string(newest),
                    placeOf(db), "Open it with a newer Kith.");
    }
    runScripts(db, static_cast<std::size_t>(version), newest);
    fillMeta(db);
    upgrade.commit();
}

void requireKnownSchema(const Database& db)
{
    const auto version = static_cast<std::size_t>(schemaVersion(db));
    const Database model(":memory:", Database::Access::Create);
    const ForeignKeysOff off(model);
    runScripts(model, 0, version);

    const auto expected = objectsOf(model);
    const auto found = objectsOf(db);
    for (const auto& [name, sql] : found) {
        const auto known = expected.find(name);
        if (known == expected.end()) refuse(db, "the workspace holds a strange " + name);
        if (known->second != sql) refuse(db, "the workspace holds a changed " + name);
    }
    for (const auto& [name, sql] : expected) {
        if (!found.contains(name)) refuse(db, "the workspace lacks the " + name);
    }
}

}  // namespace kith
