#include "core/import/blueskyposts.h"

#include "core/base/text.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace kith {
namespace {

constexpr std::string_view postType = "app.bsky.feed.post";
constexpr std::string_view repostType = "app.bsky.feed.repost";

/// Programs in Python write "created_at" where the interface says "createdAt".
JsonText either(const Json& value, std::string_view name, std::string_view other)
{
    const auto& text = value[name].text();
    return text.empty() ? value[other].text() : text;
}

bool endsSo(const Json& value, std::string_view ending)
{
    return either(value, "$type", "py_type").ends_with(ending);
}

/// The kind of record that an address names.
std::string_view collectionIn(std::string_view uri)
{
    const auto parts = split(uri, '/');
    return parts.size() == 5 ? parts[3] : std::string_view();
}

/// The post that a post shows: a quote, perhaps with a picture beside it.
std::string quotedIn(const Json& record)
{
    const auto& embed = record["embed"];
    const auto& shown = embed["record"];
    const auto& uri = shown["uri"].text();
    return uri.empty() ? shown["record"]["uri"].text() : uri;
}

void addAttachments(const Json& embed, MessageRecord& message)
{
    for (std::size_t i = 0; i < embed["images"].items().size(); ++i)
        message.attachments.emplace_back("image");
    if (embed["video"].isObject()) message.attachments.emplace_back("video");
    const auto& link = embed["external"]["uri"].text();
    if (!link.empty()) message.attachments.push_back(link);
}

}  // namespace

std::string didIn(std::string_view uri)
{
    constexpr std::string_view front = "at://";
    if (!uri.starts_with(front)) return {};
    uri.remove_prefix(front.size());
    const auto who = uri.substr(0, uri.find('/'));
    return who.starts_with("did:") ? std::string(who) : std::string();
}

bool isBluesky(const Json& value)
{
    const Json& post = value["post"].isObject() ? value["post"] : value;
    if (post["uri"].text().starts_with("at://")) return true;
    if (value["$type"].text().starts_with("app.bsky.")) return true;
    return value["did"].text().starts_with("did:") && value.has("commit");
}

void BlueskyPosts::take(const Json& value, const Place& place)
{
    if (!isBluesky(value)) return import_.refuse(place, "the record is nothing of Bluesky's");
    ++known_;
    if (value.has("commit")) return takeEvent(value, place);
    if (value["post"].isObject()) {
        if (endsSo(value["reason"], "#reasonRepost")) return takeRepost(value, place);
        return takePost(value["post"], place);
    }
    if (value["record"].isObject() || value["notFound"].isTrue() || value["blocked"].isTrue())
        return takePost(value, place);
    if (value["value"].isObject()) return takeRecord(value["uri"].text(), value["value"], place);
    takeRecord(value["uri"].text(), value, place);
}

void BlueskyPosts::describe(const Json& author)
{
    const auto& handle = author["handle"].text();
    import_.describe({author["did"].text(), either(author, "displayName", "display_name"),
                      handle == "handle.invalid" ? std::string() : handle, false});
}

void BlueskyPosts::takePost(const Json& view, const Place& place)
{
    if (view["notFound"].isTrue() || endsSo(view, "#notFoundPost"))
        return import_.skip(place, "the post is gone");
    if (view["blocked"].isTrue() || endsSo(view, "#blockedPost"))
        return import_.skip(place, "the post is blocked");
    const auto& record = view["record"];
    describe(view["author"]);
    MessageRecord message;
    message.id = view["uri"].text();
    message.account = view["author"]["did"].text();
    if (message.account.empty()) message.account = didIn(message.id);
    message.place = place;
    fill(record, message);
    const auto& shown = view["embed"]["record"];
    describe(shown["author"]);
    describe(shown["record"]["author"]);
    finish(record, either(view, "indexedAt", "indexed_at"), std::move(message));
}

