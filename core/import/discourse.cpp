#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/discoursetext.h"
#include "core/import/jsonitems.h"
#include "core/import/markup.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unordered_map>
#include <utility>

namespace kith {
namespace {

enum Path : std::size_t { TopicPosts, LatestPosts, Topics, Root };

const std::vector<std::string>& paths()
{
    static const std::vector<std::string> all{"post_stream.posts", "latest_posts",
                                              "topic_list.topics", ""};
    return all;
}

/// The topic as every shape of file names it: its short name in addresses, and its number.
std::string topicName(const std::string& slug, const std::string& id)
{
    return slug.empty() || slug == "topic" ? "Topic " + id : slug + " (" + id + ")";
}

class DiscourseImport {
public:
    DiscourseImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), options_(options), sink_(sink), task_(task), people_(sink)
    {}

    ReadReport run()
    {
        task_.begin("Reading " + package_.name(), package_.entries().front().size);
        title_ = decodeEntities(scalarOf(package_, 0, "title"));
        announced_ = itemsIn("post_stream.stream");
        topicId_ = scalarOf(package_, 0, "id");
        topicSlug_ = scalarOf(package_, 0, "slug");
        JsonItems items(package_, 0, paths(), sink_, task_);
        items.each([&](const JsonItems::Item& item) {
            if (item.path == Topics) return topic(item);
            post(item);
        });
        finish();
        return {items.seen(), "discourse", {}, false};
    }

private:
    std::uint64_t itemsIn(const std::string& path)
    {
        const auto source = package_.open(0);
        JsonElements elements(*source, {}, {path});
        std::uint64_t count = 0;
        while (elements.next()) ++count;
        return count;
    }

    void refuse(const JsonItems::Item& item, std::string what)
    {
        sink_.problem({Outcome::Refused, item.place, std::move(what)});
    }

    void post(const JsonItems::Item& item)
    {
        const auto& json = item.json;
        ++posts_;
        const auto number = json["post_number"].integer();
        if (!number || *number <= 0) return refuse(item, "the post has no number in its topic");
        const auto time = isoInstant(json["created_at"].text());
        if (!time) {
            return refuse(
                item, "created_at \"" + shorten(json["created_at"].text(), 40) + "\" is no time");
        }
        const auto& topicId = json["topic_id"].text().empty() ? topicId_ : json["topic_id"].text();
        const auto& slug =
            json["topic_slug"].text().empty() ? topicSlug_ : json["topic_slug"].text();
        if (topicId.empty()) return refuse(item, "the post does not say which topic it is in");
        constexpr std::int64_t smallAction = 3;
        constexpr std::int64_t whisper = 4;
        const auto type = json["post_type"].integer().value_or(1);
        const auto conversation = topicName(slug, topicId);
        const auto id = std::to_string(*number);
        if (type == smallAction) {
            std::string text = json["action_code"].text();
            const auto words = htmlToText(json["cooked"].text());
            if (!words.empty()) text += (text.empty() ? "" : ": ") + words;
            return sink_.system({id, conversation, *time, true, text, item.place});
        }
        if (type == whisper && !options_.privateToo) {
            ++whispers_;
            return sink_.problem({Outcome::Skipped, item.place, "a whisper among the staff"});
        }
        MessageRecord record;
        record.id = id;
        record.conversation = conversation;
        record.thread = topicId;
        record.time = *time;
        record.kind = *number == 1 ? MessageKind::Post : MessageKind::Said;
        record.place = item.place;
        fill(json, topicId, record);
        sink_.message(std::move(record));
    }

    void fill(const Json& json, const std::string& topicId, MessageRecord& record)
    {
        record.account = json["username"].text();
        record.bot = json["user_id"].integer().value_or(1) < 0 || record.account == "system" ||
                     record.account == "discobot";
        describe(record.account, json["name"].text(), record.bot);
        record.deleted = json["user_deleted"].isTrue() || json["deleted_at"].isString();
        record.edited = json["version"].integer().value_or(1) > 1;
        if (const auto reply = json["reply_to_post_number"].integer()) {
            const auto& to = json["reply_to_user"]["username"].text();
            record.ties.push_back({TieKind::Reply, to, std::to_string(*reply), 1});
        }
        if (record.deleted) return;
        auto text = readDiscourseText(json["cooked"].text());
        if (json["cooked"].text().empty()) text.text = json["raw"].text();
        if (record.kind == MessageKind::Post) {
            const auto title = json["topic_title"].text().empty()
                                   ? title_
                                   : decodeEntities(json["topic_title"].text());
            if (!title.empty()) text.text = title + (text.text.empty() ? "" : "\n\n" + text.text);
        }
        record.text = boundedText(std::move(text.text), record.place, sink_);
        for (auto& name : text.mentions) {
            if (name != record.account) {
                record.ties.push_back({TieKind::Mention, std::move(name), {}, 1});
            }
        }
        for (auto& quote : text.quotes) {
            if (quote.name.empty() || quote.name == record.account) continue;
            const bool here = quote.topic.empty() || quote.topic == topicId;
            record.ties.push_back({TieKind::Quote, std::move(quote.name),
                                   here ? std::move(quote.post) : std::string(), 1});
        }
    }

