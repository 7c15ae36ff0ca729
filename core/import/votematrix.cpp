#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace kith {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t mostColumns = 20'000;

/// Nothing = an empty cell: not seen, or not voted on. Absent = no vote at all.
std::optional<std::optional<int>> voteOf(std::string_view cell)
{
    static const std::map<std::string_view, std::optional<int>> words{
        {"", {}},         {"na", {}},  {"nan", {}},    {"1", 1},       {"+1", 1},  {"1.0", 1},
        {"agree", 1},     {"yes", 1},  {"yea", 1},     {"aye", 1},     {"for", 1}, {"0", 0},
        {"0.0", 0},       {"pass", 0}, {"abstain", 0}, {"neutral", 0}, {"-1", -1}, {"-1.0", -1},
        {"disagree", -1}, {"no", -1},  {"nay", -1},    {"against", -1}};
    const auto found = words.find(asciiLower(trim(cell)));
    if (found == words.end()) return std::nullopt;
    return found->second;
}

CsvDialect dialectOfHeader(std::string_view head)
{
    head = head.substr(0, head.find('\n'));
    const auto most =
        std::ranges::max(",;\t"sv, {}, [&](char c) { return std::ranges::count(head, c); });
    return {most, false};
}

/// Which column is what.
struct Layout {
    CsvDialect dialect;
    bool polis = false;  ///< the participants' table of a Polis conversation
    std::size_t who = 0;
    std::optional<std::size_t> group;
    std::vector<std::size_t> statements;
    std::size_t width = 0;
};

Layout layoutOf(const std::vector<std::string>& header, CsvDialect dialect)
{
    constexpr std::array people{"participant"sv, "voter"sv, "voter-id"sv, "voter_id"sv, "name"sv,
                                "member"sv,      "id"sv,    "person"sv,   "user"sv};
    constexpr std::array counts{"xid"sv, "n-comments"sv, "n-votes"sv, "n-agree"sv, "n-disagree"sv};
    Layout layout;
    layout.dialect = dialect;
    layout.width = header.size();
    bool named = false;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto name = asciiLower(trim(header[i]));
        if (!named && std::ranges::find(people, name) != people.end()) {
            layout.who = i;
            named = true;
            layout.polis = name == "participant";
        } else if (name == "group-id" || name == "group") {
            layout.group = i;
        } else if (std::ranges::find(counts, name) == counts.end() && !name.empty()) {
            layout.statements.push_back(i);
        }
    }
    std::erase(layout.statements, layout.who);
    layout.polis = layout.polis && layout.group;
    return layout;
}

/// A table counts as votes when every cell of every statement is one, and some are against.
bool holdsVotes(const Layout& layout, std::span<const CsvRow> rows)
{
    constexpr std::size_t fewest = 3;
    if (layout.statements.size() < fewest || rows.empty()) return false;
    bool for_ = false;
    bool against = false;
    for (const CsvRow& row : rows) {
        if (row.fields.size() != layout.width) return false;
        for (const std::size_t column : layout.statements) {
            const auto vote = voteOf(row.fields[column]);
            if (!vote) return false;
            for_ = for_ || *vote == 1;
            against = against || *vote == -1;
        }
    }
    return for_ && against;
}

class VoteMatrixReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"vote-matrix",
                                     "Table of votes (a row a person, a column a statement)",
                                     {"votes"},
                                     {".csv", ".tsv"},
                                     {.votes = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        constexpr std::size_t most = 50;
        const auto dialect = dialectOfHeader(probe.head);
        const auto rows = firstRows(probe.head, probe.whole, most, dialect, mostColumns);
        if (rows.empty()) return {};
        const auto layout = layoutOf(rows.front().fields, dialect);
        if (!holdsVotes(layout, std::span(rows).subspan(1))) return {};
        if (layout.polis) return {95, "a table with the columns of Polis participants"};
        return {65, "every row is somebody's votes on the statements above"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        task.begin("Reading " + file.name(), file.size());
        return Walk(file, options, sink, task).run();
    }

private:
    class Walk {
    public:
        Walk(const OneFile& file, const ReadOptions& options, Sink& sink, Task& task)
            : file_(file),
              sink_(sink),
              task_(task),
              conversation_(
                  shorten(options.conversation.empty() ? file.stem() : options.conversation, 200)),
              source_(file.open()),
              reader_(*source_, file.name(), dialectOfHeader(file.head().text), mostColumns)
        {}

        ReadReport run()
        {
            const auto* header = reader_.next();
            if (header != nullptr) {
                names_ = header->fields;
                layout_ = layoutOf(names_, reader_.dialect());
            }
            if (layout_.statements.empty()) {
                throw Error(Error::Kind::BadInput, "there are no columns with votes", file_.place(),
                            "Write a row for each person and a column for each statement.");
            }
            readStatements();
            while (const auto* row = reader_.next()) {
                takeRow(*row);
                task_.advance(reader_.consumed() - reported_);
                reported_ = reader_.consumed();
            }
            if (numbers_) {
                sink_.problem({Outcome::Noted, file_.place(),
                               "the table does not say whether 1 or -1 means that somebody "
                               "agrees; 1 was taken"});
            }
            return {seen_, layout_.polis ? "polis" : "votes", {}, false};
        }

    private:
        /// Statements are called by their columns; those of Polis are only numbered.
        std::string idOf(std::size_t column) const { return shorten(trim(names_[column]), 200); }

        void readStatements()
        {
            for (const std::size_t column : layout_.statements) {
                const std::string name(trim(names_[column]));
                MessageRecord record;
                record.id = idOf(column);
                record.conversation = conversation_;
                record.timed = false;
                record.kind = MessageKind::Post;
                record.text = parseInteger(name) ? "Statement " + name : name;
                record.place = file_.line(1);
                ++seen_;
                sink_.message(std::move(record));
            }
        }

        void refuse(const CsvRow& row, std::string what)
        {
            ++seen_;
            sink_.problem({Outcome::Refused, file_.line(row.line), std::move(what)});
        }

        void takeRow(const CsvRow& row)
        {
            if (row.fields.size() != layout_.width) {
                return refuse(row, fmt::format("the row has {} fields instead of {}",
                                               row.fields.size(), layout_.width));
            }
            const std::string who(trim(row.fields[layout_.who]));
            if (who.empty()) return refuse(row, "the row does not say whose votes these are");
            constexpr std::size_t longest = 1000;  // each of the votes repeats it
            if (who.size() > longest) return refuse(row, "the name is longer than 1,000 letters");
            // Numbers and names of voters mean nothing outside of their table.
            const auto key = who + "@" + conversation_;
            sink_.account({key, layout_.polis ? "Participant " + who : who, {}, false});
            if (layout_.group && !trim(row.fields[*layout_.group]).empty()) {
                const auto* trait = layout_.polis ? "opinion group (Polis)" : "group";
                sink_.trait({key, trait, std::string(trim(row.fields[*layout_.group])), false});
            }
            for (const std::size_t column : layout_.statements) takeCell(row, column, key);
        }

        void takeCell(const CsvRow& row, std::size_t column, const std::string& key)
        {
            const auto vote = voteOf(row.fields[column]);
            if (!vote) {
                return refuse(row, fmt::format("\"{}\" is no vote: 1, 0, -1, agree, pass, "
                                               "disagree or nothing is",
                                               shorten(row.fields[column], 40)));
            }
            if (!*vote) return;
            numbers_ = numbers_ || parseReal(trim(row.fields[column]));
            ++seen_;
            VoteRecord record;
            record.account = key;
            record.conversation = conversation_;
            record.message = idOf(column);
            record.value = **vote;
            record.place = file_.line(row.line);
            sink_.vote(std::move(record));
        }

        const OneFile& file_;
        Sink& sink_;
        Task& task_;
        std::string conversation_;
        std::unique_ptr<ByteSource> source_;
        CsvReader reader_;
        std::vector<std::string> names_;
        Layout layout_;
        bool numbers_ = false;
        std::uint64_t seen_ = 0;
        std::uint64_t reported_ = 0;
    };
};

}  // namespace

const Reader& voteMatrixReader()
{
    static const VoteMatrixReader reader;
    return reader;
}

}  // namespace kith
