#include "core/import/csv.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/latin.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t lookAheadBytes = 1U << 16U;
constexpr std::size_t lookAheadRows = 200;
constexpr std::array separators{',', ';', '\t', '|'};

struct Fit {
    std::size_t rows = 0;
    std::size_t alike = 0;    ///< rows with as many fields as the first
    std::size_t columns = 0;  ///< of the first row
    bool broken = false;      ///< an open quote, or a limit

    /// Larger is better. A separator that never occurs cuts every row alike: it counts for nothing.
    std::pair<double, std::size_t> score() const
    {
        if (columns < 2 || rows == 0) return {0, 0};
        const double share = static_cast<double>(alike) / static_cast<double>(rows);
        return {broken ? share / 2 : share, columns};
    }
};

Fit fitOf(CsvDialect dialect, const std::vector<std::string_view>& lines, bool whole)
{
    CsvScanner scanner(dialect);
    std::vector<std::string> row;
    Fit fit;
    auto state = CsvScanner::State::Complete;
    for (const auto line : lines) {
        if (state == CsvScanner::State::Complete && trim(line).empty()) continue;
        state = scanner.feed(line, row);
        if (state == CsvScanner::State::QuoteOpen) continue;
        if (state != CsvScanner::State::Complete) break;
        if (fit.rows++ == 0) fit.columns = row.size();
        if (row.size() == fit.columns) ++fit.alike;
        row.clear();
        if (fit.rows == lookAheadRows) return fit;
    }
    fit.broken = state != CsvScanner::State::Complete &&
                 (whole || state != CsvScanner::State::QuoteOpen || fit.rows == 0);
    return fit;
}

}  // namespace

bool CsvScanner::isSeparator(char c) const
{
    return c == dialect_.separator || (dialect_.separator == ' ' && c == '\t');
}

CsvScanner::State CsvScanner::feed(std::string_view line, std::vector<std::string>& row)
{
    const bool spaced = dialect_.separator == ' ';
    opened_ = false;
    if (spaced && !quoted_) line = trim(line);
    if (quoted_) field_ += '\n';
    for (std::size_t at = 0;;) {
        if (!quoted_) {
            while (spaced && at < line.size() && isSeparator(line[at])) ++at;
            quoted_ = at < line.size() && line[at] == '"';
            opened_ = quoted_;
            if (quoted_) ++at;
        }
        if (quoted_ && !scanQuoted(line, at)) {
            return field_.size() > longestField ? State::FieldTooLong : State::QuoteOpen;
        }
        scanPlain(line, at);
        if (field_.size() > longestField) return State::FieldTooLong;
        if (row.size() == columns_) return State::TooManyColumns;
        row.push_back(std::exchange(field_, {}));
        if (at == line.size()) return State::Complete;
        ++at;
    }
}

/// Up to the closing quote; false when the line ends before it.
bool CsvScanner::scanQuoted(std::string_view line, std::size_t& at)
{
    while (at < line.size()) {
        const char c = line[at++];
        const char following = at < line.size() ? line[at] : '\0';
        if (c == '\\' && dialect_.backslash && (following == '"' || following == '\\')) {
            field_ += following;
            ++at;
        } else if (c != '"') {
            field_ += c;
        } else if (following == '"') {
            field_ += '"';
            ++at;
        } else {
            quoted_ = false;
            return true;
        }
    }
    return false;
}

void CsvScanner::scanPlain(std::string_view line, std::size_t& at)
{
    const auto start = at;
    while (at < line.size() && !isSeparator(line[at])) ++at;
    field_ += line.substr(start, at - start);
}

CsvDialect dialectOf(const std::vector<std::string_view>& lines, bool whole)
{
    CsvDialect best;
    std::pair<double, std::size_t> bestScore{0, 0};
    bool escaped = false;
    for (const auto line : lines) escaped = escaped || line.find("\\\"") != std::string_view::npos;
    for (const bool backslash : {false, true}) {
        if (backslash && !escaped) break;
        for (const char separator : separators) {
            const auto score = fitOf({separator, backslash}, lines, whole).score();
            if (score <= bestScore) continue;
            bestScore = score;
            best = {separator, backslash};
        }
    }
    return best;
}

