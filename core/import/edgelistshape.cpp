#include "core/import/edgelistshape.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

using Rows = std::vector<CsvRow>;

constexpr std::array<std::string_view, 9> sourceNames{
    "source", "from", "src", "sourceid", "source_id", "node1", "start", "ego", "sender"};
constexpr std::array<std::string_view, 9> targetNames{
    "target", "to", "dst", "targetid", "target_id", "node2", "end", "alter", "receiver"};
constexpr std::array<std::string_view, 7> wordNames{"text",    "body",    "message", "subject",
                                                    "content", "comment", "title"};

template <std::size_t N>
std::optional<std::size_t> columnOf(const std::vector<std::string>& header,
                                    const std::array<std::string_view, N>& names)
{
    for (std::size_t column = 0; column < header.size(); ++column) {
        const auto lower = asciiLower(trim(header[column]));
        if (std::ranges::find(names, lower) != names.end()) return column;
    }
    return std::nullopt;
}

template <class Test>
std::optional<std::size_t> columnWhere(const std::vector<std::string>& header, Test test)
{
    for (std::size_t column = 0; column < header.size(); ++column) {
        if (test(trim(header[column]))) return column;
    }
    return std::nullopt;
}

bool fromHeader(const std::vector<std::string>& header, EdgeListShape& shape)
{
    shape.source = columnOf(header, sourceNames);
    shape.target = columnOf(header, targetNames);
    if (!shape.source || !shape.target || columnOf(header, wordNames)) return false;
    shape.kind = EdgeListShape::Kind::Pairs;
    shape.header = true;
    shape.columns = header.size();
    shape.weight = columnWhere(header, isWeightName);
    shape.time = columnWhere(
        header, [](auto name) { return isTimeName(name) || asciiEqual(name, "timeset"); });
    shape.type = columnWhere(header, [](auto name) { return asciiEqual(name, "type"); });
    shape.id = columnWhere(header, [](auto name) { return asciiEqual(name, "id"); });
    const auto text = [&](std::optional<std::size_t> column) {
        return std::string(trim(header[*column]));
    };
    const auto both = text(shape.source) + " and " + text(shape.target);
    const bool plain = asciiEqual(both, "source and target");
    shape.recognition = {plain ? 92 : 70, "a table with the columns " + both};
    return true;
}

/// "a b" or "a b 3", nothing else.
bool fromPairs(const Rows& rows, EdgeListShape& shape)
{
    std::size_t weights = 0;
    std::size_t numbers = 0;
    for (const auto& row : rows) {
        const auto& fields = row.fields;
        if (fields.size() < 2 || fields.size() > 3) return false;
        if (trim(fields[0]).empty() || trim(fields[1]).empty()) return false;
        if (fields.size() == 3 && !parseWeight(fields[2])) return false;
        if (std::ranges::any_of(fields, [](const auto& field) { return field.size() > 120; }))
            return false;
        if (fields.size() == 3) ++weights;
        if (parseInteger(fields[0]) && parseInteger(fields[1])) ++numbers;
    }
    if (rows.empty()) return false;
    shape.kind = EdgeListShape::Kind::Pairs;
    shape.columns = 2;
    shape.source = 0;
    shape.target = 1;
    shape.weight = 2;
    const bool sure = numbers == rows.size() || weights == rows.size();
    shape.recognition = {sure ? 55 : 30, "every line is two names" +
                                             std::string(weights > 0 ? " and a number" : "") +
                                             ", without a header"};
    return true;
}

bool fromMatrix(const Rows& rows, EdgeListShape& shape)
{
    if (rows.size() < 2) return false;
    const auto& header = rows.front().fields;
    if (header.size() < 3 || !trim(header[0]).empty()) return false;
    for (std::size_t at = 1; at < rows.size(); ++at) {
        const auto& fields = rows[at].fields;
        if (at >= header.size() || fields.size() != header.size()) return false;
        if (trim(fields[0]) != trim(header[at])) return false;
    }
    shape.kind = EdgeListShape::Kind::Matrix;
    shape.recognition = {75, "a table with the same names across and down"};
    return true;
}

bool fromNeighbours(const Rows& rows, EdgeListShape& shape)
{
    constexpr std::size_t longestName = 60;
    bool uneven = false;
    for (const auto& row : rows) {
        uneven = uneven || row.fields.size() != rows.front().fields.size();
        for (const auto& field : row.fields) {
            if (field.size() > longestName || trim(field).find(' ') != std::string_view::npos)
                return false;
        }
    }
    if (!uneven || rows.size() < 2) return false;
    shape.kind = EdgeListShape::Kind::Neighbours;
    shape.recognition = {25, "every line is a list of short names, of different lengths"};
    return true;
}

/// Without comments, which may hold any signs and so mislead the search for a separator.
std::string withoutComments(std::string_view head)
{
    const auto source = sourceOver(std::string(head));
    LineReader lines(*source, {});
    std::string out;
    while (const auto line = lines.next()) {
        if (isComment(*line) || trim(*line).empty()) continue;
        out += *line;
        out += '\n';
    }
    return out;
}

}  // namespace

bool isComment(std::string_view line)
{
    line = trim(line);
    return line.starts_with('#') || line.starts_with('%');
}

EdgeListShape edgeListShape(std::string_view head, bool whole)
{
    constexpr std::size_t most = 100;
    EdgeListShape shape;
    const auto text = withoutComments(head);
    if (text.empty()) return shape;
    const auto lines = split(text, '\n');
    const auto sniffed = dialectOf(lines, whole);
    for (const auto dialect : {sniffed, CsvDialect{' ', false}}) {
        const auto rows = firstRows(text, whole, most, dialect);
        shape.dialect = dialect;
        const bool first = !rows.empty() && fromHeader(rows.front().fields, shape);
        if (first || fromMatrix(rows, shape) || fromPairs(rows, shape)) return shape;
    }
    const auto rows = firstRows(text, whole, most, sniffed);
    shape = {};
    shape.dialect = sniffed;
    if (rows.empty() || !fromNeighbours(rows, shape)) shape.kind = EdgeListShape::Kind::None;
    return shape;
}

}  // namespace kith
