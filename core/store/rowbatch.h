#pragma once

#include "core/base/largepages.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;

namespace kith {

/// Rows that wait in memory until one statement takes them all, as the table `batch(?1)` with the
/// columns c0, c1 and so on:
///     Statement(db, "INSERT OR FAIL INTO platform (id, name) SELECT c0, c1 FROM batch(?1)")
///         .run(batch);
/// Half the time of a statement a row. With FAIL, SQLite keeps no copies of pages to take back a
/// statement half done: for work that ends in a rollback where it fails.
class RowBatch {
public:
    static constexpr std::size_t mostColumns = 16;

    /// @param columns of every row, at most mostColumns
    explicit RowBatch(std::size_t columns) : columns_(columns) {}

    /// The next value, from left to right; texts and blobs are copied.
    void add(std::int64_t number) { cells_.push_back({number, 0, Kind::Number}); }
    void add(std::nullptr_t) { cells_.push_back({0, 0, Kind::Null}); }
    void add(std::string_view text) { addBytes(text, Kind::Text); }
    void addBlob(std::string_view bytes) { addBytes(bytes, Kind::Blob); }

    /// Another number in place of one.
    void set(std::size_t row, std::size_t column, std::int64_t number)
    {
        cells_.at(row * columns_ + column).value = number;
    }

    /// So many rows are worth a statement, and still in the processor's cache when it comes to
    /// them.
    static constexpr std::size_t handful = 256;

    std::size_t rows() const { return cells_.size() / columns_; }
    std::size_t bytes() const { return bytes_.size(); }  ///< of all texts
    bool empty() const { return cells_.empty(); }
    void clear()
    {
        cells_.clear();
        bytes_.clear();
    }

private:
    friend struct RowBatchTable;
    enum class Kind : std::uint8_t { Number, Null, Text, Blob };
    struct Cell {
        std::int64_t value = 0;  ///< the number, or where in bytes_
        std::uint32_t size = 0;
        Kind kind = Kind::Null;
    };

    void addBytes(std::string_view bytes, Kind kind)
    {
        cells_.push_back({static_cast<std::int64_t>(bytes_.size()),
                          static_cast<std::uint32_t>(bytes.size()), kind});
        bytes_ += bytes;
    }

    std::size_t columns_;
    LargeVector<Cell> cells_;
    std::string bytes_;
};

/// Runs a statement with the rows, and empties them.
template <class Inserting>
void writeOut(Inserting& statement, RowBatch& rows)
{
    statement.run(rows);
    rows.clear();
}

/// How a batch goes by its parameter, and nothing else does.
inline constexpr const char* rowBatchPointer = "kith row batch";

/// Teaches a connection what batch() is. @return SQLite's code
int addRowBatches(sqlite3* connection);

}  // namespace kith