std::vector<CsvRow> firstRows(std::string_view head, bool whole, std::size_t most,
                              std::optional<CsvDialect> dialect, std::size_t columns)
{
    std::vector<CsvRow> rows;
    try {
        const auto source = sourceOver(std::string(head));
        CsvReader reader(*source, {}, dialect, columns);
        while (const CsvRow* row = reader.next()) {
            rows.push_back(*row);
            if (rows.size() == most) return rows;
        }
        if (!whole && !rows.empty()) rows.pop_back();
    } catch (const Error&) {
        // A cut head may end inside quotes; the rows before it are what was asked for.
    }
    return rows;
}

CsvReader::CsvReader(ByteSource& source, std::string name, std::optional<CsvDialect> dialect,
                     std::size_t columns)
    : lines_(source, name), name_(std::move(name)), scanner_({})
{
    if (!dialect) {
        lookAhead();
        std::vector<std::string_view> lines;
        for (const auto& line : ahead_) lines.push_back(line.text);
        dialect = dialectOf(lines, whole_);
    }
    dialect_ = *dialect;
    scanner_ = CsvScanner(dialect_, columns);
}

void CsvReader::lookAhead()
{
    for (std::size_t bytes = 0; bytes < lookAheadBytes;) {
        const auto line = lines_.next();
        if (!line) {
            whole_ = true;
            return;
        }
        bytes += line->size() + 1;
        ahead_.push_back({std::string(*line), lines_.line(), lines_.consumed()});
    }
}

bool CsvReader::fetch()
{
    if (!ahead_.empty()) {
        line_ = std::move(ahead_.front());
        ahead_.pop_front();
        return true;
    }
    const auto line = lines_.next();
    if (!line) return false;
    line_.text.assign(*line);
    line_.number = lines_.line();
    line_.end = lines_.consumed();
    return true;
}

const CsvRow* CsvReader::next()
{
    do {
        if (!fetch()) return nullptr;
    } while (trim(line_.text).empty() && line_.text.find(dialect_.separator) == std::string::npos);
    row_.fields.clear();
    row_.line = line_.number;
    row_.repaired = false;
    auto state = CsvScanner::State::QuoteOpen;
    do {
        state = scanner_.feed(line_.text, row_.fields);
        if (scanner_.openedLast()) quoteLine_ = line_.number;
    } while (state == CsvScanner::State::QuoteOpen && fetch());
    row_.lines = line_.number - row_.line + 1;
    row_.cut = state == CsvScanner::State::QuoteOpen && takesCut_ && isCut();
    if (state != CsvScanner::State::Complete && !row_.cut) fail(state);
    if (width_ == 0) width_ = row_.fields.size();
    for (std::size_t at = 0; at < row_.fields.size(); ++at) {
        auto& field = row_.fields[at];
        if (at < leftOut_.size() && leftOut_[at]) {
            field.clear();
        } else if (encoding_) {
            field = decoded(field, *encoding_, row_.repaired);
        } else {
            field = utf8OrLatin(field, row_.repaired);
        }
    }
    consumed_ = line_.end;
    return &row_;
}

/// Whether the file ended in the open field, rather than that a quote was forgotten: then rows of
/// the table would stand in it.
bool CsvReader::isCut() const
{
    if (width_ < 2) return false;
    auto field = scanner_.openField();
    for (auto end = field.find('\n'); end != std::string_view::npos; end = field.find('\n')) {
        field.remove_prefix(end + 1);
        CsvScanner scanner(dialect_, scanner_.columns());
        std::vector<std::string> row;
        const auto state = scanner.feed(field.substr(0, field.find('\n')), row);
        if (state == CsvScanner::State::Complete && row.size() == width_) return false;
    }
    return true;
}

void CsvReader::fail(CsvScanner::State state) const
{
    const Place quote{name_, {}, std::max(quoteLine_, row_.line), {}};
    if (state == CsvScanner::State::QuoteOpen) {
        throw Error(Error::Kind::BadInput, "a quote that opens in this line is never closed", quote,
                    "Close the quote, or double it where it stands for itself.");
    }
    if (state == CsvScanner::State::FieldTooLong) {
        throw Error(Error::Kind::LimitReached, "a field is longer than 1 MB", quote,
                    "Look for a quote that is not closed.");
    }
    throw Error(Error::Kind::LimitReached,
                "the row has more than " + std::to_string(scanner_.columns()) + " columns",
                {name_, {}, row_.line, {}}, "Leave out the columns that are not needed.");
}

}  // namespace kith
