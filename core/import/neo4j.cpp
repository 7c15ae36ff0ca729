#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/encoding.h"
#include "core/import/graphitems.h"
#include "core/import/neo4jheader.h"
#include "core/import/readers.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

namespace kith {
namespace {

using Role = Neo4jColumn::Role;

/// A file with rows, and the header that says what they are.
struct Part {
    const OneFile* file = nullptr;
    Neo4jHeader header;
    CsvDialect dialect;
    bool ownHeader = true;  ///< the header is the file's first row
    TextEncoding encoding = TextEncoding::Utf8;
};

/// The header of a file, and whether rows follow it.
struct Start {
    Part part;
    bool rows = false;
};

Start startOf(const OneFile& file)
{
    const auto head = file.head();
    Start start{{&file, {}, {}, true, TextEncoding::Utf8}, false};
    const auto source = sourceOver(head.text);
    try {
        CsvReader reader(*source, file.name());
        start.part.dialect = reader.dialect();
        if (const auto* row = reader.next()) start.part.header = neo4jHeader(row->fields);
    } catch (const Error&) {
        return start;  // no table, so no header: it is told of as a file left out
    }
    start.rows = firstRows(head.text, head.whole, 2, start.part.dialect).size() > 1 || !head.whole;
    return start;
}

/// Reads the files of one graph: people first, so that ties to nobody can be told.
class Neo4jImport {
public:
    Neo4jImport(const ReadOptions& options, Sink& sink, Task& task)
        : options_(options), sink_(sink), task_(task)
    {}

    ReadReport run(std::vector<Part> parts)
    {
        std::ranges::stable_sort(parts, {}, [](const Part& one) { return one.header.kind; });
        for (auto& part : parts) {
            const auto survey = encodingSurvey(*part.file, task_);
            part.encoding = survey.decide(options_.encoding, *part.file);
        }
        const bool people = parts.front().header.kind == Neo4jHeader::Kind::People;
        GraphSurvey survey;
        eachOf(parts, Neo4jHeader::Kind::People, [&](const Part& part, const CsvRow& row) {
            if (fits(part, row)) survey.add(personOf(part, row), *part.file);
        });
        GraphRecords records(*parts.front().file, sink_, people ? &survey : nullptr);
        eachOf(parts, Neo4jHeader::Kind::People, [&](const Part& part, const CsvRow& row) {
            records.in(*part.file);
            if (fits(part, row)) return records.node(personOf(part, row));
            refuse(records, part, row);
        });
        eachOf(parts, Neo4jHeader::Kind::Ties, [&](const Part& part, const CsvRow& row) {
            records.in(*part.file);
            if (fits(part, row)) return records.edge(tieOf(part, row));
            refuse(records, part, row);
        });
        records.in(*parts.front().file);
        records.finish();
        note(parts);
        return {records.seen(), "graph", {}, false};
    }

private:
    template <class Use>
    void eachOf(const std::vector<Part>& parts, Neo4jHeader::Kind kind, Use use)
    {
        for (const auto& part : parts) {
            if (part.header.kind != kind) continue;
            task_.begin("Reading " + part.file->name(), part.file->size());
            const auto source = part.file->open();
            CsvReader reader(*source, part.file->name(), part.dialect);
            reader.readAs(part.encoding);
            bool header = part.ownHeader;
            for (std::uint64_t reported = 0; const auto* row = reader.next();) {
                task_.advance(reader.consumed() - std::exchange(reported, reader.consumed()));
                if (!std::exchange(header, false)) use(part, *row);
            }
        }
    }

    static bool fits(const Part& part, const CsvRow& row)
    {
        return row.fields.size() == part.header.columns.size();
    }

    static void refuse(GraphRecords& records, const Part& part, const CsvRow& row)
    {
        records.problem(Outcome::Refused, row.line,
                        "the row has " + std::to_string(row.fields.size()) + " fields instead of " +
                            std::to_string(part.header.columns.size()));
    }

    static GraphNode personOf(const Part& part, const CsvRow& row)
    {
        const auto& header = part.header;
        GraphNode node;
        node.id = neo4jId(header, Role::Id, row.fields);
        node.line = row.line;
        for (std::size_t at = 0; at < row.fields.size(); ++at) {
            const auto& column = header.columns[at];
            std::string value(trim(row.fields[at]));
            if (header.display == at) {
                node.label = std::move(value);
                continue;
            }
            const bool label = column.role == Role::Label;
            if (!label && (column.role != Role::Property || column.name.empty())) continue;
            if (label || column.array) value = replaceAll(std::move(value), ";", "; ");
            auto name = label && column.name.empty() ? "label" : column.name;
            node.attributes.push_back({std::move(name), std::move(value), column.numeric});
        }
        return node;
    }

    GraphEdge tieOf(const Part& part, const CsvRow& row)
    {
        const auto& header = part.header;
        GraphEdge edge;
        edge.from = neo4jId(header, Role::Start, row.fields);
        edge.to = neo4jId(header, Role::End, row.fields);
        edge.line = row.line;
        if (header.weight) edge.weight = trim(row.fields[*header.weight]);
        if (header.time) {
            // A zone's name may stand behind its offset: "2024-03-01T10:00+01:00[Europe/Oslo]".
            const auto& written = row.fields[*header.time];
            edge.time = parseTieTime(std::string_view(written).substr(0, written.find('[')));
            if (!edge.time && !trim(written).empty()) ++timeless_;
        }
        for (std::size_t at = 0; at < row.fields.size(); ++at) {
            if (header.columns[at].role == Role::Type && kinds_.size() <= mostKinds)
                kinds_.insert(shorten(trim(row.fields[at]), 60));
        }
        return edge;
    }

