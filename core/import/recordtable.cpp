#include "core/import/recordtable.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {
namespace {

bool saysNothing(std::string_view cell)
{
    constexpr std::array<std::string_view, 5> nothing{"", "NA", "N/A", "-", "NaN"};
    return std::ranges::find(nothing, cell) != nothing.end() || asciiEqual(cell, "null") ||
           asciiEqual(cell, "none") || asciiEqual(cell, "nan");
}

std::optional<CsvDialect> dialectFor(const OneFile& file, RecordTable::Quotes quotes)
{
    if (quotes == RecordTable::Quotes::AsFound) return std::nullopt;
    const auto source = file.open();
    CsvReader reader(*source, file.name());
    reader.next();
    auto dialect = reader.dialect();
    dialect.backslash = true;
    return dialect;
}

}  // namespace

ColumnIndex::ColumnIndex(const std::vector<std::string>& headers) : size_(headers.size())
{
    for (std::size_t at = 0; at < headers.size(); ++at)
        columns_.emplace(asciiLower(trim(withoutInvisible(headers[at]))), at);
}

bool ColumnIndex::hasAll(ColumnNames names) const
{
    return std::ranges::all_of(names, [this](auto name) { return has(name); });
}

bool ColumnIndex::hasAny(ColumnNames names) const
{
    return std::ranges::any_of(names, [this](auto name) { return has(name); });
}

std::optional<std::size_t> ColumnIndex::find(std::string_view name) const
{
    const auto found = columns_.find(std::string(name));
    return found == columns_.end() ? std::nullopt : std::optional(found->second);
}

ColumnIndex columnsOf(std::string_view head, bool whole)
{
    const auto start = trim(head);
    const bool other =
        start.empty() || start.front() == '{' || start.front() == '<' || start.front() == '[';
    if (other) return ColumnIndex({});
    const auto rows = firstRows(head, whole, 2);
    if (rows.empty()) return ColumnIndex({});
    return ColumnIndex(rows.front().fields);
}

RecordTable::RecordTable(const OneFile& file, Task& task, const std::string& phase, Quotes quotes)
    : file_(file),
      task_(task),
      source_(file.open()),
      reader_(*source_, file.name(), dialectFor(file, quotes))
{
    task_.begin(phase + file.name(), file.size());
    reader_.takeCut();
    const auto* header = reader_.next();
    if (header == nullptr)
        throw Error(Error::Kind::BadInput, "the table is empty", file.place(),
                    "Export it again, or choose a table that holds rows.");
    columns_ = std::make_unique<ColumnIndex>(header->fields);
}

bool RecordTable::next()
{
    row_ = reader_.next();
    task_.advance(reader_.consumed() - std::exchange(reported_, reader_.consumed()));
    return row_ != nullptr;
}

bool RecordTable::isEmpty() const
{
    return !row_->cut &&
           std::ranges::all_of(row_->fields, [](const auto& field) { return trim(field).empty(); });
}

std::string RecordTable::objection() const
{
    if (row_->cut) return std::string(cutRow);
    if (row_->fields.size() != columns_->size()) {
        return "the row has " + std::to_string(row_->fields.size()) + " fields, the header " +
               std::to_string(columns_->size());
    }
    const auto nul = [](const auto& field) { return field.find('\0') != std::string::npos; };
    return std::ranges::any_of(row_->fields, nul) ? "the row holds a NUL byte" : std::string();
}

std::string RecordTable::cell(ColumnNames names) const
{
    for (const auto name : names) {
        const auto column = columns_->find(name);
        if (!column || *column >= row_->fields.size()) continue;
        const auto text = trim(row_->fields[*column]);
        if (!saysNothing(text)) return std::string(text);
    }
    return {};
}

std::string RecordTable::words(ColumnNames names) const
{
    for (const auto name : names) {
        const auto column = columns_->find(name);
        if (column && *column < row_->fields.size())
            return std::string(trim(row_->fields[*column]));
    }
    return {};
}

bool RecordTable::yes(ColumnNames names) const
{
    const auto said = asciiLower(cell(names));
    return said == "yes" || said == "true" || said == "1";
}

bool RecordTable::refused(PostImport& import) const
{
    if (isEmpty()) {
        import.skip(place(), "the row is empty");
        return true;
    }
    auto why = objection();
    if (!why.empty()) {
        import.refuse(place(), std::move(why));
        return true;
    }
    if (repaired()) {
        import.sink().problem(
            {Outcome::Repaired, place(), "the row is not UTF-8; it was read as Windows-1252"});
    }
    return false;
}

std::vector<std::string> listIn(std::string_view cell)
{
    std::vector<std::string> found;
    const bool spaced = cell.find_first_of(",;|\n") == std::string_view::npos;
    while (!cell.empty()) {
        const auto end = cell.find_first_of(spaced ? " []'\"" : ",;|\n[]'\"");
        const auto one = trim(cell.substr(0, end));
        if (!saysNothing(one)) found.emplace_back(one);
        if (end == std::string_view::npos) break;
        cell.remove_prefix(end + 1);
    }
    return found;
}

}  // namespace kith
