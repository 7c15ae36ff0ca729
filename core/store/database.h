#pragma once

#include "core/base/time.h"
#include "core/model/ids.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace kith {

class RowBatch;

/// One connection to an SQLite file, with the defences for files from strangers switched on
/// (RELIABILITY, "dark arts"). Belongs to one thread. Every failure of SQLite becomes an Error in
/// plain words. SQL may use row_hash(...) and message_hash(...), 63-bit hashes of their arguments
/// by BLAKE2b and by QuickHasher.
class Database {
public:
    enum class Access { ReadOnly, ReadWrite, Create };

    /// @param path a file, or ":memory:"
    /// @throws Error FileUnreadable, CannotWrite
    Database(const std::filesystem::path& path, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs one or several statements without values or rows.
    void run(const std::string& sql) const;

    std::int64_t lastId() const;
    std::int64_t changes() const;  ///< rows changed by the statement that ran last
    bool inTransaction() const;

    /// Writes every page to another file, which must not exist yet.
    void copyTo(const std::filesystem::path& target) const;

    const std::filesystem::path& path() const { return path_; }
    sqlite3* handle() const
    {
        return handle_;
    }  ///< for the session extension (edit.cpp, history.cpp)

    /// Turns a result code into the Error it stands for.
    [[noreturn]] void fail(int code) const;

private:
    void open(Access access);
    void defend() const;

    std::filesystem::path path_;
    sqlite3* handle_ = nullptr;
};

/// A value of any column type, for native ids that are text, integer or hash.
struct Blob {
    std::span<const std::uint8_t> bytes;
};

/// A prepared statement. Bind, then step through rows:
///     Statement rows(db, "SELECT name FROM person WHERE id > ?1");
///     for (rows.bind(10); rows.next();) names.push_back(rows.text(0));
/// Text and blobs are not copied: they must live until the statement is reset or bound again.
class Statement {
public:
    Statement(const Database& db, std::string_view sql);

    template <class... Values>
    Statement& bind(const Values&... values)
    {
        reset();
        int position = 0;
        (bindAt(++position, values), ...);
        return *this;
    }

    /// Binds and steps once, for statements without rows.
    template <class... Values>
    void run(const Values&... values)
    {
        bind(values...);
        next();
        reset();
    }

    bool next();  ///< false after the last row
    void reset();

    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    std::string_view view(int column) const;  ///< text or blob, valid until the next step
    bool null(int column) const;
    std::optional<Time> time(int column) const;  ///< nullopt for NULL
    int columns() const;

    void bindAt(int position, std::int64_t value);
    void bindAt(int position, int value) { bindAt(position, std::int64_t{value}); }
    void bindAt(int position, bool value) { bindAt(position, std::int64_t{value}); }
    void bindAt(int position, double value);
    void bindAt(int position, std::string_view value);
    void bindAt(int position, const std::string& value)
    {
        bindAt(position, std::string_view(value));
    }
    void bindAt(int position, const char* value) { bindAt(position, std::string_view(value)); }
    void bindAt(int position, Blob value);
    void bindAt(int position, std::nullptr_t);
    void bindAt(int position, const RowBatch& rows);  ///< for batch(); it must live until the reset
    void bindAt(int position, Time value) { bindAt(position, toMillis(value)); }
    template <class Tag>
    void bindAt(int position, Id<Tag> value)
    {
        bindAt(position, value.value);
    }
    template <class Value>
    void bindAt(int position, const std::optional<Value>& value)
    {
        if (value) {
            bindAt(position, *value);
        } else {
            bindAt(position, nullptr);
        }
    }

private:
    void require(int code) const;

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    const Database* db_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Rolls back on scope exit unless commit() was reached.
class Transaction {
public:
    explicit Transaction(const Database& db);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    const Database& db_;
    bool open_ = true;
};

/// A consistent view over several reads: all see the same state.
class ReadTransaction {
public:
    explicit ReadTransaction(const Database& db);
    ~ReadTransaction();
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

private:
    const Database& db_;
    bool mine_;
};

}  // namespace kith
