#include "core/import/tablecells.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/import/latin.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t mostSamples = 5;
constexpr std::size_t longestSample = 60;
constexpr std::size_t mostSampled = 1000;  ///< rows looked at for samples

/// "1,5" and "-12,25", but not "1,2,3" or "1,000.5".
bool hasDecimalComma(std::string_view cell)
{
    if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
    const auto comma = cell.find(',');
    if (comma == std::string_view::npos || comma == 0 || comma + 1 == cell.size()) return false;
    return std::ranges::all_of(cell.substr(0, comma), isDigit) &&
           std::ranges::all_of(cell.substr(comma + 1), isDigit);
}

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string oneLine(std::string_view cell)
{
    std::string text(shorten(trim(cell), longestSample));
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return text;
}

void sample(ColumnSample& column, std::string_view cell)
{
    if (column.samples.size() == mostSamples || isMissing(trim(cell))) return;
    auto text = oneLine(cell);
    if (std::ranges::find(column.samples, text) == column.samples.end())
        column.samples.push_back(std::move(text));
}

}  // namespace

bool isMissing(std::string_view cell)
{
    constexpr std::array<std::string_view, 6> nothing{"", "NA", "N/A", "-", "NaN", "[deleted]"};
    return std::ranges::find(nothing, cell) != nothing.end() || asciiEqual(cell, "null") ||
           asciiEqual(cell, "none");
}

bool isMangled(std::string_view cell)
{
    const auto e = cell.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || e + 2 >= cell.size() || cell[e + 1] != '+')
        return false;
    const auto digit = [](char c) { return isDigit(c) || c == '.' || c == ','; };
    return std::ranges::all_of(cell.substr(0, e), digit) &&
           std::ranges::all_of(cell.substr(e + 2), digit);
}

bool isRounded(std::string_view cell)
{
    constexpr std::size_t exact = 15;
    return cell.size() >= exact + 2 && parseInteger(cell) &&
           cell.find_first_not_of('0', exact) == std::string_view::npos;
}

TableCells::TableCells(std::vector<std::string> headers, std::vector<bool> leftOut)
    : leftOut_(std::move(leftOut))
{
    for (auto& header : headers) samples_.push_back({std::move(header), {}, {}});
    leftOut_.resize(samples_.size(), false);
}

void TableCells::Sign::meet(std::uint64_t where, std::size_t at, const std::string& cell)
{
    if (cells++ > 0) return;
    line = where;
    column = at;
    example = oneLine(cell);
}

void TableCells::look(const CsvRow& row)
{
    const auto columns = std::min(row.fields.size(), samples_.size());
    for (std::size_t at = 0; at < columns; ++at) {
        if (leftOut_[at]) continue;
        const auto& cell = row.fields[at];
        sample(samples_[at], cell);
        const auto text = trim(cell);
        if (text.empty()) continue;
        if (isDigit(text.front()) || text.front() == '-') {
            if (isMangled(text)) mangled_.meet(row.line, at, cell);
            if (hasDecimalComma(text)) decimalComma_.meet(row.line, at, cell);
        }
        if (!isAscii(text) && undoDoubleUtf8(text)) twice_.meet(row.line, at, cell);
    }
}

std::string TableCells::counted(const Sign& sign) const
{
    return (sign.cells == 1 ? "1 cell"
                            : withSeparators(static_cast<std::int64_t>(sign.cells)) + " cells") +
           " (the first in the column \"" + shorten(samples_[sign.column].header, 80) + "\": \"" +
           sign.example + "\")";
}

void TableCells::note(const OneFile& file, CsvDialect dialect, Sink& sink) const
{
    const auto say = [&](std::uint64_t line, std::string what) {
        sink.problem({Outcome::Noted, line == 0 ? file.place() : file.line(line), std::move(what)});
    };
    if (dialect.separator == ';') say(0, "the columns are separated by semicolons");
    if (dialect.separator == '|') say(0, "the columns are separated by upright bars");
    if (decimalComma_.cells > 0) {
        say(decimalComma_.line, counted(decimalComma_) +
                                    " were read as a number with a decimal "
                                    "comma: \"1,5\" as one and a half");
    }
    if (mangled_.cells > 0) {
        say(mangled_.line, counted(mangled_) +
                               " were shortened by a spreadsheet; what they were cannot be known, "
                               "so nobody is told apart by them");
    }
    if (twice_.cells > 0) {
        say(twice_.line,
            counted(twice_) + " look as if they had been encoded twice: \"" + twice_.example +
                "\" is probably \"" + undoDoubleUtf8(twice_.example).value_or(std::string()) +
                "\"; nothing was changed, reading the file with the encoding utf-8-twice mends it");
    }
}

std::vector<ColumnSample> columnSamples(const std::vector<std::string>& headers,
                                        const std::vector<CsvRow>& rows,
                                        const std::vector<bool>& leftOut)
{
    TableCells cells(headers, leftOut);
    for (std::size_t at = 0; at < std::min(rows.size(), mostSampled); ++at) cells.look(rows[at]);
    return cells.samples();
}

}  // namespace kith
