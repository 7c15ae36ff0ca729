#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/hashtable.h"
#include "core/import/postrecords.h"
#include "core/import/readers.h"
#include "core/import/tweetdocument.h"
#include "core/import/tweetkinds.h"
#include "core/import/tweetposts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestNotice = 4U << 20U;

/// What a stream says between its posts.
bool isNotice(const Json& value)
{
    constexpr std::array<std::string_view, 9> notices{
        "delete",     "limit",   "scrub_geo", "status_withheld", "user_withheld", "warning",
        "disconnect", "friends", "event"};
    return std::ranges::any_of(
        notices, [&](auto key) { return value.members().size() <= 2 && value.has(key); });
}

/// Posts that the same stream takes back: their authors want them gone.
HashSet takenBack(const OneFile& file)
{
    HashSet ids;
    const auto source = file.open();
    LineReader lines(*source, file.name(), longestNotice);
    try {
        while (const auto line = lines.next()) {
            if (!line->starts_with("{\"delete\"")) continue;
            const auto status = Json::parse(*line)["delete"]["status"];
            const auto& id = status["id_str"].text();
            (void)ids.first(tableKey(id.empty() ? status["id"].text() : id));
        }
    } catch (const Error& error) {
        // One long line is a document, and a broken one is told when it is read.
        const bool told =
            error.kind() == Error::Kind::LimitReached || error.kind() == Error::Kind::BadInput;
        if (!told) throw;
    }
    return ids;
}

/// One file being read.
class TweetImport {
public:
    TweetImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), import_(options, sink, task), posts_(import_, file_.place())
    {}

    ReadReport run()
    {
        gone_ = takenBack(file_);
        PostRecords records(file_, import_.task(), {"statuses", "data"});
        std::optional<TweetDocument> document;
        if (records.isOneDocument()) {
            document.emplace(file_);
            document->learn(posts_);
        }
        while (const auto record = records.next()) {
            if (record->value == nullptr) {
                import_.refuse(record->place, record->trouble);
            } else if (record->list == "data") {
                take(*record->value, document ? document->page() : pageOf(*record), record->place);
            } else {
                alone(*record->value, record->place);
            }
        }
        posts_.finish();
        if (tweets_ == 0) throw noTweets();
        if (document) tellRest(*document);
        import_.report().platform = "x";
        return import_.report();
    }

