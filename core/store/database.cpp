#include "core/store/database.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/rowbatch.h"
#include "core/store/rowhash.h"

#include <sqlite3.h>

namespace kith {

namespace {

/// Waits this long for another connection's short write before saying that the file is busy.
constexpr int busyMillis = 2000;

/// A hash of a function's arguments with their types, 63 bits.
template <class Hashing>
void hashOfRow(sqlite3_context* context, int count, sqlite3_value** values)
{
    try {
        RowHash<Hashing> hash;
        for (int i = 0; i < count; ++i) {
            sqlite3_value* value = values[i];
            const int type = sqlite3_value_type(value);
            if (type == SQLITE_NULL) {
                hash.null();
            } else if (type == SQLITE_INTEGER) {
                hash.number(sqlite3_value_int64(value));
            } else {
                const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
                const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
                const std::string_view content(bytes, bytes == nullptr ? 0 : size);
                hash.bytes(type, content);
            }
        }
        sqlite3_result_int64(context, hash.finish());
    } catch (const std::exception& error) {
        sqlite3_result_error(context, error.what(), -1);
    }
}

int openFlags(Database::Access access)
{
    const int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (access) {
    case Database::Access::ReadOnly: return common | SQLITE_OPEN_READONLY;
    case Database::Access::ReadWrite: return common | SQLITE_OPEN_READWRITE;
    case Database::Access::Create: return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    }
    return common;
}

}  // namespace

Database::Database(const std::filesystem::path& path, Access access) : path_(path)
{
    try {
        open(access);
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

Database::~Database()
{
    sqlite3_close_v2(handle_);
}

void Database::open(Access access)
{
    // Counting allocations, which nobody reads, takes a lock at each. Refused where somebody else
    // has started SQLite before, and then no harm is done.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)uncounted;
    const int code = sqlite3_open_v2(path_.c_str(), &handle_, openFlags(access), nullptr);
    if (code != SQLITE_OK) fail(code);
    defend();
    sqlite3_busy_timeout(handle_, busyMillis);
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    const auto add = [this](const char* name,
                            void (*function)(sqlite3_context*, int, sqlite3_value**)) {
        const int made = sqlite3_create_function_v2(handle_, name, -1, flags, nullptr, function,
                                                    nullptr, nullptr, nullptr);
        if (made != SQLITE_OK) fail(made);
    };
    add("row_hash", hashOfRow<Hasher>);
    add("message_hash", hashOfRow<QuickHasher>);
    const int batches = addRowBatches(handle_);
    if (batches != SQLITE_OK) fail(batches);
}

void Database::defend() const
{
    const auto set = [this](int option, int value) {
        const int code = sqlite3_db_config(handle_, option, value, nullptr);
        if (code != SQLITE_OK) fail(code);
    };
    set(SQLITE_DBCONFIG_DEFENSIVE, 1);
    set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    set(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
    set(SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0);
    set(SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
    set(SQLITE_DBCONFIG_ENABLE_VIEW, 0);
    set(SQLITE_DBCONFIG_DQS_DML, 0);
    set(SQLITE_DBCONFIG_DQS_DDL, 0);
    set(SQLITE_DBCONFIG_ENABLE_FKEY, 1);

    sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, 256 << 20);
    sqlite3_limit(handle_, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
    sqlite3_limit(handle_, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 1);  // VACUUM needs one
    sqlite3_limit(handle_, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
    sqlite3_limit(handle_, SQLITE_LIMIT_TRIGGER_DEPTH, 10);

    run("PRAGMA cell_size_check = ON");
    run("PRAGMA mmap_size = 0");
}

void Database::run(const std::string& sql) const
{
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::lastId() const
{
    return sqlite3_last_insert_rowid(handle_);
}
std::int64_t Database::changes() const
{
    return sqlite3_changes64(handle_);
}
bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(handle_) == 0;
}

void Database::copyTo(const std::filesystem::path& target) const
{
    const Database copy(target, Access::Create);
    sqlite3_backup* backup = sqlite3_backup_init(copy.handle_, "main", handle_, "main");
    if (backup == nullptr) copy.fail(sqlite3_errcode(copy.handle_));
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    if (code != SQLITE_OK) copy.fail(code);
}

void Database::fail(int code) const
{
    const Place where{path_.filename().string(), {}, {}, {}};
    // SQLite quotes from the file, which may hold anything.
    const std::string detail = shorten(
        repairUtf8(handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code & 0xff)),
        300);
    switch (code & 0xff) {
    case SQLITE_FULL:
        throw Error(Error::Kind::CannotWrite, "the disk is full", where,
                    "Nothing of this step was kept. Free some space and try again.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Error(Error::Kind::WorkspaceBusy, "another program is using the workspace", where,
                    "Close it there and try again.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        throw Error(Error::Kind::CannotWrite, "the workspace cannot be changed", where,
                    "It is open for reading only, or its folder is write-protected.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        throw Error(Error::Kind::WorkspaceDamaged, "the workspace is damaged (" + detail + ")",
                    where, "Open a copy that you kept.");
    case SQLITE_CANTOPEN:
        throw Error(Error::Kind::FileUnreadable, "the workspace cannot be opened", where,
                    "Check that the file is there and that you may read it and its folder.");
    case SQLITE_IOERR:
        throw Error(Error::Kind::CannotWrite, "the disk reported an error (" + detail + ")", where,
                    "Nothing of this step was kept. Check the disk and try again.");
    case SQLITE_TOOBIG:
        throw Error(Error::Kind::LimitReached, "a text is longer than the workspace can hold",
                    where);
    default:
        throw Error(Error::Kind::WorkspaceDamaged,
                    "the workspace did not work as expected (" + detail + ")", where,
                    "Run a check of the workspace.");
    }
}

Statement::Statement(const Database& db, std::string_view sql) : db_(&db)
{
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(db.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) db.fail(code);
    statement_.reset(made);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept
{
    sqlite3_finalize(statement);
}

bool Statement::next()
{
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3_reset(statement_.get());
    db_->fail(code);
}

void Statement::reset()
{
    // The code repeats the last step's failure, which next() has thrown already.
    sqlite3_reset(statement_.get());
}

void Statement::require(int code) const
{
    if (code != SQLITE_OK) db_->fail(code);
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const
{
    return std::string(view(column));
}

std::string_view Statement::view(int column) const
{
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return {static_cast<const char*>(bytes), bytes == nullptr ? 0 : size};
}

bool Statement::null(int column) const
{
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::optional<Time> Statement::time(int column) const
{
    if (null(column)) return std::nullopt;
    return fromMillis(integer(column));
}

int Statement::columns() const
{
    return sqlite3_column_count(statement_.get());
}

void Statement::bindAt(int position, std::int64_t value)
{
    require(sqlite3_bind_int64(statement_.get(), position, value));
}

void Statement::bindAt(int position, double value)
{
    require(sqlite3_bind_double(statement_.get(), position, value));
}

void Statement::bindAt(int position, std::string_view value)
{
    const char* bytes = value.data() == nullptr ? "" : value.data();
    require(sqlite3_bind_text64(statement_.get(), position, bytes, value.size(), SQLITE_STATIC,
                                SQLITE_UTF8));
}

void Statement::bindAt(int position, Blob value)
{
    require(sqlite3_bind_blob64(statement_.get(), position, value.bytes.data(), value.bytes.size(),
                                SQLITE_STATIC));
}

void Statement::bindAt(int position, std::nullptr_t)
{
    require(sqlite3_bind_null(statement_.get(), position));
}

void Statement::bindAt(int position, const RowBatch& rows)
{
    // SQLite takes a pointer that it may change; batch() only reads.
    require(sqlite3_bind_pointer(statement_.get(), position, const_cast<RowBatch*>(&rows),
                                 rowBatchPointer, nullptr));
}

Transaction::Transaction(const Database& db) : db_(db)
{
    db_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (!open_ || !db_.inTransaction()) return;
    sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);  // destructors never throw
}

void Transaction::commit()
{
    db_.run("COMMIT");
    open_ = false;
}

ReadTransaction::ReadTransaction(const Database& db) : db_(db), mine_(!db.inTransaction())
{
    if (mine_) db_.run("BEGIN");
}

ReadTransaction::~ReadTransaction()
{
    if (mine_) sqlite3_exec(db_.handle(), "COMMIT", nullptr, nullptr, nullptr);
}

}  // namespace kith
