#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/edgelistshape.h"
#include "core/import/graphlines.h"
#include "core/import/graphtimes.h"
#include "core/import/readers.h"

#include <unordered_set>
#include <utility>

namespace kith {
namespace {

using Row = std::vector<std::string>;

/// The lines of a file without its comments.
class Rows {
public:
    /// @param encoding absent: UTF-8 with rows of Windows-1252 in it
    Rows(const OneFile& file, CsvDialect dialect, std::optional<TextEncoding> encoding, Task& task)
        : source_(file.open()), reader_(*source_, file.name(), dialect), task_(task)
    {
        if (encoding) reader_.readAs(*encoding);
    }

    const CsvRow* next()
    {
        for (;;) {
            const auto* row = reader_.next();
            if (row == nullptr) return nullptr;
            task_.advance(reader_.consumed() - reported_);
            reported_ = reader_.consumed();
            if (!isComment(row->fields.front())) return row;
        }
    }

private:
    std::unique_ptr<ByteSource> source_;
    CsvReader reader_;
    Task& task_;
    std::uint64_t reported_ = 0;
};

std::string cell(const Row& row, std::optional<std::size_t> column)
{
    return column && *column < row.size() ? std::string(trim(row[*column])) : std::string();
}

class EdgeListReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"edgelist",
                                     "Edge list (pairs of names, as CSV or plain text)",
                                     {"graph"},
                                     {".csv", ".tsv", ".edgelist", ".edges", ".ncol", ".txt"},
                                     graphShows()};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        if (start.starts_with('{') || start.starts_with("[{") || start.starts_with('<')) return {};
        return edgeListShape(probe.head, probe.whole).recognition;
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        const auto encoding = lineEncoding(file, options.encoding, task);
        task.begin("Reading " + file.name(), file.size());
        const auto shape = shapeOf(file);
        GraphRecords records(file, sink, nullptr);
        Rows rows(file, shape.dialect, encoding, task);
        bool overTime = false;
        switch (shape.kind) {
        case EdgeListShape::Kind::Pairs: overTime = readPairs(shape, rows, records); break;
        case EdgeListShape::Kind::Matrix: readMatrix(rows, records); break;
        case EdgeListShape::Kind::Neighbours: readNeighbours(rows, records); break;
        case EdgeListShape::Kind::None:
            throw Error(Error::Kind::BadInput, "there are no columns for the two ends of a tie",
                        file.place(), "Call them source and target in the first line.");
        }
        const auto say = [&](std::string what) {
            sink.problem({Outcome::Noted, file.place(), std::move(what)});
        };
        if (encoding == TextEncoding::Windows1252) say("the file was read as Windows-1252");
        if (overTime) say("weights that change over time were read as their mean");
        if (!shape.type && !shape.directed) {
            say("the file does not say whether its ties have a direction; they were read as going "
                "from the first name to the second");
        }
        records.finish();
        return {records.seen(), "graph", {}, false};
    }

private:
    static EdgeListShape shapeOf(const OneFile& file)
    {
        const auto head = file.head();
        return edgeListShape(head.text, head.whole);
    }

    /// @return whether some weight changes over time
    static bool readPairs(const EdgeListShape& shape, Rows& rows, GraphRecords& records)
    {
        constexpr std::size_t mostIds = 1'000'000;
        std::unordered_set<std::string> ids;  // a repeated edge id is the same edge again
        bool overTime = false;
        if (shape.header || shape.sizes) rows.next();
        while (const auto* row = rows.next()) {
            const auto& fields = row->fields;
            const bool fits = fields.size() <= shape.columns && fields.size() >= shape.fewest;
            if (!fits) {
                records.problem(Outcome::Refused, row->line,
                                "the row has " + std::to_string(fields.size()) +
                                    " fields instead of " + std::to_string(shape.columns));
                continue;
            }
            const auto id = cell(fields, shape.id);
            if (!id.empty() && ids.size() < mostIds && !ids.insert(id).second) {
                records.problem(Outcome::Skipped, row->line,
                                "the edge " + shorten(id, 80) + " stands in the file already");
                continue;
            }
            const auto weight = cell(fields, shape.weight);
            overTime = overTime || weight.starts_with("<[") || weight.starts_with('[');
            records.edge(edgeOf(shape, *row));
        }
        return overTime;
    }

    static GraphEdge edgeOf(const EdgeListShape& shape, const CsvRow& row)
    {
        GraphEdge edge;
        edge.from = cell(row.fields, shape.source);
        edge.to = cell(row.fields, shape.target);
        edge.weight = meanValue(cell(row.fields, shape.weight));
        edge.directed = shape.directed.value_or(true) &&
                        !asciiEqual(cell(row.fields, shape.type), "undirected");
        edge.time = parseTieTime(firstMoment(cell(row.fields, shape.time)));
        edge.line = row.line;
        return edge;
    }

    /// Names across and down, weights in the cells; an empty cell or a 0 is no tie.
    static void readMatrix(Rows& rows, GraphRecords& records)
    {
        const auto* first = rows.next();
        if (first == nullptr) return;
        const Row names = first->fields;
        while (const auto* row = rows.next()) {
            if (row->fields.size() != names.size()) {
                records.problem(Outcome::Refused, row->line,
                                "the row has " + std::to_string(row->fields.size()) +
                                    " fields instead of " + std::to_string(names.size()));
                continue;
            }
            const auto from = cell(row->fields, 0);
            records.meet(from);
            for (std::size_t column = 1; column < names.size(); ++column) {
                auto weight = cell(row->fields, column);
                if (weight.empty() || parseWeight(weight) == 0.0) continue;
                records.edge({from, cell(names, column), std::move(weight), true, {}, row->line});
            }
        }
    }

    /// Each row a name and those it is tied to.
    static void readNeighbours(Rows& rows, GraphRecords& records)
    {
        while (const auto* row = rows.next()) {
            const auto from = cell(row->fields, 0);
            records.meet(from);
            for (std::size_t column = 1; column < row->fields.size(); ++column) {
                const auto to = cell(row->fields, column);
                if (!to.empty()) records.edge({from, to, {}, true, {}, row->line});
            }
        }
    }
};

}  // namespace

const Reader& edgeListReader()
{
    static const EdgeListReader reader;
    return reader;
}

}  // namespace kith
