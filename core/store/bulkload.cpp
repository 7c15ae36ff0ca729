#include "core/store/bulkload.h"

#include <sqlite3.h>

#include <string>

namespace kith {

namespace {

constexpr std::uint64_t smallest = 16U << 20U;  ///< files below this gain nothing

/// KiB of pages in memory. Rows are appended and seldom read again: pages that are written soon
/// after they were filled still stand in the processor's cache.
constexpr std::int64_t cacheMeanwhile = 16'384;

std::int64_t numberOf(const Database& db, const char* sql)
{
    Statement row(db, sql);
    return row.next() ? row.integer(0) : 0;
}

}  // namespace

BulkLoad::BulkLoad(const Database& db, std::uint64_t bytes)
    : db_(db), cacheSize_(numberOf(db, "PRAGMA cache_size"))
{
    const auto there =
        numberOf(db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    db.run("PRAGMA foreign_keys = OFF");
    db.run("PRAGMA cache_size = " + std::to_string(-cacheMeanwhile));
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
    const auto sizeAsBefore = "PRAGMA cache_size = " + std::to_string(cacheSize_);
    sqlite3_exec(db_.handle(), sizeAsBefore.c_str(), nullptr, nullptr, nullptr);
    sqlite3_exec(db_.handle(), "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
}

}  // namespace kith