    void describe(const std::string& username, const std::string& name, bool bot)
    {
        if (username.empty()) return;
        if (!people_.isNews(username, name)) return;
        sink_.account({username, name, username, bot});
    }

    /// A heading in a list of topics: who started it and how many posts there are.
    void topic(const JsonItems::Item& item)
    {
        const auto& json = item.json;
        const auto& id = json["id"].text();
        const auto time = isoInstant(json["created_at"].text());
        if (id.empty() || !time) return refuse(item, "the topic has no number or no time");
        ++topics_;
        const auto title =
            json["title"].text().empty() ? json["fancy_title"].text() : json["title"].text();
        sink_.system({"topic", topicName(json["slug"].text(), id), *time, true,
                      fmt::format("{} ({} posts, last by {})", decodeEntities(title),
                                  json["posts_count"].text(), json["last_poster_username"].text()),
                      item.place});
    }

    void finish()
    {
        const auto place = placeIn(package_, 0);
        const auto note = [&](std::string what) {
            sink_.problem({Outcome::Noted, place, std::move(what)});
        };
        if (announced_ > posts_) {
            note(
                fmt::format("the file holds {} of the topic's {} posts: answers to the others lead "
                            "nowhere. Its pages hold 20 posts each",
                            posts_, announced_));
        }
        if (topics_ > 0) {
            note(
                fmt::format("a list of {} topics names them without their posts; open each "
                            "topic's own JSON for what was said",
                            topics_));
        }
        if (whispers_ > 0)
            note(fmt::format("{} whispers among the staff were left out", whispers_));
    }

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    std::string title_;
    std::string topicId_;
    std::string topicSlug_;
    SenderBook people_;
    std::uint64_t announced_ = 0;
    std::uint64_t posts_ = 0;
    std::uint64_t topics_ = 0;
    std::uint64_t whispers_ = 0;
};

class DiscourseReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "discourse", "Discourse forum (JSON of topics or posts)",          {"discourse"},
            {".json"},   {.replies = true, .mentions = true, .reposts = true}, false,
            true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        const auto has = [&](std::string_view key) { return start.find(key) != start.npos; };
        const bool post = has("\"cooked\"") && has("\"post_number\"");
        if (start.starts_with('{') && has("\"post_stream\"")) {
            return {95, "holds the posts of a Discourse topic"};
        }
        if (start.starts_with('{') && has("\"latest_posts\"")) {
            return {95, "holds the latest posts of a Discourse forum"};
        }
        if (start.starts_with('{') && has("\"topic_list\"") && has("\"topics\"")) {
            return {90, "holds a list of Discourse topics"};
        }
        if (start.starts_with('[') && post) return {90, "holds posts with Discourse's keys"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return DiscourseImport(package, options, sink, task).run();
    }
};

