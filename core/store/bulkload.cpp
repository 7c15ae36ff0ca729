#include "core/store/bulkload.h"

#include "core/base/error.h"

#include <sqlite3.h>

#include <string>

namespace kith {

namespace {

constexpr std::uint64_t smallest = 16U << 20U;  ///< files below this gain nothing
constexpr std::uint64_t huge = 512U << 20U;     ///< sorting may need more memory than we allow

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
    large_ = bytes >= smallest && bytes >= static_cast<std::uint64_t>(there) / 2;
    db.run("PRAGMA foreign_keys = OFF");
    if (bytes >= huge) db.run("PRAGMA temp_store = FILE");
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
    sqlite3_exec(db_.handle(), "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY", nullptr,
                 nullptr, nullptr);
}

void BulkLoad::begin()
{
    before_ = numberOf(db_, "SELECT ifnull(max(id), 0) FROM message");
    if (large_) db_.run("DROP INDEX message_account; DROP INDEX message_thread");
}

void BulkLoad::finish(Task& task)
{
    if (large_) {
        // Exactly as in schema/0001 and 0003: the check at opening compares them word for word.
        task.begin("Sorting messages", 2);
        db_.run("CREATE INDEX message_account ON message(account) WHERE account IS NOT NULL");
        task.advance();
        db_.run("CREATE INDEX message_thread ON message(thread) WHERE thread IS NOT NULL");
        task.advance();
    }
    check();
}

/// Many new messages are checked by walking the indexes, which hold each account and thread in one
/// run; few by themselves.
void BulkLoad::check() const
{
    const std::string these = large_ ? "" : " AND message.id > " + std::to_string(before_);
    for (const std::string column : {"account", "thread", "conversation", "source"}) {
        const bool indexed = column == "account" || column == "thread";
        if (large_ && !indexed) continue;
        const std::string sql = "SELECT EXISTS (SELECT 1 FROM message WHERE " + column +
                                " IS NOT NULL" + these + " AND " + column +
                                " NOT IN (SELECT id FROM " + column + "))";
        if (numberOf(db_, sql.c_str()) == 0) continue;
        throw Error(Error::Kind::WorkspaceDamaged,
                    "an imported message points at a missing " + column, {},
                    "Nothing was imported. Run a check of the workspace.");
    }
}

}  // namespace kith
