#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/hashtable.h"
#include "core/import/jsonlines.h"
#include "core/import/jsontable.h"
#include "core/import/markup.h"
#include "core/import/readers.h"
#include "core/import/reddittext.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

enum class Field {
    Author,
    Body,
    Created,
    Crosspost,
    CrosspostList,
    Edited,
    Id,
    IsSelf,
    Link,
    Name,
    Parent,
    Promoted,
    SelfText,
    Subreddit,
    Title,
    Url
};
constexpr JsonTable<Field, 16> fields({"author", "body", "created_utc", "crosspost_parent",
                                       "crosspost_parent_list", "edited", "id", "is_self",
                                       "link_id", "name", "parent_id", "promoted", "selftext",
                                       "subreddit", "title", "url"});
using Post = decltype(fields)::Found;

enum class Item { Comment, Submission, Neither };

Item itemOf(const Post& post)
{
    if (post.has(Field::Body) && (post.has(Field::Link) || post.has(Field::Parent)))
        return Item::Comment;
    if (post.has(Field::Title) && post.has(Field::Subreddit)) return Item::Submission;
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
/// @param out empty before, and after where there is none
void putFullName(const Json& value, std::string_view prefix, std::string& out)
{
    const std::string_view text = value.text();
    if (value.isNumber()) {
        const auto number = value.integer();
        if (number && *number > 0) out.append(prefix).append(base36(*number));
        return;
    }
    const bool complete = text.empty() || text.starts_with("t1_") || text.starts_with("t3_");
    if (!complete) out = prefix;
    out += text;
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
        while (const auto* line = lines.next()) {
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
    void take(const JsonLines::Line& line)
    {
        const auto refuse = [&](std::string what) {
            sink_.problem({Outcome::Refused, line.place, std::move(what)});
        };
        if (!line.trouble.empty()) return refuse("the line is cut off or no JSON: " + line.trouble);
        const auto post = fields.of(line.value);
        const auto item = itemOf(post);
        if (item == Item::Neither) return refuse("the line is neither a comment nor a submission");
        if (post[Field::Promoted].isTrue())
            return sink_.problem({Outcome::Skipped, line.place, "an advertisement"});
        auto& record = sink_.blank();
        const bool comment = item == Item::Comment;
        const auto& named = post[Field::Name].text().empty() ? post[Field::Id] : post[Field::Name];
        putFullName(named, comment ? "t1_" : "t3_", record.id);
        if (record.id.empty()) return refuse("it has no id");
        const auto& created = post[Field::Created];
        record.timed = !created.isNull();
        const auto time = epochTime(created);
        if (record.timed && !time)
            return refuse("created_utc \"" + shorten(created.text(), 60) + "\" is no time");
        record.time = time.value_or(Time());
        record.place = line.place;
        fill(post, comment, record);
        ++kept_;
        sink_.message(std::move(record));
    }

    void fill(const Post& post, bool comment, MessageRecord& record)
    {
        record.conversation = std::string_view(post[Field::Subreddit].text());
        if (record.conversation.empty()) record.conversation = options_.conversation;
        if (record.conversation.empty()) record.conversation = file_.stem();
        record.kind = comment ? MessageKind::Said : MessageKind::Post;
        const std::string_view author = post[Field::Author].text();
        if (!isRedditGone(author)) record.account = author;
        record.bot = isBot(record.account);
        if (record.bot && bots_.first(tableKey(record.account)))
            sink_.account({record.account, record.account, {}, true});
        const auto& edited = post[Field::Edited];
        record.edited = edited.isTrue() || edited.isNumber();
        if (comment)
            putFullName(post[Field::Link], "t3_", record.thread);
        else
            record.thread = record.id;
        if (comment) fillReply(post, record);
        fillText(post, comment, record);
        fillCrosspost(post, record);
    }

    /// Looked for in what was read rather than in the record, whose memory another processor may
    /// still hold: every name has a slash, or stands for one.
    static bool mayMention(std::string_view written)
    {
        return written.find('/') != written.npos || written.find('&') != written.npos;
    }

    static void fillText(const Post& post, bool comment, MessageRecord& record)
    {
        const auto& body = post[comment ? Field::Body : Field::SelfText].text();
        record.deleted = isRedditGone(body);
        if (record.deleted) return;
        if (comment) {
            decodeEntities(body, record.text);
        } else {
            fillSubmission(post, decodeEntities(body), record);
        }
        if (comment && !mayMention(body)) return;
        for (auto& name : redditMentions(record.text)) {
            if (name != record.account)
                record.ties.push_back({TieKind::Mention, std::move(name), {}, 1});
        }
    }

    static void fillSubmission(const Post& post, const std::string& body, MessageRecord& record)
    {
        decodeEntities(post[Field::Title].text(), record.text);
        if (!trim(body).empty()) record.text.append("\n\n").append(body);
        const auto& url = post[Field::Url].text();
        if (!post[Field::IsSelf].isTrue() && !url.empty()) record.attachments.push_back(url);
    }

    /// The parent's author is not in the record; the submission's author must not stand in for
    /// them.
    static void fillReply(const Post& post, MessageRecord& record)
    {
        const auto& parent = post[Field::Parent];
        const auto& link = post[Field::Link];
        TieRecord tie{TieKind::Reply, {}, {}, 1};
        // The numbers of one old interface: the submission has the comment's number.
        const bool top = parent.isNumber() && link.isNumber() && parent.text() == link.text();
        if (!top) putFullName(parent, "t1_", tie.message);
        if (tie.message.empty()) tie.message = record.thread;
        if (!tie.message.empty() && tie.message != record.id) record.ties.push_back(std::move(tie));
    }

    static void fillCrosspost(const Post& post, MessageRecord& record)
    {
        const auto& origin = post[Field::Crosspost].text();
        if (origin.empty()) return;
        const auto list = post[Field::CrosspostList].items();
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
