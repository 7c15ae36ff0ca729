#include "core/store/bulkload.h"

#include <sqlite3.h>

#include <string>

namespace kith {

namespace {

constexpr std::uint64_t smallest = 16U << 20U;  ///< files below this gain nothing

std::int64_t numberOf(const Database& db, const char* sql)
{
    Statement row(db, sql);
    return row.next() ? row.integer(0) : 0;
}

}  // namespace

BulkLoad::BulkLoad(const Database& db, std::uint64_t bytes) : db_(db)
{
    const auto there =
        numberOf(db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    db.run("PRAGMA foreign_keys = OFF");
    if (bytes >= smallest && bytes / 8 >= static_cast<std::uint64_t>(there)) writeInPlace();
}

/// Readers beside us keep SQLite from leaving its log, at once: then all stays as it is.
void BulkLoad::writeInPlace()
{
    sqlite3_exec(db_.handle(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
    Statement mode(db_, "PRAGMA journal_mode");
    inPlace_ = mode.next() && mode.view(0) == "delete";
}

BulkLoad::~BulkLoad()
{
    // Destructors never throw. Whoever opens the workspace next makes a log where this one failed.
    if (inPlace_)
        sqlite3_exec(db_.handle(), "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
    sqlite3_exec(db_.handle(), "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
}

}  // namespace kith
