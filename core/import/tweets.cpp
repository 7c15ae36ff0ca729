#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonlines.h"
#include "core/import/markup.h"
#include "core/import/readers.h"
#include "core/import/tweetkinds.h"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace kith {
namespace {

/// What a page says beside its tweets.
struct Page {
    std::map<std::string_view, const Json*> tweets;   ///< by id: `includes` and the page itself
    std::map<std::string_view, const Json*> userIds;  ///< user name -> user
};

void add(Page& page, const Json& tweet)
{
    page.tweets.emplace(tweet["id"].text(), &tweet);
}

/// A page holds `data`, one tweet or a list; anything else is one tweet by itself.
std::vector<const Json*> tweetsOf(const Json& line)
{
    std::vector<const Json*> all;
    const auto& data = line["data"];
    if (data.isArray()) {
        for (const auto& item : data.items()) all.push_back(&item);
    } else if (data.isObject()) {
        all.push_back(&data);
    } else if (!line.has("data") && !line.has("meta") && !line.has("errors")) {
        all.push_back(&line);
    }
    return all;
}

/// One file being read.
class TweetImport {
public:
    TweetImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), options_(options), sink_(sink), task_(task)
    {}

    ReadReport run()
    {
        JsonLines lines(file_, task_);
        while (const auto line = lines.next()) {
            if (line->trouble.empty()) {
                page(line->value, line->place);
            } else {
                brokenLine(*line);
            }
        }
        if (tweets_ == 0) throw noTweets();
        report_.platform = "x";
        return report_;
    }

private:
    void page(const Json& line, const Place& place)
    {
        Page context;
        const auto tweets = tweetsOf(line);
        for (const auto& user : line["includes"]["users"].items()) {
            describe(user);
            context.userIds.emplace(user["username"].text(), &user);
        }
        for (const auto& tweet : line["includes"]["tweets"].items()) add(context, tweet);
        for (const auto* tweet : tweets) add(context, *tweet);
        for (const auto* tweet : tweets) take(*tweet, context, place);
    }

    /// A line that was cut while it was written: the tweets that are whole are kept.
    void brokenLine(const JsonLines::Line& line)
    {
        const auto source = sourceOver(line.text);
        JsonElements elements(*source, line.place, {"data"});
        const Page nothing;
        while (const auto element = elements.next()) {
            try {
                take(Json::parse(element->raw, line.place), nothing, line.place);
            } catch (const Error& error) {
                refuse(line.place, "the tweet cannot be read: " + error.cause());
            }
        }
        refuse(line.place, "the line is cut off or no JSON: " + line.trouble);
    }

    void refuse(const Place& place, std::string what)
    {
        ++report_.seen;
        sink_.problem({Outcome::Refused, place, std::move(what)});
    }

    void skip(const Place& place, std::string what)
    {
        ++report_.seen;
        sink_.problem({Outcome::Skipped, place, std::move(what)});
    }

    void describe(const Json& user)
    {
        const auto& id = user["id"].text();
        if (id.empty() || user["username"].text().empty() || !described_.insert(id).second) return;
        sink_.account({id, user["name"].text(), user["username"].text(), false});
        if (!user["protected"].isTrue() || std::exchange(protectedSaid_, true)) return;
        sink_.problem(
            {Outcome::Noted, file_.place(),
             "it holds tweets of protected accounts, which were not meant for the public"});
    }

    void take(const Json& tweet, const Page& page, const Place& place)
    {
        const auto kind = tweetKind(tweet);
        if (kind != TweetKind::Tweet) {
            other_ = kind;
            return skip(place, "no tweet: it is among " + std::string(name(kind)));
        }
        ++tweets_;
        if (tweet.has("withheld")) return skip(place, "the tweet is withheld, so it is left out");
        describePeople(tweet);
        MessageRecord record;
        record.id = tweet["id"].text();
        if (record.id.empty()) return refuse(place, "the tweet has no id");
        const auto time = parseIso(tweet["created_at"].text());
        record.timed = tweet.has("created_at");
        if (record.timed && !time) {
            return refuse(place, "the date \"" + shorten(tweet["created_at"].text(), 60) +
                                     "\" cannot be read");
        }
        if (time) {
            record.time = Time(time->wall.time_since_epoch() -
                               time->offset.value_or(std::chrono::minutes(0)));
        }
        record.account = authorOf(tweet);
        record.conversation = options_.conversation.empty() ? "X" : options_.conversation;
        record.thread = tweet["conversation_id"].text();
        record.text = wordsOf(tweet);
        record.edited = tweet["edit_history_tweet_ids"].items().size() > 1;
        record.place = place;
        fillTies(tweet, page, record);
        for (const auto& key : tweet["attachments"]["media_keys"].items()) {
            record.attachments.push_back(key.isObject() ? key["type"].text() : "media");
        }
        ++report_.seen;
        sink_.message(std::move(record));
    }

    /// In a flat file the people stand inside the tweet.
    void describePeople(const Json& tweet)
    {
        describe(tweet["author"]);
        describe(tweet["in_reply_to_user"]);
        for (const auto& reference : tweet["referenced_tweets"].items()) {
            describe(reference["author"]);
            describe(reference["in_reply_to_user"]);
        }
    }

    static std::string authorOf(const Json& tweet)
    {
        const auto& id = tweet["author_id"].text();
        return id.empty() ? tweet["author"]["id"].text() : id;
    }

