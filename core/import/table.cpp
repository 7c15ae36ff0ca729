#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/json.h"
#include "core/import/once.h"
#include "core/import/readers.h"
#include "core/import/tablecells.h"
#include "core/import/tablecolumns.h"
#include "core/import/tabledates.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestText = 256U << 10U;

/// First row as names, or made-up names where it holds data.
struct Header {
    TableColumns columns;
    bool isRow = true;
};

Header headerOf(const CsvRow& row, const std::set<std::string>& leftOut = {})
{
    Header header{TableColumns(row.fields, leftOut), true};
    const bool data = header.columns.found() == 0 &&
                      std::ranges::any_of(
                          row.fields, [](const auto& field) { return TableDates::isDate(field); });
    if (!data) return header;
    std::vector<std::string> names;
    for (std::size_t at = 1; at <= row.fields.size(); ++at)
        names.push_back("column " + std::to_string(at));
    return {TableColumns(std::move(names), leftOut), false};
}

std::vector<std::string> people(const std::string& cell)
{
    std::vector<std::string> found;
    Once met;
    const auto add = [&](std::string_view one) {
        one = trim(one);
        if (one.starts_with('@')) one.remove_prefix(1);
        if (isMissing(one)) return;
        auto key = nfc(one);
        if (met.first(key)) found.push_back(std::move(key));
    };
    if (cell.starts_with('[')) {
        try {
            const auto list = Json::parse(cell);
            for (const auto& item : list.items()) {
                for (const char* key : {"username", "screen_name", "name"}) {
                    if (!item.has(key)) continue;
                    add(item[key].text());
                    break;
                }
                if (item.isString()) add(item.text());
            }
            return found;
        } catch (const Error&) {
            // Not JSON after all: "[ann, bob]" is a plain list.
        }
    }
    // Names with spaces stand in lists with commas or semicolons.
    const bool spaced = cell.find_first_of(",;|\n") == std::string::npos;
    std::string_view rest = cell;
    while (!rest.empty()) {
        const auto end = rest.find_first_of(spaced ? " []'\"" : ",;|\n[]'\"");
        add(rest.substr(0, end));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return found;
}

/// Ids of 17 and more digits. Where all of several end in zeros, a spreadsheet has rounded them.
class LongNumbers {
public:
    void look(const std::string& id)
    {
        constexpr std::size_t shortest = 17;
        if (id.size() < shortest || !parseInteger(id)) return;
        ++all_;
        if (isRounded(id)) ++rounded_;
    }

    bool rounded() const { return rounded_ >= 3 && rounded_ == all_; }

private:
    std::uint64_t all_ = 0;
    std::uint64_t rounded_ = 0;
};

/// One table being read.
class TableImport {
public:
    TableImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package),
          options_(options),
          sink_(sink),
          task_(task),
          zone_(options.zone.value_or(Zone()))
    {}

    ReadReport run()
    {
        const auto encoding = encodingSurvey(file_, task_);
        encoding_ = encoding.decide(options_.encoding, file_);
        // A row of another encoding in a file that is UTF-8 was pasted in from elsewhere.
        if (encoding.isDamagedUtf8() && options_.encoding.empty()) encoding_.reset();
        prepare();
        TableCells cells(columns_.headers(), columns_.leftOut());
        walk("Looking through ", [&](const CsvRow& row) {
            cells.look(row);
            survey(row);
        });
        if (report_.seen == 0)
            throw Error(Error::Kind::BadInput, "the table has no rows", file_.place(),
                        "Choose a table that holds messages.");
        dates_.decide(options_.dates, file_);
        report_.columns = cells.samples();
        columns_.fill(report_.columns);
        cells.note(file_, dialect_, sink_);
        note();
        report_.seen = 0;
        walk("Reading ", [this](const CsvRow& row) { message(row); });
        if (kept_ == 0) {
            throw Error(Error::Kind::BadInput, "no row of the table can be read: " + trouble_,
                        troublePlace_, "Check which column is which.");
        }
        report_.platform = "table";
        return report_;
    }

private:
    /// Finds out which column is which from the first rows.
    void prepare()
    {
        constexpr std::size_t mostLookedAt = 50;
        const auto source = file_.open();
        CsvReader reader(*source, file_.name());
        reader.takeCut();
        if (encoding_) reader.readAs(*encoding_);
        const CsvRow* row = reader.next();
        if (row == nullptr)
            throw Error(Error::Kind::BadInput, "the table is empty", file_.place(),
                        "Choose a table that holds messages.");
        auto header = headerOf(*row, options_.leaveOut);
        columns_ = std::move(header.columns);
        headerRow_ = header.isRow;
        dialect_ = reader.dialect();
        reader.leaveOut(columns_.leftOut());
        std::vector<CsvRow> rows;
        if (headerRow_) row = reader.next();
        for (; row != nullptr && rows.size() < mostLookedAt; row = reader.next()) {
            if (!row->cut) rows.push_back(*row);
        }
        columns_.choose(options_.columns, file_);
        columns_.check(file_, columnSamples(columns_.headers(), rows, columns_.leftOut()));
    }

    template <class Use>
    void walk(const std::string& phase, Use use)
    {
        task_.begin(phase + file_.name(), file_.size());
        const auto source = file_.open();
        CsvReader reader(*source, file_.name());
        reader.takeCut();
        reader.leaveOut(columns_.leftOut());
        if (encoding_) reader.readAs(*encoding_);
        const CsvRow* row = reader.next();
        if (headerRow_) row = reader.next();
        for (std::uint64_t reported = 0; row != nullptr; row = reader.next()) {
            task_.advance(reader.consumed() - std::exchange(reported, reader.consumed()));
            ++report_.seen;
            use(*row);
        }
    }

    std::string cell(const CsvRow& row, TableRole role) const
    {
        const auto column = columns_[role];
        if (!column || *column >= row.fields.size()) return {};
        const auto text = trim(row.fields[*column]);
        return isMissing(text) ? std::string() : std::string(text);
    }

    std::string person(const CsvRow& row, TableRole role) const
    {
        auto text = cell(row, role);
        if (text.size() > 1 && text.starts_with('@')) text.erase(0, 1);
        return nfc(text);
    }

    void survey(const CsvRow& row)
    {
        dates_.survey(cell(row, TableRole::When), row.line);
        for (const auto role : {TableRole::Id, TableRole::ReplyTo}) {
            if (isMangled(cell(row, role)) && mangledLine_ == 0) mangledLine_ = row.line;
        }
        ids_.look(cell(row, TableRole::Id));
        authors_.look(cell(row, TableRole::Author));
    }

    void note()
    {
        const auto say = [&](std::uint64_t line, std::string what) {
            sink_.problem(
                {Outcome::Noted, line == 0 ? file_.place() : file_.line(line), std::move(what)});
        };
        if (encoding_ == TextEncoding::Windows1252) say(0, "the file was read as Windows-1252");
        if (mangledLine_ != 0 || ids_.rounded()) {
            idsCount_ = false;
            say(std::max<std::uint64_t>(mangledLine_, 1),
                "the message ids were rounded by a spreadsheet, so they are not used: replies "
                "cannot be matched to the messages they answer");
        }
        if (dates_.shortYearLine() != 0) {
            say(dates_.shortYearLine(), "years of two digits, as in \"" +
                                            dates_.shortYearExample() +
                                            "\", were read as 1970 to 2069");
        }
        if (!dates_.hasWallTimes()) return;
        report_.zone = zone_.name();
        if (!options_.zone) say(0, "the times name no time zone; they were read as UTC");
    }

    void problem(Outcome outcome, const CsvRow& row, std::string what)
    {
        if (trouble_.empty()) {
            trouble_ = what;
            troublePlace_ = file_.line(row.line);
        }
        sink_.problem({outcome, file_.line(row.line), std::move(what)});
    }

    /// Why a row cannot be a message; empty when it can.
    std::string objection(const CsvRow& row) const
    {
        const auto expected = columns_.headers().size();
        if (row.fields.size() != expected) {
            return "the row has " + std::to_string(row.fields.size()) + " fields, the header " +
                   std::to_string(expected);
        }
        const auto nul = [](const auto& field) { return field.find('\0') != std::string::npos; };
        if (std::ranges::any_of(row.fields, nul)) return "the row holds a NUL byte";
        const auto author = cell(row, TableRole::Author);
        if (isMangled(author) || (authors_.rounded() && isRounded(author)))
            return "the author " + author + " was rounded by a spreadsheet";
        return {};
    }

    void message(const CsvRow& row)
    {
        if (row.cut) return problem(Outcome::Refused, row, std::string(cutRow));
        const bool empty =
            std::ranges::all_of(row.fields, [](const auto& field) { return trim(field).empty(); });
        if (empty) return problem(Outcome::Skipped, row, "the row is empty");
        if (auto why = objection(row); !why.empty())
            return problem(Outcome::Refused, row, std::move(why));
        MessageRecord record;
        if (!fillTime(row, record)) return;
        record.account = person(row, TableRole::Author);
        record.conversation = cell(row, TableRole::Conversation);
        if (record.conversation.empty()) {
            record.conversation =
                options_.conversation.empty() ? file_.stem() : options_.conversation;
        }
        record.thread = cell(row, TableRole::Thread);
        if (idsCount_) record.id = cell(row, TableRole::Id);
        fillText(row, record);
        fillTies(row, record);
        record.place = file_.line(row.line);
        if (row.repaired) {
            problem(Outcome::Repaired, row,
                    encoding_ ? "the row is not UTF-8; what cannot be read was marked"
                              : "the row is not UTF-8; it was read as Windows-1252");
        }
        ++kept_;
        sink_.message(std::move(record));
    }

    bool fillTime(const CsvRow& row, MessageRecord& record)
    {
        const auto text = cell(row, TableRole::When);
        record.timed = !text.empty();
        if (!record.timed) return true;
        const auto moment = dates_.read(text, zone_);
        if (!moment) {
            const bool shaped = TableDates::isDate(text);
            problem(Outcome::Refused, row,
                    "the date \"" + shorten(text, 60) +
                        (shaped ? "\" does not exist" : "\" cannot be read"));
            return false;
        }
        record.time = moment->time;
        record.certainty = moment->certainty;
        return true;
    }

    void fillText(const CsvRow& row, MessageRecord& record)
    {
        // "None" and "-" may well be what somebody said: a text is never missing.
        const auto column = columns_[TableRole::Text];
        if (column) record.text = trim(row.fields[*column]);
        const auto title = cell(row, TableRole::Title);
        if (!title.empty()) {
            record.kind =
                cell(row, TableRole::ReplyTo).empty() ? MessageKind::Post : MessageKind::Said;
            record.text = title + (record.text.empty() ? "" : "\n\n" + record.text);
        }
        if (record.text.size() <= longestText) return;
        problem(Outcome::Repaired, row,
                "the text of " + std::to_string(record.text.size()) + " bytes was cut at 256 KB");
        record.text = shorten(record.text, longestText);
    }

    void fillTies(const CsvRow& row, MessageRecord& record) const
    {
        const auto target = idsCount_ ? cell(row, TableRole::ReplyTo) : std::string();
        auto answered = person(row, TableRole::ReplyToAuthor);
        if (isMangled(answered)) answered.clear();
        const bool reply = !answered.empty() || (!target.empty() && target != record.id);
        if (reply) record.ties.push_back({TieKind::Reply, answered, target, 1});
        for (const auto& mentioned : people(cell(row, TableRole::Mentions))) {
            if (mentioned == answered || mentioned == record.account || isMangled(mentioned))
                continue;
            record.ties.push_back({TieKind::Mention, mentioned, {}, 1});
        }
    }

    OneFile file_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    Zone zone_;
    TableColumns columns_;
    TableDates dates_;
    ReadReport report_;
    std::optional<TextEncoding> encoding_;  ///< absent: UTF-8 with rows of Windows-1252 in it
    CsvDialect dialect_;
    bool headerRow_ = true;
    std::uint64_t mangledLine_ = 0;
    LongNumbers ids_;
    LongNumbers authors_;
    bool idsCount_ = true;
    std::uint64_t kept_ = 0;
    std::string trouble_;
    Place troublePlace_;
};

