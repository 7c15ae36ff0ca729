#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/discordnames.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"
#include "core/import/tabledates.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace kith {
namespace {

/// Which column is which: the newer tables begin with the author's id, the older ones have none.
struct Columns {
    std::optional<std::size_t> id, author, date, content, attachments, reactions;
    std::size_t width = 0;
};

/// nullopt when a row is not the first row of such a table.
std::optional<Columns> columnsOf(const std::vector<std::string>& row)
{
    Columns all;
    all.width = row.size();
    const std::array<std::pair<std::string_view, std::optional<std::size_t>*>, 6> known{
        {{"AuthorID", &all.id},
         {"Author", &all.author},
         {"Date", &all.date},
         {"Content", &all.content},
         {"Attachments", &all.attachments},
         {"Reactions", &all.reactions}}};
    for (std::size_t at = 0; at < row.size(); ++at) {
        const auto name = trim(row[at]);
        if (name.empty()) continue;
        const auto found =
            std::ranges::find(known, name, [](const auto& one) { return one.first; });
        if (found == known.end() || found->second->has_value()) return std::nullopt;
        *found->second = at;
    }
    const bool whole = all.author && all.date && all.content && (all.id || all.attachments);
    return whole ? std::optional(all) : std::nullopt;
}

/// "14-Aug-18 11:18 AM" as "14 Aug 2018 11:18 AM".
std::string plainDate(std::string_view cell)
{
    cell = trim(cell);
    const auto pieces = split(cell.substr(0, cell.find(' ')), '-');
    const bool named = pieces.size() == 3 && pieces[0].size() <= 2 && pieces[1].size() == 3 &&
                       pieces[2].size() == 2 && !parseInteger(pieces[1]);
    if (!named) return std::string(cell);
    const auto rest = cell.find(' ');
    return fmt::format("{} {} 20{}{}", pieces[0], pieces[1], pieces[2],
                       rest == cell.npos ? std::string_view() : cell.substr(rest));
}

/// What the exporter writes, in English always, where Discord shows a notice.
bool isNotice(std::string_view text)
{
    constexpr std::array<std::string_view, 5> whole{"Joined the server.", "Pinned a message.",
                                                    "Started a thread.", "Left the group.",
                                                    "Changed the channel icon."};
    if (std::ranges::find(whole, text) != whole.end()) return true;
    return text.starts_with("Started a call that lasted ") && text.ends_with(" minutes.");
}

class DiscordTable {
public:
    DiscordTable(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), options_(options), sink_(sink), task_(task), people_(sink)
    {}

    ReadReport run()
    {
        task_.begin("Reading " + file_.name(), file_.size() * 2);
        nameConversation();
        walk([&](const CsvRow& row) { dates_.survey(cellDate(row), row.line); });
        dates_.decide(options_.dates, file_);
        walk([&](const CsvRow& row) { take(row); });
        tell();
        const bool wall = dates_.hasWallTimes();
        return {seen_, "discord", wall ? options_.zone.value_or(Zone()).name() : "", true};
    }

private:
    template <class Use>
    void walk(Use use)
    {
        const auto source = file_.open();
        CsvReader rows(*source, file_.name());
        rows.takeCut();
        columns_.reset();
        std::uint64_t before = 0;
        while (const auto* row = rows.next()) {
            task_.advance(rows.consumed() - std::exchange(before, rows.consumed()));
            if (columns_) {
                use(*row);
                continue;
            }
            columns_ = columnsOf(row->fields);
            if (!columns_) {
                throw Error(
                    Error::Kind::BadInput, "the first row does not name Author, Date and Content",
                    file_.line(row->line), "Export the channel again with DiscordChatExporter.");
            }
        }
    }

    std::string cell(const CsvRow& row, const std::optional<std::size_t>& column) const
    {
        return column && *column < row.fields.size() ? row.fields[*column] : std::string();
    }
    std::string cellDate(const CsvRow& row) const { return plainDate(cell(row, columns_->date)); }

    void nameConversation()
    {
        if (const auto named = discordFileName(file_.stem())) {
            conversation_ = discordConversation(named->channel, named->guild, named->id);
        } else {
            conversation_ = options_.conversation.empty() ? file_.stem() : options_.conversation;
        }
    }

    void take(const CsvRow& row)
    {
        ++seen_;
        const auto place = file_.line(row.line);
        const auto refuse = [&](std::string what) {
            sink_.problem({Outcome::Refused, place, std::move(what)});
        };
        if (row.cut) return refuse(std::string(cutRow));
        if (row.fields.size() + 1 < columns_->width || row.fields.size() > columns_->width) {
            return refuse(fmt::format("the row has {} fields instead of {}", row.fields.size(),
                                      columns_->width));
        }
        const auto when = dates_.read(cellDate(row), options_.zone.value_or(Zone()));
        if (!when) {
            return refuse("the date \"" + shorten(cell(row, columns_->date), 60) +
                          "\" is not understood");
        }
        auto text = cell(row, columns_->content);
        const auto author = cell(row, columns_->author);
        if (isNotice(text)) {
            return sink_.system(
                {{}, conversation_, when->time, true, withoutNul(author + ": " + text), place});
        }
        MessageRecord message;
        message.conversation = conversation_;
        message.time = when->time;
        message.certainty = when->certainty;
        message.place = place;
        message.account = accountOf(cell(row, columns_->id), author);
        message.text = withoutFileKeys(std::move(text), keys_);
        addFiles(cell(row, columns_->attachments), message);
        if (!trim(cell(row, columns_->reactions)).empty()) ++reacted_;
        if (row.repaired)
            sink_.problem({Outcome::Repaired, place, "the row is no UTF-8; read as Windows-1252"});
        limitText(message, sink_);
        sink_.message(std::move(message));
    }

    std::string accountOf(const std::string& id, const std::string& author)
    {
        if (id == deletedDiscordUser) return {};
        auto key = withoutNul(id.empty() ? author : id);
        people_.tell(key, author, author);
        return key;
    }

    void addFiles(const std::string& cell, MessageRecord& message)
    {
        for (const auto one : split(cell, ',')) {
            const auto address = trim(one);
            if (address.empty()) continue;
            if (address.find('?') != address.npos) ++keys_;
            message.attachments.push_back(withoutNul(fileNameOf(address)));
        }
    }

    void tell()
    {
        const auto note = [&](std::string what) {
            sink_.problem({Outcome::Noted, file_.place(), std::move(what)});
        };
        if (keys_ > 0)
            note(fmt::format("{} links to files held an access key, which is not kept", keys_));
        if (reacted_ > 0)
            note(
                fmt::format("{} messages have reactions, but a table does not say whose; an "
                            "export as JSON does",
                            reacted_));
        if (dates_.hasWallTimes() && !options_.zone)
            note(
                "the times carry no time zone and are read as UTC; pass --zone to say where the "
                "export was made");
    }

    OneFile file_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    SenderBook people_;
    TableDates dates_;
    std::optional<Columns> columns_;
    std::string conversation_;
    std::uint64_t seen_ = 0;
    std::uint64_t keys_ = 0;
    std::uint64_t reacted_ = 0;
};

class DiscordTableReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"discord-csv",
                                     "Discord channel, by DiscordChatExporter (CSV)",
                                     {"discord"},
                                     {".csv"},
                                     {},
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto rows = firstRows(probe.head, probe.whole, 2);
        if (rows.empty() || !columnsOf(rows.front().fields)) return {};
        return {95, "a table with the columns that DiscordChatExporter writes"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return DiscordTable(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& discordTableReader()
{
    static const DiscordTableReader reader;
    return reader;
}

}  // namespace kith