/// The feed gives the original with its own time; who passed it on and when stands beside it.
void BlueskyPosts::takeRepost(const Json& item, const Place& place)
{
    const auto& reason = item["reason"];
    const auto& post = item["post"];
    describe(reason["by"]);
    describe(post["author"]);
    MessageRecord message;
    message.kind = MessageKind::Repost;
    message.account = reason["by"]["did"].text();
    message.id = reason["uri"].text();
    if (message.id.empty()) message.id = post["uri"].text() + " reposted by " + message.account;
    message.place = place;
    message.text = post["record"]["text"].text();
    std::string author = post["author"]["did"].text();
    if (author.empty()) author = didIn(post["uri"].text());
    message.ties.push_back({TieKind::Repost, std::move(author), post["uri"].text(), 1});
    finish(Json(), either(reason, "indexedAt", "indexed_at"), std::move(message));
}

void BlueskyPosts::takeRecord(const std::string& uri, const Json& record, const Place& place)
{
    const auto type =
        record.has("$type") ? std::string_view(record["$type"].text()) : collectionIn(uri);
    MessageRecord message;
    message.id = uri;
    message.account = didIn(uri);
    message.place = place;
    if (type == postType) {
        if (uri.empty()) return import_.refuse(place, "the post has no address");
        fill(record, message);
    } else if (type == repostType && !uri.empty()) {
        const auto& original = record["subject"]["uri"].text();
        message.kind = MessageKind::Repost;
        message.ties.push_back({TieKind::Repost, didIn(original), original, 1});
    } else {
        return import_.skip(place, "neither a post nor a repost: " + shorten(type, 60));
    }
    finish(record, {}, std::move(message));
}

/// What Bluesky's stream says of one record.
void BlueskyPosts::takeEvent(const Json& value, const Place& place)
{
    const auto& commit = value["commit"];
    const auto& record = commit["record"];
    if (!record.isObject()) return import_.skip(place, "an event without a post");
    takeRecord("at://" + value["did"].text() + "/" + commit["collection"].text() + "/" +
                   commit["rkey"].text(),
               record, place);
}

void BlueskyPosts::fill(const Json& record, MessageRecord& message)
{
    message.text = record["text"].text();
    const auto& reply = record["reply"];
    const auto& parent = reply["parent"]["uri"].text();
    const auto& root = reply["root"]["uri"].text();
    message.thread = !root.empty() ? root : parent.empty() ? message.id : parent;
    message.kind = parent.empty() ? MessageKind::Post : MessageKind::Said;
    if (!parent.empty()) message.ties.push_back({TieKind::Reply, didIn(parent), parent, 1});
    const auto quoted = quotedIn(record);
    if (collectionIn(quoted) == postType)
        message.ties.push_back({TieKind::Quote, didIn(quoted), quoted, 1});
    addMentions(record, message);
    const auto& embed = record["embed"];
    addAttachments(embed, message);
    addAttachments(embed["media"], message);
}

/// The handle in the text is not looked at: the record itself says who is meant.
void BlueskyPosts::addMentions(const Json& record, MessageRecord& message)
{
    std::vector<std::string> done{message.account, std::string()};
    for (const auto& tie : message.ties) {
        if (tie.kind == TieKind::Reply) done.push_back(tie.account);
    }
    for (const auto& facet : record["facets"].items()) {
        for (const auto& feature : facet["features"].items()) {
            auto did = feature["did"].text();
            if (!endsSo(feature, "#mention")) continue;
            if (std::ranges::find(done, did) != done.end()) continue;
            done.push_back(did);
            message.ties.push_back({TieKind::Mention, std::move(did), {}, 1});
        }
    }
}

/// The author's program may claim any time; the time of indexing is the server's own.
void BlueskyPosts::finish(const Json& record, const std::string& indexed, MessageRecord message)
{
    const auto& created = either(record, "createdAt", "created_at");
    auto time = postTime(indexed);
    if (!time) time = postTime(created);
    if (!time) {
        return import_.refuse(message.place,
                              "the date \"" + shorten(created, 60) + "\" cannot be read");
    }
    if (message.id.empty()) return import_.refuse(message.place, "the post has no address");
    message.time = *time;
    message.conversation = import_.conversation("Bluesky");
    import_.send(std::move(message));
}

}  // namespace kith