    /// The long form where there is one; references like &amp; decoded once.
    static std::string wordsOf(const Json& tweet)
    {
        const auto& note = tweet["note_tweet"]["text"].text();
        return decodeEntities(note.empty() ? tweet["text"].text() : note);
    }

    static void fillTies(const Json& tweet, const Page& page, MessageRecord& record)
    {
        std::string answered = tweet["in_reply_to_user_id"].text();
        std::string answeredTweet;
        bool reply = !answered.empty();
        for (const auto& reference : tweet["referenced_tweets"].items()) {
            const auto& id = reference["id"].text();
            const auto known = page.tweets.find(id);
            const Json& target =
                reference.has("text") || known == page.tweets.end() ? reference : *known->second;
            const auto& type = reference["type"].text();
            auto author = authorOf(target);
            if (type == "replied_to") {
                if (answered.empty()) answered = std::move(author);
                answeredTweet = id;
                reply = true;
            } else if (type == "quoted") {
                record.ties.push_back({TieKind::Quote, std::move(author), id, 1});
            } else if (type == "retweeted") {
                if (author.empty()) author = retweetedName(tweet, page);
                return fillRetweet(target, std::move(author), id, record);
            }
        }
        if (reply) {
            record.ties.insert(record.ties.begin(),
                               {TieKind::Reply, answered, std::move(answeredTweet), 1});
        }
        fillMentions(tweet, page, answered, record);
    }

    /// The words are another's, and so are the mentions in them.
    static void fillRetweet(const Json& target, std::string author, const std::string& id,
                            MessageRecord& record)
    {
        record.kind = MessageKind::Repost;
        if (target.has("text")) record.text = wordsOf(target);
        record.ties = {{TieKind::Repost, std::move(author), id, 1}};
    }

    /// "RT @ann: ..." when the tweet itself is not there: the first mention is its author.
    static std::string retweetedName(const Json& tweet, const Page& page)
    {
        constexpr std::int64_t behindRt = 3;
        const auto mentions = tweet["entities"]["mentions"].items();
        if (mentions.empty() || mentions.front()["start"].integer() != behindRt) return {};
        return mentioned(mentions.front(), page);
    }

    static std::string mentioned(const Json& mention, const Page& page)
    {
        const auto& id = mention["id"].text();
        if (!id.empty()) return id;
        const auto& handle = mention["username"].text();
        const auto known = page.userIds.find(handle);
        return known == page.userIds.end() ? handle : (*known->second)["id"].text();
    }

    /// A reply names whom it answers: that is one act, so no mention beside the reply.
    static void fillMentions(const Json& tweet, const Page& page, const std::string& answered,
                             MessageRecord& record)
    {
        std::vector<std::string> done{answered, record.account, std::string()};
        for (const auto& mention : tweet["entities"]["mentions"].items()) {
            auto key = mentioned(mention, page);
            if (std::ranges::find(done, key) != done.end()) continue;
            done.push_back(key);
            record.ties.push_back({TieKind::Mention, std::move(key), {}, 1});
        }
    }

    Error noTweets() const
    {
        if (report_.seen == 0)
            return {Error::Kind::BadInput, "the file holds no tweets", file_.place()};
        if (other_ == TweetKind::Other) {
            return {
                Error::Kind::BadInput, "no line is a tweet", file_.place(),
                "Expected one page or one tweet of the X API v2 a line, as twarc2 writes them."};
        }
        return {Error::Kind::FormatUnknown, "the file holds " + std::string(name(other_)),
                file_.place(), "Export the tweets themselves with the X API v2."};
    }

    OneFile file_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    ReadReport report_;
    std::uint64_t tweets_ = 0;
    TweetKind other_ = TweetKind::Other;
    bool protectedSaid_ = false;
    std::unordered_set<std::string> described_;
};

/// The first few elements of a first line, which may be longer than what is looked at.
TweetKind firstKind(std::string_view head)
{
    const auto line = head.substr(0, head.find('\n'));
    try {
        const auto value = Json::parse(line);
        const auto tweets = tweetsOf(value);
        return tweets.empty() ? TweetKind::Other : tweetKind(*tweets.front());
    } catch (const Error&) {
        // Cut by the probe: its first tweet may still be whole.
    }
    const auto source = sourceOver(std::string(line));
    JsonElements elements(*source, {}, {"data"});
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
        static const FormatInfo info{"x",
                                     "X (Twitter) API v2, one page or tweet a line",
                                     {"x"},
                                     {".jsonl", ".ndjson", ".json"},
                                     {.replies = true, .mentions = true, .reposts = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        if (!start.starts_with('{')) return {};
        const auto kind = firstKind(start);
        const bool context = start.find("\"author_id\"") != start.npos ||
                             start.find("\"conversation_id\"") != start.npos ||
                             start.find("\"edit_history_tweet_ids\"") != start.npos;
        if (kind == TweetKind::Tweet && context)
            return {92, "one page or tweet of the X API v2 a line"};
        if (kind == TweetKind::OldTweet || start.find("\"search_metadata\"") != start.npos) {
            return {50, "JSON of the X API v1.1, which is refused by name"};
        }
        const bool fromX =
            start.find("\"__twarc\"") != start.npos || kind == TweetKind::Counts ||
            (kind == TweetKind::Compliance && start.find("\"reason\"") != start.npos);
        if (kind == TweetKind::Other || !fromX) return {};
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