/// A first line of more columns than are read; reading it says so.
bool isTooWide(std::string_view text)
{
    const auto line = text.substr(0, text.find_first_of("\r\n"));
    return std::ranges::any_of(std::string_view(",;\t|"), [&](char separator) {
        return std::ranges::count(line, separator) >= std::ssize(line) / 64 &&
               static_cast<std::size_t>(std::ranges::count(line, separator)) >=
                   CsvScanner::mostColumns;
    });
}

class TableReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"table",
                                     "Table of messages (CSV or TSV)",
                                     {"table"},
                                     {".csv", ".tsv", ".tab", ".txt"},
                                     {.replies = true, .mentions = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        constexpr std::size_t most = 50;
        const auto start = trim(probe.head);
        if (start.empty() || start.front() == '{' || start.front() == '<' ||
            start.starts_with("[{")) {
            return {};
        }
        const auto rows = firstRows(probe.head, probe.whole, most);
        if (rows.empty() && isTooWide(start)) return {60, "a table of more than 512 columns"};
        if (rows.size() < 2 || rows.front().fields.size() < 2) return {};
        const auto width = rows.front().fields.size();
        const auto alike = std::ranges::count_if(
            rows, [&](const CsvRow& row) { return row.fields.size() == width; });
        const auto header = headerOf(rows.front());
        const auto& columns = header.columns;
        const bool author = columns[TableRole::Author].has_value();
        const bool text = columns[TableRole::Text].has_value();
        const bool time = columns[TableRole::When].has_value();
        const auto called = [&](TableRole role) { return columns.headers()[*columns[role]]; };
        // Where the header says what the columns are, damaged rows do not make it another file.
        const bool named = author && text && time;
        if (alike * 10 < std::ssize(rows) * (named ? 5 : 7)) return {};
        if (named) {
            return {70, "a table with the columns " + called(TableRole::Author) + ", " +
                            called(TableRole::When) + " and " + called(TableRole::Text)};
        }
        if (author && (text || time)) {
            return {45, "a table with the columns " + called(TableRole::Author) + " and " +
                            called(text ? TableRole::Text : TableRole::When)};
        }
        return {10,
                "rows of " + std::to_string(width) + " fields; which column is which is not known"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return TableImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& tableReader()
{
    static const TableReader reader;
    return reader;
}

}  // namespace kith
