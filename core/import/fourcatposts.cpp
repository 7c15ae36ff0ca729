#include "core/base/text.h"
#include "core/import/fourcat.h"
#include "core/import/once.h"
#include "core/import/recordtable.h"
#include "core/import/tabledates.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {
namespace {

struct Site {
    std::string_view host;
    std::string_view platform;
};

constexpr std::array sites{Site{"bsky.app", "bluesky"},
                           Site{"t.me", "telegram"},
                           Site{"reddit.com", "reddit"},
                           Site{"tiktok.com", "tiktok"},
                           Site{"instagram.com", "instagram"},
                           Site{"threads.net", "threads"},
                           Site{"threads.com", "threads"},
                           Site{"youtube.com", "youtube"},
                           Site{"facebook.com", "facebook"},
                           Site{"linkedin.com", "linkedin"},
                           Site{"tumblr.com", "tumblr"},
                           Site{"4chan.org", "4chan"},
                           Site{"4channel.org", "4chan"},
                           Site{"8kun.top", "8kun"},
                           Site{"vk.com", "vk"},
                           Site{"truthsocial.com", "truthsocial"},
                           Site{"gab.com", "gab"},
                           Site{"douyin.com", "douyin"},
                           Site{"pinterest.com", "pinterest"}};

std::string_view hostOf(std::string_view address)
{
    const auto at = address.find("://");
    if (at == std::string_view::npos) return {};
    address.remove_prefix(at + 3);
    return address.substr(0, address.find_first_of("/?#"));
}

std::string withoutAt(std::string name)
{
    if (name.starts_with('@')) name.erase(0, 1);
    return name;
}

/// People who give no name are not all one person.
bool isNobody(std::string_view author)
{
    return author == "Anonymous" || author == "[deleted]" || author == "[removed]" ||
           author == "anonymous" || author == "Anonyme";
}

/// "https://bsky.app/profile/did:plc:a/post/1" → "at://did:plc:a/app.bsky.feed.post/1"
std::string blueskyAddress(const std::string& link)
{
    const auto parts = split(link, '/');
    const bool post = parts.size() == 7 && parts[3] == "profile" && parts[5] == "post";
    if (!post || !parts[4].starts_with("did:")) return link.starts_with("at://") ? link : "";
    return "at://" + std::string(parts[4]) + "/app.bsky.feed.post/" + std::string(parts[6]);
}

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string FourcatPosts::platformOf(const FourcatRow& row)
{
    if (row.cell({"id"}).starts_with("at://")) return "bluesky";
    if (!row.cell({"subreddit"}).empty()) return "reddit";
    const auto link = row.cell({"link", "url", "post_url"});
    const auto host = hostOf(link);
    for (const auto& site : sites) {
        const bool same = host == site.host || host.ends_with("." + std::string(site.host));
        if (same) return std::string(site.platform);
    }
    if (!row.cell({"chat"}).empty()) return "telegram";
    return {};
}

void FourcatPosts::learn(const FourcatRow& row)
{
    if (platform_.empty()) platform_ = platformOf(row);
    const auto id = row.cell({"author_id"});
    const auto name = asciiLower(withoutAt(row.cell({"author_username", "author"})));
    const auto author = row.cell({"author"});
    if (!id.empty()) ids_ = true;
    if (name.empty() || isNobody(author)) return;
    keys_.meet(name, id.empty() ? author : id);
}

std::string FourcatPosts::authorOf(const FourcatRow& row) const
{
    const auto author = row.cell({"author"});
    if (isNobody(author)) return {};
    auto id = row.cell({"author_id"});
    return id.empty() ? nfc(withoutAt(author)) : id;
}

/// Only names of people stand in the list; whoever wrote in the file is known by more.
std::string FourcatPosts::personCalled(std::string name)
{
    name = withoutAt(std::move(name));
    if (name.empty() || isNobody(name)) return {};
    if (name.starts_with("did:")) return name;
    const auto folded = asciiLower(name);
    if (const auto known = keys_.find(folded)) return std::string(*known);
    if (!ids_) return nfc(name);
    import_.describe({"@" + folded, name, name, false});
    return "@" + folded;
}

/// Reddit's ids without the letters that tell posts and comments apart get them.
std::string FourcatPosts::nativeId(const FourcatRow& row, const std::string& id) const
{
    if (platform_ != "reddit" || id.empty() || id.find('_') != std::string::npos) return id;
    return (id == row.cell({"thread_id"}) ? "t3_" : "t1_") + id;
}

std::string FourcatPosts::answeredIn(const FourcatRow& row) const
{
    auto target = row.cell({"reply_to", "replied_to_post", "in_reply_to", "parent", "parent_id",
                            "reply_to_id", "parent_comment_id"});
    if (platform_ == "bluesky") return blueskyAddress(target);
    // One message in a list of chats is named "chat-id" where its id is.
    return nativeId(row, target);
}

void FourcatPosts::take(const FourcatRow& row)
{
    MessageRecord record;
    record.place = row.place;
    const auto id = row.cell({"id"});
    if (id.empty()) return import_.refuse(record.place, "the row has no id");
    record.id = nativeId(row, id);
    const auto written = row.cell({"unix_timestamp", "timestamp", "created_at"});
    const auto moment = TableDates().read(written, Zone());
    record.timed = !written.empty();
    if (record.timed && !moment) {
        return import_.refuse(record.place,
                              "the date \"" + shorten(written, 60) + "\" cannot be read");
    }
    if (moment) record.time = moment->time;
    record.account = authorOf(row);
    const auto bot = asciiLower(row.cell({"author_is_bot"}));
    record.bot = bot == "yes" || bot == "true";
    const auto name = row.cell({"author_fullname", "author_display_name", "author_name", "author"});
    import_.describe(
        {record.account, name, withoutAt(row.cell({"author_username", "author"})), record.bot});
    record.conversation = row.cell({"chat", "subreddit", "board", "group", "channel", "forum"});
    if (record.conversation.empty()) {
        record.conversation =
            platform_ == "bluesky" ? import_.conversation("Bluesky") : conversation_;
    }
    const auto thread = row.cell({"thread_id"});
    record.kind = thread == id ? MessageKind::Post : MessageKind::Said;
    // A chat is its own thread: then that says nothing.
    if (thread != row.cell({"chat"})) record.thread = thread;
    if (platform_ == "reddit" && !thread.empty() && thread.find('_') == std::string::npos)
        record.thread = "t3_" + thread;
    const auto subject = row.words({"subject", "title"});
    const auto body = row.words({"body"});
    record.text = subject + (subject.empty() || body.empty() ? "" : "\n\n") + body;
    record.edited = !row.cell({"timestamp_edited", "unix_timestamp_edited"}).empty();
    addTies(row, record);
    import_.send(std::move(record));
}

void FourcatPosts::addTies(const FourcatRow& row, MessageRecord& record)
{
    auto target = answeredIn(row);
    auto answered = personCalled(
        row.cell({"replied_to_user", "replied_user", "replied_author", "reply_to_user"}));
    if (target == record.id) target.clear();
    if (!target.empty() || !answered.empty())
        record.ties.push_back({TieKind::Reply, answered, std::move(target), 1});
    const auto quotedPost = row.cell({"quoted_post"});
    auto quoted = personCalled(row.cell({"quoted_user"}));
    auto quotedId = platform_ == "bluesky" ? blueskyAddress(quotedPost) : quotedPost;
    if (!quoted.empty() || !quotedId.empty())
        record.ties.push_back({TieKind::Quote, std::move(quoted), std::move(quotedId), 1});
    auto source = personCalled(
        row.cell({"author_forwarded_from_username", "retweeted_user", "reposted_user"}));
    if (!source.empty()) record.ties.push_back({TieKind::Repost, std::move(source), {}, 1});
    Once done{record.account, answered, {}};
    for (auto& one : listIn(row.cell({"mentions", "entities_mentioned", "mentioned_users"}))) {
        auto key = personCalled(std::move(one));
        if (!done.first(key)) continue;
        record.ties.push_back({TieKind::Mention, std::move(key), {}, 1});
    }
    if (platform_ == "4chan" || platform_ == "8kun") addQuotedNumbers(record);
}

/// ">>12345" is how an answer is given on an image board.
void FourcatPosts::addQuotedNumbers(MessageRecord& record) const
{
    constexpr std::size_t shortest = 3;
    Once done{record.id};
    const std::string_view text = record.text;
    for (auto at = text.find(">>"); at != text.npos; at = text.find(">>", at + 2)) {
        const auto rest = text.substr(at + 2);
        const auto number = rest.substr(0, rest.find_first_not_of("0123456789"));
        if (number.size() < shortest || !isDigits(number)) continue;
        std::string target(number);
        if (!done.first(target)) continue;
        record.ties.push_back({TieKind::Reply, {}, std::move(target), 1});
    }
}

}  // namespace kith
