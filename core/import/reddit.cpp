#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/hashtable.h"
#include "core/import/jsonlines.h"
#include "core/import/markup.h"
#include "core/import/readers.h"
#include "core/import/reddittext.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

enum class Item { Comment, Submission, Neither };

Item itemOf(const Json& value)
{
    if (value.has("body") && (value.has("link_id") || value.has("parent_id"))) return Item::Comment;
    if (value.has("title") && value.has("subreddit")) return Item::Submission;
    return Item::Neither;
}

bool isBot(std::string_view author)
{
    constexpr std::string_view ending = "bot";
    const auto last = author.substr(author.size() - std::min(author.size(), ending.size()));
    return asciiEqual(last, ending) || author == "AutoModerator";
}

std::string base36(std::int64_t number)
{
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string out;
    for (auto rest = static_cast<std::uint64_t>(number); rest > 0; rest /= 36)
        out += digits[rest % 36];
    std::ranges::reverse(out);
    return out;
}

/// "t1_abc" for what names itself so, for a bare id, and for the numbers of one old interface.
std::string fullName(const Json& value, std::string_view prefix)
{
    if (value.isNumber()) {
        const auto number = value.integer();
        return number && *number > 0 ? std::string(prefix) + base36(*number) : std::string();
    }
    const auto& text = value.text();
    if (text.empty() || text.starts_with("t1_") || text.starts_with("t3_")) return text;
    return std::string(prefix) + text;
}

/// One dump being read.
class RedditImport {
public:
    RedditImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), options_(options), sink_(sink), task_(task)
    {}

    ReadReport run()
    {
        JsonLines lines(file_, task_);
        while (auto line = lines.next()) {
            ++report_.seen;
            take(*line);
        }
        if (kept_ == 0) {
            throw Error(Error::Kind::BadInput, "no line is a Reddit comment or submission",
                        file_.place(), "Expected one JSON object a line, as in Pushshift dumps.");
        }
        report_.platform = "reddit";
        return report_;
    }

private:
    void take(JsonLines::Line& line)
    {
        const auto& value = line.value;
        const auto refuse = [&](std::string what) {
            sink_.problem({Outcome::Refused, line.place, std::move(what)});
        };
        if (!line.trouble.empty()) return refuse("the line is cut off or no JSON: " + line.trouble);
        const auto item = itemOf(value);
        if (item == Item::Neither) return refuse("the line is neither a comment nor a submission");
        if (value["promoted"].isTrue()) {
            return sink_.problem({Outcome::Skipped, line.place, "an advertisement"});
        }
        MessageRecord record;
        const bool comment = item == Item::Comment;
        record.id = fullName(
            value.has("name") && !value["name"].text().empty() ? value["name"] : value["id"],
            comment ? "t1_" : "t3_");
        if (record.id.empty()) return refuse("it has no id");
        record.timed = value.has("created_utc") && !value["created_utc"].isNull();
        const auto time = epochTime(value["created_utc"]);
        if (record.timed && !time) {
            return refuse("created_utc \"" + shorten(value["created_utc"].text(), 60) +
                          "\" is no time");
        }
        record.time = time.value_or(Time());
        record.place = std::move(line.place);
        fill(value, comment, record);
        ++kept_;
        sink_.message(std::move(record));
    }

    void fill(const Json& value, bool comment, MessageRecord& record)
    {
        record.conversation = value["subreddit"].text();
        if (record.conversation.empty()) record.conversation = options_.conversation;
        if (record.conversation.empty()) record.conversation = file_.stem();
        record.kind = comment ? MessageKind::Said : MessageKind::Post;
        const auto& author = value["author"].text();
        if (!isRedditGone(author)) record.account = author;
        record.bot = isBot(record.account);
        if (record.bot && bots_.first(tableKey(record.account))) {
            sink_.account({record.account, record.account, {}, true});
        }
        const auto& edited = value["edited"];
        record.edited = edited.isTrue() || edited.isNumber();
        fillText(value, comment, record);
        record.thread = comment ? fullName(value["link_id"], "t3_") : record.id;
        if (comment) fillReply(value, record);
        fillCrosspost(value, record);
    }

    static void fillText(const Json& value, bool comment, MessageRecord& record)
    {
        const auto& body = value[comment ? "body" : "selftext"].text();
        record.deleted = isRedditGone(body);
        if (record.deleted) return;
        record.text = decodeEntities(body);
        if (!comment) {
            const auto title = decodeEntities(value["title"].text());
            record.text = title + (trim(record.text).empty() ? "" : "\n\n" + record.text);
            const auto& url = value["url"].text();
            if (!value["is_self"].isTrue() && !url.empty()) record.attachments.push_back(url);
        }
        for (auto& name : redditMentions(record.text)) {
            if (name != record.account) {
                record.ties.push_back({TieKind::Mention, std::move(name), {}, 1});
            }
        }
    }

    /// The parent's author is not in the record; the submission's author must not stand in for
    /// them.
    static void fillReply(const Json& value, MessageRecord& record)
    {
        auto parent = fullName(value["parent_id"], "t1_");
        if (value["parent_id"].isNumber() && value["link_id"].isNumber() &&
            value["parent_id"].text() == value["link_id"].text()) {
            parent = record.thread;
        }
        if (parent.empty()) parent = record.thread;
        if (parent.empty() || parent == record.id) return;
        record.ties.insert(record.ties.begin(), {TieKind::Reply, {}, std::move(parent), 1});
    }

    static void fillCrosspost(const Json& value, MessageRecord& record)
    {
        const auto& origin = value["crosspost_parent"].text();
        if (origin.empty()) return;
        const auto list = value["crosspost_parent_list"].items();
        std::string author = list.empty() ? std::string() : list.front()["author"].text();
        if (isRedditGone(author)) author.clear();
        record.ties.push_back({TieKind::Repost, std::move(author), origin, 1});
    }

    OneFile file_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    ReadReport report_;
    std::uint64_t kept_ = 0;
    HashSet bots_;
};

class RedditReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"reddit",
                                     "Reddit comments and submissions (NDJSON)",
                                     {"reddit"},
                                     {".ndjson", ".jsonl", ".json", ".zst"},
                                     {.replies = true, .mentions = true, .reposts = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        if (!start.starts_with('{')) return {};
        const auto line = start.substr(0, start.find('\n'));
        const auto has = [&](std::string_view key) { return line.find(key) != line.npos; };
        if (!has("\"subreddit\"")) return {};
        if (has("\"body\"") && (has("\"link_id\"") || has("\"parent_id\""))) {
            return {92, "one JSON object a line, with the fields of a Reddit comment"};
        }
        if (has("\"title\"") && (has("\"selftext\"") || has("\"num_comments\""))) {
            return {92, "one JSON object a line, with the fields of a Reddit submission"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return RedditImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& redditReader()
{
    static const RedditReader reader;
    return reader;
}

}  // namespace kith
