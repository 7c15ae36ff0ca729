#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/json.h"
#include "core/import/latelymet.h"
#include "core/import/polis.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestText = 256U << 10U;

/// Open data counts milliseconds; the server's own report counts seconds.
std::optional<Time> polisTime(const std::string& text)
{
    constexpr std::int64_t firstMillis = 100'000'000'000;  // seconds of the year 5138
    constexpr std::int64_t end = 253'402'300'800'000;
    const auto number = parseInteger(trim(text));
    if (!number || *number <= 0 || *number >= end) return std::nullopt;
    return fromMillis(*number < firstMillis ? *number * 1000 : *number);
}

/// A table with the columns asked for, by name.
class Table {
public:
    Table(const Package& package, std::size_t entry, std::vector<std::string> wanted)
        : place_(placeIn(package, entry)),
          source_(package.open(entry)),
          reader_(*source_, place_.text(), CsvDialect{',', false}),
          at_(wanted.size())
    {
        reader_.takeCut();
        const auto* header = reader_.next();
        for (std::size_t i = 0; header != nullptr && i < wanted.size(); ++i) {
            const auto found = std::ranges::find_if(header->fields, [&](const std::string& one) {
                return asciiEqual(trim(one), wanted[i]);
            });
            if (found != header->fields.end()) {
                at_[i] = static_cast<std::size_t>(found - header->fields.begin());
            }
        }
        width_ = header == nullptr ? 0 : header->fields.size();
    }

    /// @throws Error BadInput when a column that must be there is not
    void require(std::size_t column, const std::string& name) const
    {
        if (at_[column]) return;
        throw Error(Error::Kind::BadInput, "the table has no column \"" + name + "\"", place_,
                    "Download the conversation's data from Polis again.");
    }

    bool next()
    {
        row_ = reader_.next();
        return row_ != nullptr;
    }

    /// Why the row cannot be read; empty when it can.
    std::string objection() const
    {
        if (row_->cut) return std::string(cutRow);
        if (row_->fields.size() == width_) return {};
        return "the row has more or fewer fields than the header";
    }
    bool has(std::size_t column) const { return at_[column].has_value(); }

    const std::string& operator[](std::size_t column) const
    {
        static const std::string none;
        return at_[column] && *at_[column] < row_->fields.size() ? row_->fields[*at_[column]]
                                                                 : none;
    }

    Place place() const
    {
        auto place = place_;
        place.line = row_->line;
        return place;
    }

    std::uint64_t consumed() const { return reader_.consumed(); }

private:
    Place place_;
    std::unique_ptr<ByteSource> source_;
    CsvReader reader_;
    std::vector<std::optional<std::size_t>> at_;
    std::size_t width_ = 0;
    const CsvRow* row_ = nullptr;
};

class PolisImport {
public:
    PolisImport(const Package& package, const PolisFiles& files, const ReadOptions& options,
                Sink& sink, Task& task)
        : package_(package), files_(files), options_(options), sink_(sink), task_(task)
    {}

    std::uint64_t run()
    {
        readSummary();
        if (files_.comments) readComments();
        if (files_.votes) {
            findSign();
            readVotes();
        }
        if (files_.participants) readGroups();
        sayRest();
        return seen_;
    }

private:
    enum CommentColumn { When, Id, Author, Body, Moderated };
    enum VoteColumn { VoteWhen, Statement, Voter, Vote };

    void note(std::size_t entry, std::string what)
    {
        sink_.problem({Outcome::Noted, placeIn(package_, entry), std::move(what)});
    }

    /// Two columns without a header: key and value.
    void readSummary()
    {
        std::string url;
        std::string topic;
        if (files_.summary) {
            const auto source = package_.open(*files_.summary);
            CsvReader reader(*source, placeIn(package_, *files_.summary).text(),
                             CsvDialect{',', false});
            while (const auto* row = reader.next()) {
                if (row->fields.size() < 2) continue;
                if (row->fields[0] == "topic") topic = trim(row->fields[1]);
                if (row->fields[0] == "url") url = trim(row->fields[1]);
                if (row->fields[0] == "voters") voters_ = parseInteger(trim(row->fields[1]));
            }
        }
        auto name = files_.prefix.substr(files_.prefix.rfind('/') + 1);
        while (!name.empty() && (name.back() == '.' || name.back() == '-' || name.back() == '_'))
            name.pop_back();
        const auto owner = url.substr(url.rfind('/') + 1);
        conversation_ = !topic.empty() ? topic : options_.conversation;
        if (conversation_.empty()) conversation_ = name;
        if (conversation_.empty()) conversation_ = "Polis conversation";
        conversation_ = shorten(conversation_, 200);
        realm_ = !owner.empty() ? shorten(owner, 200) : conversation_;
    }