private:
    void tellRest(const TweetDocument& document)
    {
        document.describe(posts_);
        if (!document.isPartial()) return;
        import_.note(file_.place(),
                     "the file is one answer that speaks of more posts than can be kept in mind: "
                     "of some that others pass on or quote, the text or the author is not known");
    }

    /// What the line that holds the list says beside it; nothing when the line was cut off.
    const TweetPage& pageOf(const PostRecords::Record& record)
    {
        if (record.page != nullptr && record.place.line == pageLine_) return page_;
        page_ = {};
        pageLine_.reset();
        if (record.page == nullptr) return page_;
        pageLine_ = record.place.line;
        fill(page_, *record.page);
        return page_;
    }

    void fill(TweetPage& page, const Json& line)
    {
        const auto& includes = line["includes"];
        for (const auto& user : includes["users"].items())
            posts_.meet(tweetUser(user), user["protected"].isTrue());
        for (const auto& media : includes["media"].items())
            page.media.emplace(media["media_key"].text(), &media);
        for (const auto& tweet : includes["tweets"].items())
            page.tweets.emplace(tweet["id"].text(), &tweet);
        for (const auto* tweet : tweetsOf(line)) page.tweets.emplace((*tweet)["id"].text(), tweet);
    }

    /// A tweet by itself, an answer with one, or one without any.
    void alone(const Json& value, const Place& place)
    {
        TweetPage page;
        fill(page, value);
        for (const auto* tweet : tweetsOf(value)) take(*tweet, page, place);
    }

    void take(const Json& tweet, const TweetPage& page, const Place& place)
    {
        if (isNotice(tweet)) return import_.skip(place, "a notice of the stream, no tweet");
        const auto kind = tweetKind(tweet);
        const bool old = kind == TweetKind::OldTweet && tweet.has("id_str");
        if (kind != TweetKind::Tweet && !old) {
            other_ = kind;
            return import_.skip(place, "no tweet: it is among " + std::string(name(kind)));
        }
        ++tweets_;
        const auto held = withheldReason(tweet);
        if (!held.empty()) return import_.skip(place, std::string(held));
        if (old) {
            meetOldPeople(tweet, posts_);
        } else {
            meetPeople(tweet, posts_);
        }
        finish(old ? oldPost(tweet, false) : newPost(tweet, page), tweet["created_at"], place);
    }

    void finish(XPost post, const Json& created, const Place& place)
    {
        if (post.id.empty()) return import_.refuse(place, "the tweet has no id");
        if (gone_.contains(tableKey(post.id))) {
            return import_.skip(place, "the stream says later that the tweet was deleted");
        }
        post.time = postTime(created.text());
        if (!created.isNull() && !post.time) {
            return import_.refuse(
                place, "the date \"" + shorten(created.text(), 60) + "\" cannot be read");
        }
        post.place = place;
        posts_.take(std::move(post));
    }

    Error noTweets()
    {
        if (import_.report().seen == 0)
            return {Error::Kind::BadInput, "the file holds no tweets", file_.place(),
                    "Expected the answers of the X API, one page or one tweet a line."};
        if (other_ == TweetKind::Other || other_ == TweetKind::OldTweet) {
            return {Error::Kind::BadInput, "no line is a tweet", file_.place(),
                    "Expected the answers of the X API, one page or one tweet a line."};
        }
        return {Error::Kind::FormatUnknown, "the file holds " + std::string(name(other_)),
                file_.place(), "Export the tweets themselves with the X API v2."};
    }

    OneFile file_;
    PostImport import_;
    XPosts posts_;
    HashSet gone_;
    TweetPage page_;  ///< of the line in hand
    std::optional<std::uint64_t> pageLine_;
    std::uint64_t tweets_ = 0;
    TweetKind other_ = TweetKind::Other;
};

/// The first few elements of a first line, which may be longer than what is looked at.
TweetKind firstKind(std::string_view head)
{
    try {
        const auto value = Json::parse(head.substr(0, head.find('\n')));
        const auto tweets = tweetsOf(value);
        const auto kind = tweets.empty() ? TweetKind::Other : tweetKind(*tweets.front());
        if (value.isObject() && !value.has("statuses")) return kind;
    } catch (const Error&) {
        // Cut by the probe: its first tweet may still be whole.
    }
    const auto source = sourceOver(std::string(head));
    JsonElements elements(*source, {}, {"data", "statuses", ""});
    const auto first = elements.next();
    if (!first || first->raw.empty()) return TweetKind::Other;
    try {
        return tweetKind(Json::parse(first->raw));
    } catch (const Error&) {
        return TweetKind::Other;
    }
}

class TweetsReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "x",
            "X (Twitter) posts as its interface (API v1.1 or v2) gives them",
            {"x"},
            {".jsonl", ".ndjson", ".json"},
            {.replies = true, .mentions = true, .reposts = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        if (!start.starts_with('{') && !start.starts_with('[')) return {};
        const auto holds = [&](std::string_view key) { return start.find(key) != start.npos; };
        const auto kind = firstKind(start);
        const bool context = holds("\"author_id\"") || holds("\"conversation_id\"") ||
                             holds("\"edit_history_tweet_ids\"");
        if (kind == TweetKind::Tweet && context)
            return {92, "one page or tweet of the X API v2 a line"};
        if (kind == TweetKind::OldTweet && holds("\"created_at\""))
            return {92, "tweets of the X API v1.1"};
        if (holds("\"search_metadata\"") && holds("\"statuses\""))
            return {50, "an answer of the X API v1.1"};
        const bool fromX = holds("\"__twarc\"") || kind == TweetKind::Counts ||
                           (kind == TweetKind::Compliance && holds("\"reason\""));
        if (start.starts_with('[') || kind == TweetKind::Other || !fromX) return {};
        return {50,
                "output of the X API v2, but " + std::string(name(kind)) + " rather than tweets"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return TweetImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& tweetsReader()
{
    static const TweetsReader reader;
    return reader;
}

}  // namespace kith
