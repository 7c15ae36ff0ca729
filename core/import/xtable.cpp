#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/json.h"
#include "core/import/readers.h"
#include "core/import/recordtable.h"
#include "core/import/tablecells.h"
#include "core/import/tabledates.h"
#include "core/import/xposts.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

// The columns of TAGS, twarc-csv, 4CAT, Social Feed Manager, rtweet and X's own data sets.
const ColumnNames idColumns{"id_str", "tweet_id", "tweetid", "status_id", "id"};
const ColumnNames authorIdColumns{"author_id", "author.id",   "from_user_id_str",
                                  "user_id",   "user_id_str", "userid"};
const ColumnNames handleColumns{"author.username",  "author_username", "from_user", "username",
                                "user_screen_name", "screen_name",     "author"};
const ColumnNames nameColumns{"author.name", "author_fullname", "user_name", "name",
                              "user_display_name"};
const ColumnNames textColumns{"note_tweet.text", "full_text", "text", "tweet_text", "body"};
const ColumnNames timeColumns{"unix_timestamp", "created_at", "tweet_time", "parsed_created_at",
                              "timestamp"};
const ColumnNames threadColumns{"conversation_id", "thread_id"};
const ColumnNames answeredPostColumns{"referenced_tweets.replied_to.id",
                                      "in_reply_to_status_id_str", "in_reply_to_status_id",
                                      "in_reply_to_tweetid", "reply_to_status_id"};
const ColumnNames answeredIdColumns{"in_reply_to_user_id_str", "in_reply_to_user_id",
                                    "in_reply_to_user.id", "in_reply_to_userid",
                                    "reply_to_user_id"};
const ColumnNames answeredHandleColumns{"in_reply_to_user.username",
                                        "in_reply_to_username",
                                        "in_reply_to_screen_name",
                                        "replied_user",
                                        "replied_author",
                                        "reply_to_screen_name",
                                        "reply_to"};
const ColumnNames repostColumns{"referenced_tweets.retweeted.id", "retweet_status_id",
                                "retweet_tweetid"};
const ColumnNames repostIdColumns{"retweeted_user_id", "retweet_user_id", "retweet_userid"};
const ColumnNames repostHandleColumns{"retweeted_username", "retweeted_user",
                                      "retweet_screen_name"};
const ColumnNames quoteColumns{"referenced_tweets.quoted.id", "quoted_status_id",
                               "quoted_tweet_tweetid", "quote_tweet_id"};
const ColumnNames quoteIdColumns{"quoted_user_id"};
const ColumnNames quoteHandleColumns{"quoted_username", "quoted_user", "quote_author",
                                     "quoted_screen_name"};
const ColumnNames mentionColumns{"entities.mentions", "mentions", "user_mentions",
                                 "mentions_screen_name"};