    /// Participants are numbered anew in every conversation.
    std::string keyOf(const std::string& number) const { return number + "@" + realm_; }

    std::string person(const std::string& number)
    {
        auto key = keyOf(number);
        if (people_.first(tableKey(number))) {
            sink_.account({key, "Participant " + number, {}, false});
        }
        return key;
    }

    void readComments()
    {
        Table table(package_, *files_.comments,
                    {"timestamp", "comment-id", "author-id", "comment-body", "moderated"});
        table.require(Id, "comment-id");
        table.require(Body, "comment-body");
        std::uint64_t before = 0;
        while (table.next()) {
            ++seen_;
            takeComment(table);
            task_.advance(table.consumed() - std::exchange(before, table.consumed()));
        }
        if (rejected_ > 0) {
            note(*files_.comments,
                 fmt::format("the moderators rejected {} statements; they are kept and marked "
                             "\"moderated out\"",
                             rejected_));
        }
    }

    void takeComment(const Table& table)
    {
        const auto refuse = [&](std::string what) {
            sink_.problem({Outcome::Refused, table.place(), std::move(what)});
        };
        if (auto why = table.objection(); !why.empty()) return refuse(std::move(why));
        const std::string id(trim(table[Id]));
        if (!parseInteger(id))
            return refuse("\"" + shorten(id, 40) + "\" is no number of a statement");
        const std::string author(trim(table[Author]));
        if (const auto [known, fresh] = authors_.add(tableKey(id)); fresh) {
            *known = tableKey(author);
        } else if (known != nullptr) {
            return refuse("the statement " + id + " stands in the table already");
        }
        const auto time = polisTime(table[When]);
        if (!time && !trim(table[When]).empty()) {
            return refuse("the timestamp \"" + shorten(table[When], 40) + "\" is no time");
        }
        MessageRecord record;
        record.id = id;
        record.conversation = conversation_;
        if (!author.empty()) record.account = person(author);
        record.timed = time.has_value();
        record.time = time.value_or(Time{});
        record.kind = MessageKind::Post;
        record.text = trim(table[Body]);
        if (record.text.size() > longestText) {
            sink_.problem({Outcome::Repaired, table.place(), "the statement was cut at 256 KB"});
            record.text = shorten(record.text, longestText);
        }
        if (trim(table[Moderated]) == "-1") {
            ++rejected_;
            record.attachments.emplace_back("moderated out");
        }
        record.place = table.place();
        sink_.message(std::move(record));
    }

    Table votes() const
    {
        Table table(package_, *files_.votes, {"timestamp", "comment-id", "voter-id", "vote"});
        table.require(Statement, "comment-id");
        table.require(Voter, "voter-id");
        table.require(Vote, "vote");
        return table;
    }

    /// In published data agreeing is +1, inside Polis it is -1. Whoever writes a statement agrees
    /// with it: the votes on one's own statements tell which it is.
    void findSign()
    {
        std::uint64_t plus = 0;
        std::uint64_t minus = 0;
        auto table = votes();
        while (table.next()) {
            const auto* author = authors_.find(tableKey(trim(table[Statement])));
            if (author == nullptr || *author != tableKey(trim(table[Voter]))) continue;
            const auto value = parseInteger(trim(table[Vote]));
            plus += value == 1 ? 1U : 0U;
            minus += value == -1 ? 1U : 0U;
        }
        flipped_ = minus > plus;
        if (flipped_) {
            note(*files_.votes,
                 fmt::format("{} of {} people's votes on their own statements are -1: in this file "
                             "-1 means that somebody agrees, and the votes were turned round",
                             minus, plus + minus));
        } else if (plus + minus == 0) {
            note(*files_.votes,
                 "nobody voted on a statement of their own, so the file cannot show whether 1 or "
                 "-1 means that somebody agrees; 1 was taken, as in published data");
        }
    }

    void readVotes()
    {
        auto table = votes();
        std::uint64_t before = 0;
        while (table.next()) {
            ++seen_;
            takeVote(table);
            task_.advance(table.consumed() - std::exchange(before, table.consumed()));
        }
        if (repeated_ > 0) {
            note(*files_.votes,
                 fmt::format("{} votes were changed later; the last one counts", repeated_));
        }
    }

