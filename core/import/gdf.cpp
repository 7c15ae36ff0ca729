#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/graphcast.h"
#include "core/import/graphlines.h"
#include "core/import/readers.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace kith {
namespace {

using Cells = std::vector<std::string>;

constexpr std::array<std::string_view, 12> pictures{
    "x",     "y",       "width",        "height",     "color",       "style",
    "fixed", "visible", "labelvisible", "labelcolor", "strokecolor", "labelsize"};

/// Cuts at commas outside of quotes and brackets; either sign of quotation is taken off.
Cells cellsOf(std::string_view line)
{
    Cells cells(1);
    char quote = 0;
    int open = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != 0 && c == '\\' && i + 1 < line.size() && line[i + 1] == quote) {
            cells.back() += line[++i];
        } else if (quote != 0) {
            if (c == quote) {
                quote = 0;
            } else {
                cells.back() += c;
            }
        } else if ((c == '"' || c == '\'') && trim(cells.back()).empty()) {
            quote = c;
            cells.back().clear();
        } else if (c == ',' && open <= 0) {
            cells.emplace_back();
        } else {
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            cells.back() += c;
        }
    }
    for (auto& cell : cells) cell = trim(cell);
    return cells;
}

struct Column {
    std::string name;
    bool numeric = false;
    std::string otherwise;  ///< the value of an empty cell
    bool trait = false;     ///< neither a name nor a part of the picture
};

/// "name VARCHAR,age INT default 3" behind "nodedef>". Those that mean something are found once,
/// not in every row.
class Columns {
public:
    Columns() = default;
    explicit Columns(std::string_view line);

    std::size_t size() const { return all_.size(); }
    const std::vector<Column>& all() const { return all_; }
    /// What stands in a row, or else the column says; empty where there is no such column.
    std::string cell(const Cells& row, std::optional<std::size_t> at) const;

    std::optional<std::size_t> name, label, node1, node2, directed;
    std::vector<std::size_t> weights;

private:
    void find(std::size_t at);

    std::vector<Column> all_;
};

Columns::Columns(std::string_view line)
{
    constexpr std::array<std::string_view, 8> numbers{"int",    "integer", "double",  "float",
                                                      "bigint", "real",    "numeric", "long"};
    for (const auto& cell : cellsOf(line)) {
        const auto words = graphWords(cell);
        Column column;
        if (!words.empty()) column.name = graphName(words[0].text);
        if (words.size() > 1)
            column.numeric = std::ranges::find(numbers, asciiLower(words[1].text)) != numbers.end();
        for (std::size_t i = 1; i + 1 < words.size(); ++i) {
            if (asciiEqual(words[i].text, "default")) column.otherwise = words[i + 1].text;
        }
        all_.push_back(std::move(column));
        find(all_.size() - 1);
    }
}

void Columns::find(std::size_t at)
{
    const auto lower = asciiLower(all_[at].name);
    for (const auto& [word, place] : {std::pair{"name", &name},
                                      {"node1", &node1},
                                      {"node2", &node2},
                                      {"directed", &directed}}) {
        if (lower == word && !*place) *place = at;
    }
    if (lower == "label") label = at;
    if (isWeightName(lower)) weights.push_back(at);
    const bool picture = std::ranges::find(pictures, lower) != pictures.end();
    all_[at].trait = !picture && !lower.empty() && lower != "name" && lower != "label";
}

std::string Columns::cell(const Cells& row, std::optional<std::size_t> at) const
{
    if (!at) return {};
    return *at < row.size() && !row[*at].empty() ? row[*at] : all_[*at].otherwise;
}

/// A GDF file being read: the tables of people and of ties of the program GUESS (Adar 2006), both
/// with a line that names their columns.
class GdfImport {
public:
    GdfImport(const OneFile& file, const ReadOptions& options, Sink& sink, Task& task)
        : file_(file), sink_(sink), task_(task), cast_(file), records_(file, sink, &survey_)
    {
        encoding_ = lineEncoding(file, options.encoding, task);
    }

