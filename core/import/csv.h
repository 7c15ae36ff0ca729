#pragma once

#include "core/import/encoding.h"
#include "core/import/lines.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// How a table is written.
struct CsvDialect {
    char separator = ',';  ///< ',', ';', TAB, '|', or ' ' for any run of spaces and tabs
    bool backslash =
        false;  ///< a quote inside quotes is \" (and a backslash \\); "" is read as well
};

struct CsvRow {
    std::uint64_t line = 0;   ///< physical line on which the row starts, from 1
    std::uint64_t lines = 1;  ///< physical lines it takes
    bool repaired = false;    ///< was not all UTF-8: see readAs()
    bool cut = false;         ///< the file ends inside its last field: see CsvReader::takeCut()
    std::vector<std::string> fields;
};

/// What is to be said of CsvRow::cut.
inline constexpr std::string_view cutRow =
    "the file ends inside this row, in quotes that are not closed; it seems cut off";

/// Cuts physical lines into rows; remembers an open quote between lines.
class CsvScanner {
public:
    static constexpr std::size_t longestField = 1U << 20U;
    static constexpr std::size_t mostColumns = 512;

    enum class State { Complete, QuoteOpen, FieldTooLong, TooManyColumns };

    explicit CsvScanner(CsvDialect dialect, std::size_t columns = mostColumns)
        : dialect_(dialect), columns_(columns)
    {}

    /// Adds a line to `row`, which must be empty when the line before completed its row.
    State feed(std::string_view line, std::vector<std::string>& row);

    std::size_t columns() const { return columns_; }  ///< the most that a row may have

    /// What stands behind the quote that is open.
    std::string_view openField() const { return field_; }

    /// Whether the quote that is open was opened in the line fed last.
    bool openedLast() const { return opened_; }

private:
    bool scanQuoted(std::string_view line, std::size_t& at);
    void scanPlain(std::string_view line, std::size_t& at);
    bool isSeparator(char c) const;

    CsvDialect dialect_;
    std::size_t columns_;  ///< the most of a row
    bool quoted_ = false;
    bool opened_ = false;
    std::string field_;
};

/// Reads a CSV or TSV table row by row in constant memory:
///
///     CsvReader reader(*source, "people.csv");
///     while (const CsvRow* row = reader.next()) use(row->line, row->fields);
///
/// The separator and the manner of quoting are found out from the first 64 KiB unless given: those
/// that cut the most rows into as many fields as the first row. Line ends are as in LineReader; a
/// line end inside quotes becomes \n. Blank lines are passed over. Fields are valid UTF-8 and
/// otherwise untouched.
class CsvReader {
public:
    /// @param name for error messages
    /// @param columns the most that a row may have
    CsvReader(ByteSource& source, std::string name, std::optional<CsvDialect> dialect = {},
              std::size_t columns = CsvScanner::mostColumns);

    /// Whoever looks at CsvRow::cut can have the row in which a file was cut off, without the field
    /// that was open. A quote behind which whole rows stand is an error all the same: it was
    /// forgotten, and they would be lost.
    void takeCut() { takesCut_ = true; }

    /// The next row, valid until the next call; nullptr at the end.
    /// @throws Error BadInput for a quote that is never closed, with the line where it opens;
    ///         LimitReached for a field over 1 MiB, more columns than a row may have, a line over
    ///         16 MiB
    const CsvRow* next();

    /// From now on fields are read in this encoding; without, a row that is not UTF-8 is read as
    /// Windows-1252.
    void readAs(TextEncoding encoding) { encoding_ = encoding; }

    /// The cells of these columns are given empty: what is left out is not even decoded.
    void leaveOut(std::vector<bool> columns) { leftOut_ = std::move(columns); }

    const CsvDialect& dialect() const { return dialect_; }
    std::uint64_t consumed() const { return consumed_; }  ///< bytes behind the row given last

private:
    struct Line {
        std::string text;
        std::uint64_t number;
        std::uint64_t end;
    };

    bool fetch();
    void lookAhead();
    bool isCut() const;
    [[noreturn]] void fail(CsvScanner::State state) const;

    LineReader lines_;
    std::string name_;
    std::deque<Line> ahead_;  ///< read for finding out the dialect, not yet given
    bool whole_ = false;      ///< ahead_ reached the end of the file
    Line line_{};
    CsvDialect dialect_;
    CsvScanner scanner_;
    CsvRow row_;
    std::optional<TextEncoding> encoding_;
    std::vector<bool> leftOut_;
    bool takesCut_ = false;
    std::size_t width_ = 0;        ///< fields of the first row
    std::uint64_t quoteLine_ = 0;  ///< where the quote opened last stands
    std::uint64_t consumed_ = 0;
};

/// The dialect that fits these lines best. `whole` = they are all of the file.
CsvDialect dialectOf(const std::vector<std::string_view>& lines, bool whole);

/// The first rows of a text, for recognising a file; never throws. A last row that may be cut is
/// left out unless `whole`.
std::vector<CsvRow> firstRows(std::string_view head, bool whole, std::size_t most,
                              std::optional<CsvDialect> dialect = {},
                              std::size_t columns = CsvScanner::mostColumns);

}  // namespace kith
