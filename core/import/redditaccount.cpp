#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/markup.h"
#include "core/import/readers.h"
#include "core/import/recordtable.h"
#include "core/import/reddittext.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

std::string_view lastPart(std::string_view name)
{
    return name.substr(name.rfind('/') + 1);
}

/// "https://www.reddit.com/r/eastfield/comments/p1/damp/c1/" → "p1".
std::string postIn(std::string_view address)
{
    constexpr std::string_view front = "/comments/";
    const auto at = address.find(front);
    if (at == std::string_view::npos) return {};
    address.remove_prefix(at + front.size());
    return std::string(address.substr(0, address.find_first_of("/?#")));
}

std::string withPrefix(std::string_view prefix, const std::string& id)
{
    if (id.empty() || id.starts_with("t1_") || id.starts_with("t3_")) return id;
    return std::string(prefix) + id;
}

bool isComments(const ColumnIndex& columns)
{
    return columns.hasAll({"id", "permalink", "date", "subreddit", "link", "parent", "body"});
}

bool isPosts(const ColumnIndex& columns)
{
    return columns.hasAll({"id", "permalink", "date", "subreddit", "title", "url", "body"});
}

/// What one person wrote on Reddit, from the files that Reddit hands out. The columns "ip" of these
/// files are never read.
class AccountImport {
public:
    AccountImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), import_(options, sink, task)
    {}

    ReadReport runAll()
    {
        for (std::size_t i = 0; i < package_.entries().size(); ++i) {
            if (lastPart(package_.entries()[i].name) == "statistics.csv") learnOwner(i);
        }
        for (std::size_t i = 0; i < package_.entries().size(); ++i) {
            const auto name = lastPart(package_.entries()[i].name);
            if (name == "comments.csv" || name == "posts.csv") readPart(i);
            if (name.starts_with("messages") && name.ends_with(".csv")) readPart(i);
        }
        return finish();
    }

    ReadReport runOne()
    {
        const OneFile file(package_);
        readRows(file);
        return finish();
    }