/// "user_archive.csv": the posts of one account, as it may download them.
class DiscourseArchiveReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"discourse-archive",
                                     "Discourse user archive (CSV)",
                                     {"discourse"},
                                     {".csv"},
                                     {.mentions = true, .reposts = true, .onePersonsView = true},
                                     true,
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto line = probe.head.substr(0, probe.head.find('\n'));
        const auto has = [&](std::string_view key) { return line.find(key) != line.npos; };
        if (has("topic_title") && has("is_pm") && has("url") && has("created_at") &&
            (has("post_raw") || has("post_cooked") || has("post"))) {
            return {95, "a table with the columns of a Discourse user archive"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override;
};

struct PostAddress {
    std::string slug;
    std::string topic;
    std::string post;
};

/// Of "https://forum.example.org/t/some-words/1148/3"; a topic's address alone is its first post's.
std::optional<PostAddress> postAddress(std::string_view url)
{
    const auto at = url.find("/t/");
    if (at == std::string_view::npos) return std::nullopt;
    const auto parts = split(url.substr(at + 3, url.find_first_of("?#", at) - at - 3), '/');
    const bool slugged = !parts.empty() && !parseInteger(parts[0]);
    const std::size_t first = slugged ? 1 : 0;
    if (parts.size() <= first || !parseInteger(parts[first])) return std::nullopt;
    PostAddress address;
    if (slugged) address.slug = parts[0];
    address.topic = parts[first];
    const bool numbered = parts.size() > first + 1 && parseInteger(parts[first + 1]);
    address.post = numbered ? std::string(parts[first + 1]) : "1";
    return address;
}

class ArchiveImport {
public:
    ArchiveImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), options_(options), sink_(sink), task_(task)
    {}

    ReadReport run()
    {
        const auto place = placeIn(package_, 0);
        task_.begin("Reading " + package_.name(), package_.entries().front().size);
        const auto source = package_.open(0);
        CsvReader reader(*source, place.text(), CsvDialect{',', false});
        const auto* header = reader.next();
        if (header == nullptr)
            throw Error(Error::Kind::BadInput, "the table is empty", place,
                        "Download the archive again.");
        for (std::size_t i = 0; i < header->fields.size(); ++i) {
            columns_[std::string(trim(header->fields[i]))] = i;
        }
        const auto width = header->fields.size();
        std::uint64_t seen = 0;
        std::uint64_t before = 0;
        while (const auto* row = reader.next()) {
            ++seen;
            auto here = place;
            here.line = row->line;
            if (row->fields.size() == width) {
                take(*row, here);
            } else {
                sink_.problem(
                    {Outcome::Refused, here, "the row has more or fewer fields than the header"});
            }
            task_.advance(reader.consumed() - std::exchange(before, reader.consumed()));
        }
        if (private_ > 0) {
            sink_.problem({Outcome::Noted, place,
                           fmt::format("{} private messages were left out", private_)});
        }
        return {seen, "discourse", {}, false};
    }

private:
    const std::string& cell(const CsvRow& row, const std::string& column) const
    {
        static const std::string none;
        const auto found = columns_.find(column);
        return found == columns_.end() ? none : row.fields[found->second];
    }

    /// The word for "no" is written in the owner's language: what is not private in words we know,
    /// or has no word at all, is public.
    static bool isPrivate(const std::string& word)
    {
        static const std::set<std::string> no{
            "",    "no",  "No",  "false", "nein",   "non", "não",    "nee",  "nej", "nei",
            "нет", "nie", "ne",  "ei",    "いいえ", "否",  "아니오", "Nein", "Non", "Não",
            "Nee", "Nej", "Nei", "Нет",   "Nie",    "Ne",  "Ei",     "-"};
        return !no.contains(std::string(trim(word)));
    }

    void take(const CsvRow& row, const Place& place)
    {
        if (isPrivate(cell(row, "is_pm")) && !options_.privateToo) {
            ++private_;
            return sink_.problem({Outcome::Skipped, place, "a private message"});
        }
        const auto address = postAddress(cell(row, "url"));
        const auto time = isoInstant(trim(cell(row, "created_at")));
        if (!address || !time) {
            return sink_.problem(
                {Outcome::Refused, place,
                 address ? "created_at \"" + shorten(cell(row, "created_at"), 40) + "\" is no time"
                         : "the url \"" + shorten(cell(row, "url"), 80) + "\" leads to no post"});
        }
        if (!std::exchange(described_, true))
            sink_.account({owner, "Owner of this archive", {}, false});
        MessageRecord record;
        record.id = address->post;
        record.conversation = topicName(address->slug, address->topic);
        record.thread = address->topic;
        record.account = owner;
        record.time = *time;
        record.kind = record.id == "1" ? MessageKind::Post : MessageKind::Said;
        record.place = place;
        auto text = readDiscourseText(cell(row, "post_cooked"));
        if (cell(row, "post_cooked").empty()) {
            const auto& raw = cell(row, "post_raw");
            text.text = raw.empty() ? cell(row, "post") : raw;
        }
        if (record.kind == MessageKind::Post && !cell(row, "topic_title").empty()) {
            text.text = cell(row, "topic_title") + (text.text.empty() ? "" : "\n\n" + text.text);
        }
        record.text = boundedText(std::move(text.text), place, sink_);
        for (auto& name : text.mentions) {
            record.ties.push_back({TieKind::Mention, std::move(name), {}, 1});
        }
        for (auto& quote : text.quotes) {
            if (quote.name.empty()) continue;
            const bool here = quote.topic.empty() || quote.topic == address->topic;
            record.ties.push_back({TieKind::Quote, std::move(quote.name),
                                   here ? std::move(quote.post) : std::string(), 1});
        }
        sink_.message(std::move(record));
    }

    static constexpr auto owner = "the owner of this archive";

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    std::unordered_map<std::string, std::size_t> columns_;
    std::uint64_t private_ = 0;
    bool described_ = false;
};

ReadReport DiscourseArchiveReader::read(const Package& package, const ReadOptions& options,
                                        Sink& sink, Task& task) const
{
    return ArchiveImport(package, options, sink, task).run();
}

}  // namespace

const Reader& discourseReader()
{
    static const DiscourseReader reader;
    return reader;
}

const Reader& discourseArchiveReader()
{
    static const DiscourseArchiveReader reader;
    return reader;
}

}  // namespace kith