    void takeVote(const Table& table)
    {
        const auto refuse = [&](std::string what) {
            sink_.problem({Outcome::Refused, table.place(), std::move(what)});
        };
        if (auto why = table.objection(); !why.empty()) return refuse(std::move(why));
        const std::string statement(trim(table[Statement]));
        const std::string voter(trim(table[Voter]));
        const auto value = parseInteger(trim(table[Vote]));
        if (!parseInteger(statement) || voter.empty())
            return refuse("it names no statement or voter");
        if (!value || *value < -1 || *value > 1) {
            return refuse("the vote \"" + shorten(table[Vote], 40) + "\" is none of 1, 0 and -1");
        }
        const auto time = polisTime(table[VoteWhen]);
        if (!time && !trim(table[VoteWhen]).empty()) {
            return refuse("the timestamp \"" + shorten(table[VoteWhen], 40) + "\" is no time");
        }
        const auto pair = tableKey(statement + " " + voter);
        if (std::exchange(pairs_.meet(pair), true)) ++repeated_;
        (void)voted_.first(tableKey(voter));
        if (!files_.comments) meetStatement(statement);
        VoteRecord record;
        record.account = person(voter);
        record.conversation = conversation_;
        record.message = statement;
        record.value = static_cast<int>(flipped_ ? -*value : *value);
        record.time = time;
        record.place = table.place();
        sink_.vote(std::move(record));
    }

    /// Votes without their statements still are votes on something.
    void meetStatement(const std::string& id)
    {
        if (!authors_.add(tableKey(id)).second) return;
        ++seen_;
        MessageRecord record;
        record.id = id;
        record.conversation = conversation_;
        record.timed = false;
        record.kind = MessageKind::Post;
        record.text = "Statement " + id;
        record.place = placeIn(package_, *files_.votes);
        sink_.message(std::move(record));
    }

    /// The table is as wide as there are statements; only its first columns are wanted.
    void readGroups()
    {
        const auto place = placeIn(package_, *files_.participants);
        const auto source = package_.open(*files_.participants);
        LineReader lines(*source, place.text());
        const auto header = lines.next();
        if (!header) return;
        const auto names = firstFields(*header);
        const auto column = [&](std::string_view name) {
            return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
        };
        const auto who = column("participant");
        const auto group = column("group-id");
        if (who == names.size() || group == names.size()) {
            return note(*files_.participants,
                        "the table of participants has no columns \"participant\" and "
                        "\"group-id\" and is left out");
        }
        while (const auto line = lines.next()) {
            const auto fields = firstFields(*line);
            if (fields.size() <= std::max(who, group)) continue;
            const auto value = trim(fields[group]);
            if (value.empty()) {
                ++ungrouped_;
            } else {
                sink_.trait({person(std::string(trim(fields[who]))), "opinion group (Polis)",
                             std::string(value), false});
            }
            task_.advance(line->size() + 1);
        }
    }

    static std::vector<std::string> firstFields(std::string_view line)
    {
        constexpr std::size_t enough = 8;
        std::size_t at = 0;
        bool quoted = false;
        for (std::size_t commas = 0; at < line.size(); ++at) {
            if (line[at] == '"') quoted = !quoted;
            if (!quoted && line[at] == ',' && ++commas == enough) break;
        }
        std::vector<std::string> fields;
        if (quoted) return fields;
        CsvScanner scanner(CsvDialect{',', false});
        scanner.feed(line.substr(0, at), fields);
        for (auto& field : fields) field = repairUtf8(field);
        return fields;
    }

    void sayRest()
    {
        if (ungrouped_ > 0) {
            note(*files_.participants,
                 fmt::format("{} participants are in no opinion group, because they voted too "
                             "little; their votes are kept",
                             ungrouped_));
        }
        if (voters_ && files_.votes && !voted_.full() &&
            *voters_ != static_cast<std::int64_t>(voted_.size())) {
            note(*files_.summary, fmt::format("the summary speaks of {} voters; the votes are {} "
                                              "people's",
                                              *voters_, voted_.size()));
        }
        if (!files_.votes && files_.comments) {
            note(*files_.comments, "there is no table of votes beside the statements");
        }
    }

    const Package& package_;
    const PolisFiles& files_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    std::string conversation_;
    std::string realm_;                 ///< the conversation's own id, for keys
    HashTable<std::uint64_t> authors_;  ///< of statements, both hashed
    HashSet people_;
    HashSet voted_;
    /// Of the last million votes at least: of more, the count of changed ones is a lower bound.
    static constexpr std::size_t rememberedVotes = 1'000'000;
    LatelyMet<bool> pairs_{rememberedVotes};
    std::optional<std::int64_t> voters_;
    std::uint64_t seen_ = 0;
    std::uint64_t rejected_ = 0;
    std::uint64_t repeated_ = 0;
    std::uint64_t ungrouped_ = 0;
    bool flipped_ = false;
};

}  // namespace

std::uint64_t readPolis(const Package& package, const PolisFiles& files, const ReadOptions& options,
                        Sink& sink, Task& task)
{
    return PolisImport(package, files, options, sink, task).run();
}

}  // namespace kith
