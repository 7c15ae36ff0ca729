#include "core/import/fourcat.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/postrecords.h"
#include "core/import/readers.h"
#include "core/import/recordtable.h"
#include "core/import/tablecells.h"

#include <utility>

namespace kith {
namespace {

FourcatRow rowOf(const RecordTable& table)
{
    return {[&table](ColumnNames names) { return table.cell(names); },
            [&table](ColumnNames names) { return table.words(names); }, table.place()};
}

FourcatRow rowOf(const Json& value, const Place& place)
{
    const auto ask = [&value](ColumnNames names) -> std::string {
        for (const auto name : names) {
            const auto text = value[name].text();
            if (!text.empty()) return text;
        }
        return {};
    };
    return {ask, ask, place};
}

bool isCore(const Json& value)
{
    return value.has("id") && value.has("thread_id") && value["author"].isString() &&
           value.has("body") && (value.has("timestamp") || value.has("unix_timestamp"));
}

bool beginsAsJson(const OneFile& file)
{
    const auto source = file.open();
    LineReader lines(*source, file.name(), std::size_t{64} << 20U);
    const auto first = lines.next();
    return first && trim(*first).starts_with('{');
}

/// One data set being read, twice: first for who is who.
class FourcatImport {
public:
    FourcatImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package),
          import_(options, sink, task),
          posts_(import_, import_.conversation(file_.stem()))
    {}

    ReadReport run()
    {
        const bool json = beginsAsJson(file_);
        json ? learnLines() : learnTable();
        json ? readLines() : readTable();
        if (import_.kept() == 0) {
            throw Error(Error::Kind::BadInput, "the data set holds no post that can be read",
                        file_.place(), "Export it from 4CAT as CSV.");
        }
        import_.report().platform = posts_.platform().empty() ? "4cat" : posts_.platform();
        return import_.report();
    }

private:
    void learnTable()
    {
        RecordTable table(file_, import_.task(), "Looking through ");
        while (table.next()) {
            if (table.isEmpty() || !table.objection().empty()) continue;
            posts_.learn(rowOf(table));
        }
    }

    void readTable()
    {
        RecordTable table(file_, import_.task(), "Reading ");
        while (table.next()) {
            if (table.refused(import_)) continue;
            if (isMangled(table.cell({"id"}))) {
                import_.refuse(table.place(),
                               "the id " + table.cell({"id"}) + " was rounded by a spreadsheet");
            } else {
                posts_.take(rowOf(table));
            }
        }
    }

    void learnLines()
    {
        JsonLines lines(file_, import_.task());
        while (const auto* line = lines.next()) {
            if (line->trouble.empty()) posts_.learn(rowOf(line->value, line->place));
        }
    }

    void readLines()
    {
        JsonLines lines(file_, import_.task());
        while (const auto* line = lines.next()) {
            if (!line->trouble.empty()) {
                import_.refuse(line->place, "the line is cut off or no JSON: " + line->trouble);
            } else if (!isCore(line->value)) {
                import_.refuse(line->place, "the line is no row of a 4CAT data set");
            } else {
                posts_.take(rowOf(line->value, line->place));
            }
        }
    }

    OneFile file_;
    PostImport import_;
    FourcatPosts posts_;
};

class FourcatReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "4cat",
            "4CAT data set (CSV or NDJSON)",
            {"4cat", "telegram", "bluesky", "reddit", "tiktok", "instagram", "threads", "youtube",
             "facebook", "linkedin", "tumblr", "4chan", "8kun", "vk", "truthsocial", "gab",
             "douyin", "pinterest"},
            {".csv", ".ndjson"},
            {.replies = true, .mentions = true, .reposts = true},
            true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        if (start.starts_with('{')) {
            const auto first = firstPostIn(start, {});
            if (first && isCore(*first)) return {85, "rows with the fields of a 4CAT data set"};
            return {};
        }
        const auto columns = columnsOf(probe.head, probe.whole);
        const bool core = columns.hasAll({"id", "thread_id", "author", "body"}) &&
                          columns.hasAny({"timestamp", "unix_timestamp"});
        const bool posts = columns.hasAll({"is_retweet", "is_quote_tweet"});
        if (!core || posts) return {};
        return {85, "a table with the columns that 4CAT gives every data set"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return FourcatImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& fourcatReader()
{
    static const FourcatReader reader;
    return reader;
}

}  // namespace kith