std::string withoutAt(std::string handle)
{
    if (handle.starts_with('@')) handle.erase(0, 1);
    return handle;
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A number that has gone through a double or a spreadsheet names nobody.
std::string exact(std::string id)
{
    constexpr std::size_t longest = 17;
    const bool rounded = id.size() >= longest && id.ends_with("00");
    return rounded || !isNumber(id) ? std::string() : id;
}

XPerson personIn(const Json& mention)
{
    auto id = mention["id_str"].text();
    if (id.empty()) id = mention["id"].text();
    auto handle = mention["username"].text();
    if (handle.empty()) handle = mention["screen_name"].text();
    return {exact(std::move(id)), std::move(handle), mention["name"].text()};
}

/// Lists of numbers, of handles, or of the objects that the interface gives.
std::vector<XPerson> peopleIn(const std::string& cell)
{
    std::vector<XPerson> people;
    if (cell.starts_with("[{") || cell.starts_with("{")) {
        try {
            const auto value = Json::parse(cell);
            const auto& list = value.isArray() ? value : value["user_mentions"];
            for (const auto& item : list.items()) people.push_back(personIn(item));
            return people;
        } catch (const Error&) {
            return people;  // Cut by a spreadsheet: what is left of it is no list.
        }
    }
    for (auto& one : listIn(cell)) {
        const bool number = isNumber(one) && one.size() > 4;
        people.push_back(number ? XPerson{exact(std::move(one)), {}, {}}
                                : XPerson{{}, withoutAt(std::move(one)), {}});
    }
    return people;
}

/// "RT @ann: ..." → "ann".
std::string passedOn(std::string_view text)
{
    constexpr std::string_view front = "RT @";
    if (!text.starts_with(front)) return {};
    text.remove_prefix(front.size());
    const auto end =
        text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    const bool named = end != std::string_view::npos && end > 0 && text[end] == ':';
    return named ? std::string(text.substr(0, end)) : std::string();
}

/// One table being read, twice: first for who has which number and how dates are written.
class XTableImport {
public:
    XTableImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), import_(options, sink, task), posts_(import_, file_.place())
    {}

    ReadReport run()
    {
        survey();
        dates_.decide(import_.options().dates, file_);
        if (mangled_ != 0) posts_.distrustIds(file_.line(mangled_));
        RecordTable table(file_, import_.task(), "Reading ");
        while (table.next()) {
            if (!table.refused(import_)) take(table);
        }
        posts_.finish();
        if (import_.kept() == 0) {
            throw Error(Error::Kind::BadInput, "the table holds no post that can be read",
                        file_.place(), "Check that its first line names the columns.");
        }
        import_.report().platform = "x";
        return import_.report();
    }

private:
    void survey()
    {
        RecordTable table(file_, import_.task(), "Looking through ");
        while (table.next()) {
            if (table.isEmpty() || !table.objection().empty()) continue;
            dates_.survey(table.cell(timeColumns), table.place().line.value_or(1));
            for (const auto& columns : {idColumns, answeredPostColumns, repostColumns}) {
                if (mangled_ == 0 && isMangled(table.cell(columns)))
                    mangled_ = table.place().line.value_or(1);
            }
            posts_.meet(authorIn(table), table.yes({"author.protected", "user_protected"}));
            for (const auto& one : mentionsIn(table)) posts_.meet(one);
        }
    }

    static XPerson authorIn(const RecordTable& table)
    {
        return {table.cell(authorIdColumns), withoutAt(table.cell(handleColumns)),
                table.cell(nameColumns)};
    }

    static std::vector<XPerson> mentionsIn(const RecordTable& table)
    {
        auto people = peopleIn(table.cell(mentionColumns));
        if (people.empty()) people = peopleIn(table.cell({"entities_str"}));
        return people;
    }

    void take(const RecordTable& table)
    {
        if (isWithheld(table))
            return import_.skip(table.place(), "the tweet is withheld, so it is left out");
        XPost post;
        post.place = table.place();
        post.id = table.cell(idColumns);
        post.author = authorIn(table);
        if (isMangled(post.author.id)) post.author.id.clear();
        if (post.author.empty()) return import_.refuse(post.place, "the row names no author");
        const auto written = table.cell(timeColumns);
        const auto moment = dates_.read(written, Zone());
        if (!written.empty() && !moment) {
            return import_.refuse(post.place,
                                  "the date \"" + shorten(written, 60) + "\" cannot be read");
        }
        if (moment) post.time = moment->time;
        post.text = table.words(textColumns);
        post.mentions = mentionsIn(table);
        fillRepost(table, post);
        fillAnswer(table, post);
        fillQuote(table, post);
        fillThread(table, post);
        posts_.take(std::move(post));
    }

    static bool isWithheld(const RecordTable& table)
    {
        return table.yes({"is_withheld", "withheld.copyright", "withheld_copyright"}) ||
               !table.cell({"withheld.country_codes", "withheld_in_countries"}).empty();
    }

    static std::string kindOf(const RecordTable& table)
    {
        return asciiLower(table.cell({"tweet_type"}));
    }

    static void fillRepost(const RecordTable& table, XPost& post)
    {
        XPost::Other original{
            {table.cell(repostIdColumns), withoutAt(table.cell(repostHandleColumns)), {}},
            table.cell(repostColumns)};
        if (kindOf(table) == "retweet") original = passedOrQuoted(table);
        const auto named = passedOn(post.text);
        const bool said = table.yes({"is_retweet"}) || !named.empty();
        if (original.author.empty()) original.author.handle = named;
        if (original.post.empty() && !said && kindOf(table) != "retweet") return;
        if (original.author.id.empty() && !post.mentions.empty() &&
            asciiEqual(post.mentions.front().handle, original.author.handle)) {
            original.author.id = post.mentions.front().id;
        }
        post.reposts = std::move(original);
    }

    static XPost::Other passedOrQuoted(const RecordTable& table)
    {
        return {{table.cell({"retweet_or_quote_user_id"}),
                 withoutAt(table.cell({"retweet_or_quote_screen_name"})),
                 {}},
                table.cell({"retweet_or_quote_id"})};
    }

    static void fillAnswer(const RecordTable& table, XPost& post)
    {
        XPost::Other answered{
            {table.cell(answeredIdColumns), withoutAt(table.cell(answeredHandleColumns)), {}},
            table.cell(answeredPostColumns)};
        if (answered.author.empty() && answered.post.empty()) return;
        if (table.columns().has("is_reply") && !table.yes({"is_reply"})) return;
        post.answers = std::move(answered);
    }

    static void fillQuote(const RecordTable& table, XPost& post)
    {
        XPost::Other quoted{
            {table.cell(quoteIdColumns), withoutAt(table.cell(quoteHandleColumns)), {}},
            table.cell(quoteColumns)};
        if (kindOf(table) == "quote") quoted = passedOrQuoted(table);
        if (!quoted.author.empty() || !quoted.post.empty())
            post.quotes.push_back(std::move(quoted));
    }

    /// 4CAT writes -1 replies where the table came from TCAT, whose threads are the posts answered.
    static void fillThread(const RecordTable& table, XPost& post)
    {
        const auto thread = table.cell(threadColumns);
        if (table.cell({"reply_count"}) == "-1") {
            if (thread != post.id && post.answers) post.answers->post = thread;
        } else {
            post.thread = thread;
        }
        if (post.thread.empty() && !post.answers) post.thread = post.id;
    }

    OneFile file_;
    PostImport import_;
    XPosts posts_;
    TableDates dates_;
    std::uint64_t mangled_ = 0;  ///< line of the first id that a spreadsheet has shortened
};

