#pragma once

#include "core/import/csv.h"
#include "core/import/onefile.h"
#include "core/import/postimport.h"

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// Names of columns, the surest first; letters' case does not count.
using ColumnNames = std::initializer_list<std::string_view>;

/// The first row of a table as names of columns.
class ColumnIndex {
public:
    explicit ColumnIndex(const std::vector<std::string>& headers);

    bool has(std::string_view name) const { return columns_.contains(std::string(name)); }
    bool hasAll(ColumnNames names) const;
    bool hasAny(ColumnNames names) const;
    std::optional<std::size_t> find(std::string_view name) const;
    std::size_t size() const { return size_; }

private:
    std::map<std::string, std::size_t> columns_;  ///< in small letters
    std::size_t size_ = 0;
};

/// The columns of a file that is looked at, if it is a table; none otherwise.
ColumnIndex columnsOf(std::string_view head, bool whole);

/// Reads a table whose columns are known by name, row after row in constant memory.
class RecordTable {
public:
    enum class Quotes {
        AsFound,    ///< doubled or with a backslash: found out from the first rows
        Backslash,  ///< the program that writes the table puts a backslash before a quote
    };

    /// @throws Error BadInput when there is no row at all
    RecordTable(const OneFile& file, Task& task, const std::string& phase,
                Quotes quotes = Quotes::AsFound);

    /// Moves to the next row that holds anything.
    bool next();

    const ColumnIndex& columns() const { return *columns_; }
    Place place() const { return file_.line(row_->line); }

    /// Why the row cannot be a record: "the row has 3 fields, the header 5"; empty when it can.
    std::string objection() const;
    bool isEmpty() const;  ///< only blanks
    bool repaired() const { return row_->repaired; }

    /// The first of these cells that says something, without blanks around it; "NA", "null" and the
    /// like say nothing.
    std::string cell(ColumnNames names) const;

    /// The first of these columns as it stands in the file: what people wrote.
    std::string words(ColumnNames names) const;

    /// Whether the cell says yes.
    bool yes(ColumnNames names) const;

    /// Sends what is wrong with a row. @return true when it cannot be a record
    bool refused(PostImport& import) const;

private:
    const OneFile& file_;
    Task& task_;
    std::unique_ptr<ByteSource> source_;
    CsvReader reader_;
    std::unique_ptr<ColumnIndex> columns_;
    const CsvRow* row_ = nullptr;
    std::uint64_t reported_ = 0;
};

/// The parts of a cell that holds a list: "a, b", "a;b", "['a', 'b']".
std::vector<std::string> listIn(std::string_view cell);

}  // namespace kith