private:
    Place whole() const { return {package_.name(), {}, {}, {}}; }

    ReadReport finish()
    {
        import_.noteLeftOut(whole());
        if (import_.report().seen == 0) {
            throw Error(Error::Kind::BadInput, "there are no comments or posts in it", whole(),
                        "Ask Reddit for the data again and open the zip as it comes.");
        }
        if (owner_.empty()) {
            import_.note(whole(),
                         "nothing says whose comments these are (statistics.csv is not there), so "
                         "they make no ties; open the whole zip instead");
        }
        import_.report().platform = "reddit";
        return import_.report();
    }

    void learnOwner(std::size_t entry)
    {
        try {
            const auto source = package_.open(entry);
            CsvReader rows(*source, package_.entries()[entry].name);
            while (const auto* row = rows.next()) {
                if (row->fields.size() < 2 || trim(row->fields[0]) != "account name") continue;
                owner_ = trim(row->fields[1]);
                import_.describe({owner_, owner_, {}, false});
            }
        } catch (const Error& error) {
            if (error.kind() == Error::Kind::FileUnreadable) throw;
            import_.note(placeIn(package_, entry), "the file is unreadable: " + error.cause());
        }
    }

    void readPart(std::size_t entry)
    {
        try {
            readRows(OneFile(package_, entry));
        } catch (const Error& error) {
            if (error.kind() != Error::Kind::BadInput) throw;
            import_.refuse(placeIn(package_, entry), "the rest is left out: " + error.cause());
        }
    }

    void readRows(const OneFile& file)
    {
        RecordTable table(file, import_.task(), "Reading ");
        const bool comments = isComments(table.columns());
        const bool posts = isPosts(table.columns());
        const bool messages = table.columns().hasAll({"id", "date", "from", "to", "body"});
        while (table.next()) {
            if (table.refused(import_)) continue;
            if (comments || posts) {
                take(table, comments);
            } else if (messages) {
                takeMessage(table);
            } else {
                import_.skip(table.place(), "the columns are not those of comments or posts");
            }
        }
    }

    bool begin(const RecordTable& table, MessageRecord& record)
    {
        record.place = table.place();
        record.id = table.cell({"id"});
        if (record.id.empty()) {
            import_.refuse(record.place, "it has no id");
            return false;
        }
        const auto written = table.cell({"date"});
        const auto time = postTime(written);
        record.timed = !written.empty();
        if (record.timed && !time) {
            import_.refuse(record.place,
                           "the date \"" + shorten(written, 60) + "\" cannot be read");
            return false;
        }
        record.time = time.value_or(Time());
        return true;
    }

    void take(const RecordTable& table, bool comment)
    {
        MessageRecord record;
        if (!begin(table, record)) return;
        record.id = withPrefix(comment ? "t1_" : "t3_", record.id);
        record.kind = comment ? MessageKind::Said : MessageKind::Post;
        record.conversation = table.cell({"subreddit"});
        if (record.conversation.empty()) record.conversation = import_.conversation("Reddit");
        record.account = owner_;
        const auto body = table.words({"body"});
        record.deleted = isRedditGone(body);
        if (!record.deleted) record.text = decodeEntities(body);
        auto post = postIn(table.cell({"link"}));
        if (post.empty()) post = postIn(table.cell({"permalink"}));
        record.thread = comment ? withPrefix("t3_", post) : record.id;
        if (comment) {
            addReply(table.cell({"parent"}), post, record);
        } else {
            addTitle(table, record);
        }
        for (auto& name : redditMentions(record.text)) {
            if (name != record.account)
                record.ties.push_back({TieKind::Mention, std::move(name), {}, 1});
        }
        import_.send(std::move(record));
    }

    static void addReply(const std::string& parent, const std::string& post, MessageRecord& record)
    {
        auto target = parent.empty() || parent == post ? record.thread : withPrefix("t1_", parent);
        if (target.empty() || target == record.id) return;
        record.ties.push_back({TieKind::Reply, {}, std::move(target), 1});
    }

    static void addTitle(const RecordTable& table, MessageRecord& record)
    {
        if (record.deleted) return;
        const auto title = decodeEntities(table.words({"title"}));
        record.text = title + (record.text.empty() ? "" : "\n\n" + record.text);
        const auto address = table.cell({"url"});
        const bool self = address.find("/comments/") != std::string::npos;
        if (!address.empty() && !self) record.attachments.push_back(address);
    }

    void takeMessage(const RecordTable& table)
    {
        if (import_.leaveOut(table.place(), "private messages")) return;
        MessageRecord record;
        if (!begin(table, record)) return;
        record.id = record.id.starts_with("t4_") ? record.id : "t4_" + record.id;
        record.conversation = "Private messages";
        record.thread = table.cell({"thread_id"});
        record.account = person(table.cell({"from"}));
        const auto subject = table.cell({"subject"});
        const auto body = table.words({"body"});
        record.text = subject + (subject.empty() || body.empty() ? "" : "\n\n") + body;
        auto to = person(table.cell({"to"}));
        if (!to.empty() && to != record.account)
            record.ties.push_back({TieKind::Mention, std::move(to), {}, 1});
        import_.send(std::move(record));
    }

    static std::string person(std::string name)
    {
        for (const std::string_view front : {"/u/", "u/"}) {
            if (name.starts_with(front)) name.erase(0, front.size());
        }
        return isRedditGone(name) ? std::string() : name;
    }

    const Package& package_;
    PostImport import_;
    std::string owner_;
};

constexpr Shows accountShows{.replies = true, .mentions = true, .onePersonsView = true};

class RedditAccountReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"reddit-account",
                                     "Reddit data of one account",
                                     {"reddit"},
                                     {".zip"},
                                     accountShows,
                                     true,
                                     true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        const auto holds = [&](std::string_view name) {
            return std::ranges::any_of(probe.entries, [&](const Package::Entry& one) {
                return lastPart(one.name) == name;
            });
        };
        const bool own = holds("subscribed_subreddits.csv") || holds("comment_votes.csv") ||
                         holds("post_votes.csv") || holds("ip_logs.csv") ||
                         holds("saved_posts.csv") || holds("comment_headers.csv");
        const bool words = holds("comments.csv") || holds("posts.csv");
        if (own && words) return {90, "holds the files of one account's data from Reddit"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return AccountImport(package, options, sink, task).runAll();
    }
};

class RedditAccountFileReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "reddit-account-file",
            "One file (comments.csv, posts.csv) of a Reddit account's data",
            {"reddit"},
            {".csv"},
            accountShows,
            true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto columns = columnsOf(probe.head, probe.whole);
        if (!isComments(columns) && !isPosts(columns)) return {};
        return {92, "the columns of comments or posts in Reddit's data of one account"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return AccountImport(package, options, sink, task).runOne();
    }
};

}  // namespace

const Reader& redditAccountReader()
{
    static const RedditAccountReader reader;
    return reader;
}

const Reader& redditAccountFileReader()
{
    static const RedditAccountFileReader reader;
    return reader;
}

}  // namespace kith
