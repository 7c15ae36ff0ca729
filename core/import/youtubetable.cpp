#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/readers.h"
#include "core/import/recordtable.h"
#include "core/import/tabledates.h"
#include "core/import/youtubenames.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

/// "videoinfo_dQw4w9WgXcQ_2024_comments.csv": the file's name alone says which video it is.
std::string videoIn(std::string_view fileName)
{
    constexpr std::string_view front = "videoinfo_";
    constexpr std::size_t length = 11;
    const auto at = fileName.find(front);
    if (at == std::string_view::npos) return {};
    const auto id = fileName.substr(at + front.size(), length);
    const bool whole = std::ranges::all_of(
        id, [](char c) { return isDigit(c) || isLetter(c) || c == '_' || c == '-'; });
    return whole && id.size() == length ? std::string(id) : std::string();
}

/// One table being read, twice: first for names and for how dates are written.
class CommentTable {
public:
    CommentTable(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package),
          import_(options, sink, task),
          zone_(options.zone.value_or(Zone())),
          video_(videoIn(file_.name()))
    {
        if (video_.empty()) video_ = import_.conversation(file_.stem());
    }

    ReadReport run()
    {
        survey();
        dates_.decide(import_.options().dates, file_);
        if (dates_.hasWallTimes()) {
            import_.report().zone = zone_.name();
            if (!import_.options().zone) {
                import_.note(file_.place(), "the times name no time zone; they were read as UTC");
            }
        }
        RecordTable table(file_, import_.task(), "Reading ", RecordTable::Quotes::Backslash);
        while (table.next()) {
            if (!table.refused(import_)) take(table);
        }
        if (import_.kept() == 0) {
            throw Error(Error::Kind::BadInput, "the table holds no comment that can be read",
                        file_.place(), "Take the comments file of the video, not its summary.");
        }
        import_.report().platform = "youtube";
        return import_.report();
    }

private:
    void survey()
    {
        RecordTable table(file_, import_.task(), "Looking through ",
                          RecordTable::Quotes::Backslash);
        while (table.next()) {
            if (table.isEmpty() || !table.objection().empty()) continue;
            dates_.survey(table.cell({"publishedat"}), table.place().line.value_or(1));
            names_.learn(table.words({"authorname"}), keyOf(table));
        }
    }

    /// Where names were made unrecognisable there are no channels: the name is the key.
    static std::string keyOf(const RecordTable& table)
    {
        const auto channel = table.cell({"authorchannelid"});
        return channel.empty() ? nfc(table.words({"authorname"})) : channel;
    }

    void take(const RecordTable& table)
    {
        MessageRecord record;
        record.place = table.place();
        record.id = table.cell({"id"});
        if (record.id.empty()) return import_.refuse(record.place, "the comment has no id");
        const auto written = table.cell({"publishedat"});
        const auto moment = dates_.read(written, zone_);
        if (!moment) {
            return import_.refuse(record.place,
                                  "the date \"" + shorten(written, 60) + "\" cannot be read");
        }
        record.time = moment->time;
        record.certainty = moment->certainty;
        record.conversation = table.cell({"videoid"});
        if (record.conversation.empty()) record.conversation = video_;
        record.account = keyOf(table);
        const auto name = table.words({"authorname"});
        import_.describe(
            {record.account, name, name.starts_with('@') ? name.substr(1) : "", false});
        record.text = table.words({"text"});
        // A lone comment names itself or nobody as the one it answers.
        auto parent = table.cell({"isreplyto"});
        const bool reply = table.yes({"isreply"}) || (!parent.empty() && parent != record.id);
        if (!reply) parent.clear();
        addYoutubeAnswer(parent, {}, names_, record);
        import_.send(std::move(record));
    }

    OneFile file_;
    PostImport import_;
    Zone zone_;
    std::string video_;
    TableDates dates_;
    YoutubeNames names_;
};

class YoutubeTableReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"youtube-table",
                                     "YouTube comments as a table (YouTube Data Tools)",
                                     {"youtube"},
                                     {".csv", ".tab", ".tsv"},
                                     {.replies = true, .mentions = true},
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto columns = columnsOf(probe.head, probe.whole);
        if (!columns.hasAll({"id", "publishedat", "authorname", "text", "isreplyto"})) return {};
        return {92, "a table with the columns of comments that YouTube Data Tools writes"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return CommentTable(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& youtubeTableReader()
{
    static const YoutubeTableReader reader;
    return reader;
}

}  // namespace kith
