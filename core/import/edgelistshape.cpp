#include "core/import/edgelistshape.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace kith {
namespace {

using Rows = std::vector<CsvRow>;

constexpr std::array<std::string_view, 15> sourceNames{
    "source", "from",   "src",  "sourceid",   "source_id", "node1", "start", "ego",
    "sender", "node_1", "id_1", "fromnodeid", "from_id",   "rater", "user_1"};
constexpr std::array<std::string_view, 15> targetNames{
    "target",   "to",     "dst",  "targetid", "target_id", "node2", "end",   "alter",
    "receiver", "node_2", "id_2", "tonodeid", "to_id",     "ratee", "user_2"};
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
    shape.fewest = header.size();
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

/// What the rows below a possible header hold.
struct PairRows {
    std::size_t rows = 0;
    std::size_t most = 0;     ///< fields of a row
    std::size_t ids = 0;      ///< rows whose two names are whole numbers
    std::size_t third = 0;    ///< rows with a number behind the names
    std::size_t moments = 0;  ///< rows whose last field, behind the names, counts from 1970
};

bool isMoment(std::string_view text)
{
    return parseReal(trim(text)) && parseTieTime(text);
}

/// "a b", "a b 3" or "a b 3 1289241911", nothing else; nullopt when some row is otherwise.
std::optional<PairRows> pairRows(std::span<const CsvRow> rows)
{
    PairRows found;
    for (const auto& row : rows) {
        const auto& fields = row.fields;
        if (fields.size() < 2 || fields.size() > 4) return std::nullopt;
        if (trim(fields[0]).empty() || trim(fields[1]).empty()) return std::nullopt;
        if (std::ranges::any_of(fields, [](const auto& field) { return field.size() > 120; }))
            return std::nullopt;
        if (fields.size() > 2 && !parseWeight(fields[2])) return std::nullopt;
        if (fields.size() == 4 && !isMoment(fields[3])) return std::nullopt;
        ++found.rows;
        found.most = std::max(found.most, fields.size());
        if (fields.size() > 2) ++found.third;
        if (fields.size() > 2 && isMoment(fields.back())) ++found.moments;
        if (parseInteger(fields[0]) && parseInteger(fields[1])) ++found.ids;
    }
    return found;
}

/// Words in the first row, and below it nothing but numbers.
bool hasUnknownHeader(const Rows& rows)
{
    if (rows.size() < 2) return false;
    if (std::ranges::any_of(rows.front().fields, [](const auto& field) {
            return trim(field).empty() || parseReal(trim(field));
        }))
        return false;
    const auto below = pairRows(std::span(rows).subspan(1));
    return below && below->ids == below->rows;
}

bool fromPairs(const Rows& rows, EdgeListShape& shape)
{
    shape.header = hasUnknownHeader(rows);
    const auto found = pairRows(std::span(rows).subspan(shape.header ? 1 : 0));
    if (!found || found->rows == 0) return false;
    shape.kind = EdgeListShape::Kind::Pairs;
    shape.columns = std::max<std::size_t>(3, found->most);  // a weight may come later
    shape.fewest = 2;
    shape.source = 0;
    shape.target = 1;
    const bool timed = found->moments == found->rows;
    if (timed) shape.time = found->most - 1;
    if (!timed || found->most == 4) shape.weight = 2;
    const bool sure = found->ids == found->rows || found->third == found->rows;
    std::string reason = "every line is two names";
    if (shape.weight && found->third > 0) reason += timed ? ", a number" : " and a number";
    if (timed) reason += " and a time";
    if (!shape.header) reason += ", without a header";
    shape.recognition = {sure ? 55 : 30, std::move(reason)};
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

/// What comments tell of a list: "# Undirected graph", "% asym unweighted" (KONECT), or the banner
/// of a Matrix Market file.
void readComment(std::string_view line, EdgeListShape& shape)
{
    const auto lower = asciiLower(trim(line));
    const auto says = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
    if (lower.starts_with("%%matrixmarket")) {
        shape.sizes = says("coordinate");
        shape.directed = !says("symmetric") && !says("hermitian");
    } else if (says("undirected") || lower.starts_with("% sym")) {
        shape.directed = false;
    } else if (says("directed") || lower.starts_with("% asym")) {
        shape.directed = true;
    }
}

/// Without comments, which may hold any signs and so mislead the search for a separator, and
/// without the sizes of a matrix.
std::string withoutComments(std::string_view head, EdgeListShape& shape)
{
    const auto source = sourceOver(std::string(head));
    LineReader lines(*source, {});
    std::string out;
    bool sizes = false;
    while (const auto line = lines.next()) {
        if (isComment(*line)) readComment(*line, shape);
        if (isComment(*line) || trim(*line).empty()) continue;
        if (shape.sizes && !std::exchange(sizes, true)) continue;
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
    const auto text = withoutComments(head, shape);
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
    shape.dialect = sniffed;
    shape.header = false;
    if (rows.empty() || !fromNeighbours(rows, shape)) shape.kind = EdgeListShape::Kind::None;
    return shape;
}

}  // namespace kith