    ReadReport run()
    {
        task_.begin("Looking through " + file_.name(), file_.size());
        each([&](bool people, const Columns& columns, const Cells& row, std::uint64_t line) {
            if (row.size() > columns.size()) return;
            if (people) {
                person(columns, row, line);
            } else {
                for (const auto end : {columns.node1, columns.node2}) {
                    const auto name = columns.cell(row, end);
                    if (!name.empty()) cast_.meet(name, line);
                }
            }
        });
        cast_.send(survey_, records_);
        task_.begin("Reading " + file_.name(), file_.size());
        each([&](bool people, const Columns& columns, const Cells& row, std::uint64_t line) {
            send(people, columns, row, line);
        });
        if (encoding_ == TextEncoding::Windows1252) {
            sink_.problem({Outcome::Noted, file_.place(), "the file was read as Windows-1252"});
        }
        records_.finish();
        return {records_.seen(), "graph", {}, false};
    }

private:
    using Take = std::function<void(bool people, const Columns&, const Cells&, std::uint64_t line)>;

    void each(const Take& take)
    {
        GraphLines lines(file_, task_, encoding_);
        Columns columns;
        bool people = false;
        while (const auto* line = lines.next()) {
            const auto begin = asciiLower(line->substr(0, 8));
            if (begin == "nodedef>" || begin == "edgedef>") {
                people = begin == "nodedef>";
                columns = Columns(std::string_view(*line).substr(begin.size()));
                constexpr std::size_t most = 512;
                if (columns.size() > most) {
                    throw Error(Error::Kind::LimitReached, "the table has more than 512 columns",
                                file_.line(lines.line()), "Leave columns out that are not needed.");
                }
            } else if (columns.size() > 0) {
                take(people, columns, cellsOf(*line), lines.line());
            }
        }
    }

    void person(const Columns& columns, const Cells& row, std::uint64_t line)
    {
        const auto id = columns.cell(row, columns.name);
        if (id.empty()) return;
        auto* node = cast_.describe(id, line);
        if (node == nullptr) return;
        node->label = columns.cell(row, columns.label);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& column = columns.all()[i];
            if (!column.trait) continue;
            auto value = columns.cell(row, i);
            if (value.empty()) continue;
            node->attributes.push_back({column.name, std::move(value), column.numeric});
        }
        values_.add(*node, file_);
    }

    void send(bool people, const Columns& columns, const Cells& row, std::uint64_t line)
    {
        if (row.size() > columns.size()) {
            return records_.problem(Outcome::Refused, line,
                                    "the row has " + std::to_string(row.size()) +
                                        " fields instead of " + std::to_string(columns.size()));
        }
        if (people) {
            if (columns.cell(row, columns.name).empty())
                records_.problem(Outcome::Refused, line, "the node has no name");
            return;
        }
        GraphEdge edge{columns.cell(row, columns.node1),
                       columns.cell(row, columns.node2),
                       {},
                       asciiEqual(columns.cell(row, columns.directed), "true"),
                       {},
                       line};
        for (const auto at : columns.weights) {
            if (edge.weight.empty()) edge.weight = columns.cell(row, at);
        }
        records_.edge(edge);
    }

    const OneFile& file_;
    Sink& sink_;
    Task& task_;
    GraphCast cast_;
    GraphSurvey survey_;
    GraphRecords records_;
    std::optional<TextEncoding> encoding_;
    ValueCount values_;
};

class GdfReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "gdf", "GDF graph (GUESS, Gephi)", {"graph"}, {".gdf"}, graphShows(), true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto source = sourceOver(std::string(probe.head));
        LineReader lines(*source, {});
        auto line = lines.next();
        while (line && trim(*line).empty()) line = lines.next();
        if (line && asciiLower(line->substr(0, 8)) == "nodedef>")
            return {95, "begins with the columns of a GDF graph"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        return GdfImport(file, options, sink, task).run();
    }
};

}  // namespace

const Reader& gdfReader()
{
    static const GdfReader reader;
    return reader;
}

}  // namespace kith