/// What the columns are known by; empty when they are not those of a table of posts from X.
std::string_view flavour(const ColumnIndex& columns)
{
    if (columns.hasAll({"id_str", "from_user", "text", "created_at"})) return "TAGS";
    if (columns.hasAll({"author.username", "created_at", "text"}) ||
        columns.hasAll({"author.id", "created_at", "text", "conversation_id"})) {
        return "twarc";
    }
    if (columns.hasAll({"user_screen_name", "tweet_type", "text"})) return "Social Feed Manager";
    if (columns.hasAll({"author", "body", "is_retweet", "is_quote_tweet"})) return "4CAT";
    const bool post = columns.hasAny({"tweet_id", "tweetid", "status_id", "id_str"});
    const bool author = columns.hasAny({"screen_name", "user_screen_name", "username",
                                        "author_username", "from_user", "author_id"});
    const bool words = columns.hasAny({"text", "full_text", "tweet_text"});
    const bool where =
        columns.hasAny({"in_reply_to_status_id", "in_reply_to_status_id_str", "in_reply_to_tweetid",
                        "reply_to_status_id", "is_retweet", "retweet_count", "conversation_id",
                        "in_reply_to_screen_name", "in_reply_to_user_id"});
    return post && author && words && where ? "X" : "";
}

class XTableReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "x-table",
            "X (Twitter) posts as a table (TAGS, twarc-csv, 4CAT, Communalytic and the like)",
            {"x"},
            {".csv", ".tsv", ".tab"},
            {.replies = true, .mentions = true, .reposts = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto found = flavour(columnsOf(probe.head, probe.whole));
        if (found.empty()) return {};
        return {90, "a table with the columns of posts from X, as " +
                        (found == "X" ? std::string("many programs write them")
                                      : std::string(found) + " writes them")};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return XTableImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& xTableReader()
{
    static const XTableReader reader;
    return reader;
}

}  // namespace kith