    /// What of the ties is not kept.
    void note(const std::vector<Part>& parts) const
    {
        const auto say = [&](const OneFile& file, std::string what) {
            sink_.problem({Outcome::Noted, file.place(), std::move(what)});
        };
        for (const auto& part : parts) {
            if (part.encoding == TextEncoding::Windows1252)
                say(*part.file, "the file was read as Windows-1252");
            if (part.header.kind != Neo4jHeader::Kind::Ties) continue;
            std::vector<std::string> names;
            for (std::size_t at = 0; at < part.header.columns.size(); ++at) {
                const auto& column = part.header.columns[at];
                const bool used = part.header.weight == at || part.header.time == at;
                if (column.role == Role::Property && !used) names.push_back(column.name);
            }
            if (!names.empty())
                say(*part.file, "what it says of ties beside is not kept: " + join(names, ", "));
        }
        if (kinds_.size() > 1) {
            const std::vector<std::string> names(kinds_.begin(), kinds_.end());
            say(*parts.back().file,
                "the ties are of " +
                    std::string(kinds_.size() > mostKinds ? "many kinds, " : "several kinds, ") +
                    "which count alike: " + shorten(join(names, ", "), 200));
        }
        if (timeless_ > 0) {
            say(*parts.back().file, "the times of " + std::to_string(timeless_) +
                                        " ties could not be read; the ties are kept without");
        }
    }

    static constexpr std::size_t mostKinds = 20;

    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    std::set<std::string> kinds_;
    std::uint64_t timeless_ = 0;
};

/// One file of such a graph, with its header.
class Neo4jFileReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"neo4jfile",  "Neo4j CSV (one file of people or of ties)",
                                     {"graph"},    {".csv", ".tsv"},
                                     graphShows(), true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto rows = firstRows(probe.head, probe.whole, 1);
        if (rows.empty()) return {};
        const auto header = neo4jHeader(rows.front().fields);
        if (header.kind == Neo4jHeader::Kind::People) return {95, "a table with an :ID column"};
        if (header.kind == Neo4jHeader::Kind::Ties)
            return {95, "a table with the columns :START_ID and :END_ID"};
        return {};
    }

    const Reader* together() const override { return &neo4jReader(); }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        auto start = startOf(file);
        if (start.part.header.kind == Neo4jHeader::Kind::None) {
            throw Error(Error::Kind::BadInput, "the first line names no :ID, :START_ID or :END_ID",
                        file.place(), "Open the folder or archive that also holds the headers.");
        }
        if (!start.rows) {
            throw Error(Error::Kind::BadInput, "the file holds only the header of a table",
                        file.place(), "Open the folder or archive that also holds the rows.");
        }
        return Neo4jImport(options, sink, task).run({std::move(start.part)});
    }
};

/// All of such a graph: a folder or archive.
class Neo4jReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "neo4j",      "Neo4j CSV (a folder or archive of people and ties)",
            {"graph"},    {".zip", ".tar.gz"},
            graphShows(), true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    /// The names of the files are free: Neo4jFileReader::together() finds the files by content.
    Recognition recognise(const Probe&) const override { return {}; }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        std::deque<OneFile> files;
        auto parts = partsOf(package, files, sink);
        if (parts.empty()) {
            throw Error(Error::Kind::BadInput,
                        "none of its tables has rows and a header of Neo4j's",
                        {package.name(), {}, {}, {}},
                        "Put the files of people, of ties and their headers into one folder.");
        }
        return Neo4jImport(options, sink, task).run(std::move(parts));
    }

private:
    static bool isTable(std::string_view name)
    {
        const auto lower = asciiLower(name);
        return lower.ends_with(".csv") || lower.ends_with(".tsv") || lower.ends_with(".txt");
    }

    static std::vector<Part> partsOf(const Package& package, std::deque<OneFile>& files, Sink& sink)
    {
        std::vector<Start> starts;
        std::vector<Part> headers;
        for (std::size_t at = 0; at < package.entries().size(); ++at) {
            if (!isTable(package.entries()[at].name)) continue;
            auto start = startOf(files.emplace_back(package, at));
            const bool header = start.part.header.kind != Neo4jHeader::Kind::None;
            if (header && !start.rows) {
                headers.push_back(std::move(start.part));
            } else {
                starts.push_back(std::move(start));
            }
        }
        std::vector<Part> parts;
        for (auto& [part, rows] : starts) {
            const auto& file = *part.file;
            if (part.header.kind != Neo4jHeader::Kind::None) {
                parts.push_back(std::move(part));
            } else if (auto found = under(headers, file)) {
                parts.push_back(*std::move(found));
            } else {
                sink.problem({Outcome::Noted, file.place(),
                              "it is left out: no header says what its columns are"});
            }
        }
        return parts;
    }

    /// The header whose name a file's name starts with, the longest if there are several.
    static std::optional<Part> under(const std::vector<Part>& headers, const OneFile& file)
    {
        const auto name = asciiLower(file.name());
        const Part* best = nullptr;
        std::size_t longest = 0;
        for (const auto& one : headers) {
            const auto stem = neo4jHeaderStem(one.file->name());
            if (!stem || stem->empty() || !name.starts_with(*stem) || stem->size() <= longest)
                continue;
            best = &one;
            longest = stem->size();
        }
        if (best == nullptr) return std::nullopt;
        Part part = *best;
        part.file = &file;
        part.ownHeader = false;
        return part;
    }
};

}  // namespace

const Reader& neo4jFileReader()
{
    static const Neo4jFileReader reader;
    return reader;
}

const Reader& neo4jReader()
{
    static const Neo4jReader reader;
    return reader;
}

}  // namespace kith
