#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/markup.h"
#include "core/import/postimport.h"
#include "core/import/postrecords.h"
#include "core/import/readers.h"
#include "core/import/youtubenames.h"

#include <utility>

namespace kith {
namespace {

const std::vector<std::string>& lists()
{
    static const std::vector<std::string> all{"items"};
    return all;
}

bool isComment(const Json& value)
{
    const auto& snippet = value["snippet"];
    return snippet.has("textDisplay") || snippet.has("textOriginal");
}

bool isThread(const Json& value)
{
    return isComment(value["snippet"]["topLevelComment"]);
}

/// One file being read: threads with up to five of their answers, or bare comments.
class YoutubeImport {
public:
    YoutubeImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), import_(options, sink, task)
    {}

    ReadReport run()
    {
        PostRecords records(file_, import_.task(), lists());
        while (const auto record = records.next()) {
            if (record->value == nullptr) {
                import_.refuse(record->place, record->trouble);
            } else {
                take(*record->value, record->place);
            }
        }
        noteMissing();
        if (known_ == 0) {
            throw Error(Error::Kind::BadInput, "the file holds no comments of YouTube",
                        file_.place(),
                        "Expected comment threads as YouTube's interface gives them.");
        }
        import_.report().platform = "youtube";
        return import_.report();
    }

private:
    void take(const Json& value, const Place& place)
    {
        if (isComment(value)) return takeComment(value, {}, {}, place);
        if (!isThread(value)) return import_.refuse(place, "the record is no comment of YouTube");
        const auto& snippet = value["snippet"];
        const auto& video = snippet["videoId"].text();
        names_.clear();
        const auto& top = snippet["topLevelComment"];
        names_.learn(top["snippet"]["authorDisplayName"].text(), keyOf(top));
        const auto answers = value["replies"]["comments"].items();
        for (const auto& one : answers)
            names_.learn(one["snippet"]["authorDisplayName"].text(), keyOf(one));
        takeComment(top, video, {}, place);
        for (const auto& one : answers) takeComment(one, video, keyOf(top), place);
        const auto said = snippet["totalReplyCount"].integer().value_or(0);
        const auto there = static_cast<std::int64_t>(answers.size());
        if (said > there) missing_ += said - there;
    }

    /// The channel where there is one; without it the name is all that is known.
    static std::string keyOf(const Json& comment)
    {
        const auto& snippet = comment["snippet"];
        const auto& channel = snippet["authorChannelId"];
        const auto& id = channel.isObject() ? channel["value"].text() : channel.text();
        return id.empty() ? snippet["authorDisplayName"].text() : id;
    }

    void takeComment(const Json& comment, const std::string& video, const std::string& answered,
                     const Place& place)
    {
        ++known_;
        const auto& snippet = comment["snippet"];
        MessageRecord record;
        record.id = comment["id"].text();
        if (record.id.empty()) return import_.refuse(place, "the comment has no id");
        const auto time = postTime(snippet["publishedAt"].text());
        if (!time) {
            return import_.refuse(
                place,
                "the date \"" + shorten(snippet["publishedAt"].text(), 60) + "\" cannot be read");
        }
        record.time = *time;
        const auto& own = snippet["videoId"].text();
        record.conversation = own.empty() ? video : own;
        if (record.conversation.empty()) record.conversation = import_.conversation(file_.stem());
        record.account = keyOf(comment);
        const std::string name = snippet["authorDisplayName"].text();
        import_.describe(
            {record.account, name, name.starts_with('@') ? name.substr(1) : "", false});
        record.text = snippet["textOriginal"].text();
        if (record.text.empty()) record.text = htmlToText(snippet["textDisplay"].text());
        const auto& changed = snippet["updatedAt"].text();
        record.edited = !changed.empty() && changed != snippet["publishedAt"].text();
        record.place = place;
        addYoutubeAnswer(snippet["parentId"].text(), answered, names_, record);
        import_.send(std::move(record));
    }

    void noteMissing()
    {
        if (missing_ == 0) return;
        import_.note(file_.place(), "it is incomplete: " + withSeparators(missing_) +
                                        " answers are counted in it that it does not hold");
    }

    OneFile file_;
    PostImport import_;
    std::uint64_t known_ = 0;
    std::int64_t missing_ = 0;
    YoutubeNames names_;
};

class YoutubeReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"youtube",
                                     "YouTube comments as its interface gives them (JSON)",
                                     {"youtube"},
                                     {".json", ".jsonl", ".ndjson"},
                                     {.replies = true, .mentions = true},
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto says = [&](std::string_view text) {
            return probe.head.find(text) != std::string_view::npos;
        };
        if (!says("\"snippet\"")) return {};
        const auto first = firstPostIn(probe.head, lists());
        if (first && (isThread(*first) || (isComment(*first) && says("\"authorDisplayName\""))))
            return {92, "comment threads of YouTube"};
        if (says("youtube#commentThreadListResponse") || says("youtube#commentListResponse"))
            return {80, "an answer of YouTube's interface with comments"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return YoutubeImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& youtubeReader()
{
    static const YoutubeReader reader;
    return reader;
}

}  // namespace kith
