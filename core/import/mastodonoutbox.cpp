#include "core/import/mastodonoutbox.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/fediverse.h"
#include "core/import/once.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace kith {
namespace {

/// Where the value that begins at `at` ends.
std::size_t valueEnd(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    bool inString = false;
    for (; at < text.size(); ++at) {
        const char one = text[at];
        if (inString) {
            if (one == '\\') ++at;
            if (one == '"') inString = false;
        } else if (one == '"') {
            inString = true;
        } else if (one == '{' || one == '[') {
            ++depth;
        } else if (one == '}' || one == ']') {
            if (depth == 0) return at;
            --depth;
        } else if (one == ',' && depth == 0) {
            return at;
        }
    }
    return text.size();
}

/// Without "@context", which says nothing about the post: Mastodon 4.2 wrote it twice into one
/// item, which is no valid JSON.
std::string withoutContext(std::string_view raw)
{
    constexpr std::string_view key = "\"@context\"";
    std::string out;
    for (std::size_t at = 0; at < raw.size();) {
        const auto found = raw.find(key, at);
        out += raw.substr(at, found - at);
        if (found == std::string_view::npos) break;
        const auto behind = raw.find_first_not_of(" \t\r\n", found + key.size());
        const bool isKey = behind != std::string_view::npos && raw[behind] == ':' && found > 0 &&
                           raw[found - 1] != '\\';
        if (!isKey) {
            out += key;
            at = found + key.size();
            continue;
        }
        at = valueEnd(raw, behind + 1);
        if (at < raw.size() && raw[at] == ',') {
            ++at;
        } else {
            const auto last = out.find_last_not_of(" \t\r\n");
            if (last != std::string::npos && out[last] == ',') out.erase(last, 1);
        }
    }
    return out;
}

/// The addresses in a list, or the one that stands for a list.
std::vector<std::string> addresses(const Json& value)
{
    std::vector<std::string> all;
    if (value.isString()) all.push_back(value.text());
    for (const auto& item : value.items()) all.push_back(item.text());
    return all;
}

bool isPublic(std::string_view address)
{
    return address == "as:Public" || address == "Public" ||
           address == "https://www.w3.org/ns/activitystreams#Public";
}

bool isFollowers(std::string_view address)
{
    return address.ends_with("/followers");
}

std::string idOf(const Json& object)
{
    return object.isString() ? object.text() : object["id"].text();
}

std::string choicesOf(const Json& post)
{
    std::vector<std::string> choices;
    for (const auto* key : {"oneOf", "anyOf"}) {
        for (const auto& one : post[key].items()) choices.push_back("- " + one["name"].text());
    }
    return join(choices, "\n");
}

/// A server may write one attachment or tag without a list around it.
std::vector<const Json*> listOf(const Json& value)
{
    std::vector<const Json*> all;
    if (value.isObject()) all.push_back(&value);
    for (const auto& item : value.items()) all.push_back(&item);
    return all;
}

}  // namespace

void MastodonOutbox::takeActor(const Json& actor)
{
    const auto& name = actor["preferredUsername"].text();
    const auto key = personNamed(name, actor["id"].text());
    const bool bot = actor["type"].text() == "Service" || actor["type"].text() == "Application";
    import_.describe({key, actor["name"].text(), key, bot});
}

void MastodonOutbox::take(std::string_view raw, const Place& place)
{
    if (raw.empty()) return import_.refuse(place, "it is longer than 16 MB");
    Json item;
    try {
        item = Json::parse(withoutContext(raw), place);
    } catch (const Error& error) {
        return import_.refuse(place, "the item is no valid JSON: " + error.cause());
    }
    const auto& type = item["type"].text();
    if (type == "Create" && item["object"].isObject()) return takePost(item, place);
    if (type == "Announce") return takeBoost(item, place);
    if (type.empty()) return import_.refuse(place, "the item is no activity");
    import_.skip(place, "neither a post nor a boost: " + shorten(type, 40));
}

bool MastodonOutbox::isPrivate(const Json& item, const Place& place)
{
    auto all = addresses(item["to"]);
    for (auto& one : addresses(item["cc"])) all.push_back(std::move(one));
    if (std::ranges::any_of(all, isPublic)) return false;
    const bool followers = std::ranges::any_of(all, isFollowers);
    return import_.leaveOut(place, followers ? "followers-only posts" : "direct messages");
}

/// What posts and boosts have alike. @return false when the record cannot be kept
bool MastodonOutbox::begin(const Json& item, const Json& object, const Place& place,
                           MessageRecord& record)
{
    record.id = idOf(object);
    record.place = place;
    record.conversation = import_.conversation("Mastodon");
    if (record.id.empty()) {
        import_.refuse(place, "the item has no id");
        return false;
    }
    const auto& published = object["published"].text();
    const auto& written = published.empty() ? item["published"].text() : published;
    const auto time = postTime(written);
    record.timed = !written.empty();
    if (record.timed && !time) {
        import_.refuse(place, "the date \"" + shorten(written, 60) + "\" cannot be read");
        return false;
    }
    record.time = time.value_or(Time());
    const auto& author = object["attributedTo"].text();
    record.account = personAt(item["actor"].text().empty() ? author : item["actor"].text());
    return true;
}

void MastodonOutbox::takePost(const Json& item, const Place& place)
{
    const auto& post = item["object"];
    if (isPrivate(post.has("to") || post.has("cc") ? post : item, place)) return;
    MessageRecord record;
    if (!begin(item, post, place, record)) return;
    record.text =
        postText(post["summary"].text(), postWords(post["content"].text()), choicesOf(post));
    record.edited = post.has("updated") && !post["updated"].isNull();
    const auto answered = idOf(post["inReplyTo"]);
    record.kind = answered.empty() ? MessageKind::Post : MessageKind::Said;
    record.thread = post["conversation"].text();
    if (record.thread.empty()) record.thread = post["context"].text();
    if (record.thread.empty() && answered.empty()) record.thread = record.id;
    if (!answered.empty()) record.ties.push_back({TieKind::Reply, personAt(answered), answered, 1});
    for (const auto* key : {"quote", "quoteUri", "quoteUrl", "_misskey_quote"}) {
        const auto quoted = idOf(post[key]);
        if (quoted.empty()) continue;
        record.ties.push_back({TieKind::Quote, personAt(quoted), quoted, 1});
        break;
    }
    addMentions(post, record);
    for (const auto* one : listOf(post["attachment"])) {
        const auto& media = (*one)["mediaType"].text();
        record.attachments.push_back(media.empty() ? (*one)["type"].text() : media);
    }
    import_.send(std::move(record));
}

void MastodonOutbox::addMentions(const Json& post, MessageRecord& record)
{
    const std::string answered = !record.ties.empty() && record.ties.front().kind == TieKind::Reply
                                     ? record.ties.front().account
                                     : std::string();
    Once done{record.account, answered, {}};
    for (const auto* tag : listOf(post["tag"])) {
        if ((*tag)["type"].text() != "Mention") continue;
        const auto& href = (*tag)["href"].text();
        std::string_view handle = (*tag)["name"].text();
        if (handle.starts_with('@')) handle.remove_prefix(1);
        // An address may hold a number where the name should stand: the tag has the name.
        auto key = personNamed(handle, href);
        if (key.empty()) key = personAt(href);
        if (!done.first(key)) continue;
        import_.describe({key, {}, std::string(handle), false});
        record.ties.push_back({TieKind::Mention, std::move(key), {}, 1});
    }
}

void MastodonOutbox::takeBoost(const Json& item, const Place& place)
{
    if (isPrivate(item, place)) return;
    MessageRecord record;
    if (!begin(item, item, place, record)) return;
    record.kind = MessageKind::Repost;
    const auto original = idOf(item["object"]);
    auto author = personAt(item["object"]["attributedTo"].text());
    for (const auto& address : addresses(item["cc"])) {
        if (author.empty() && !isFollowers(address) && !isPublic(address))
            author = personAt(address);
    }
    if (author.empty()) author = personAt(original);
    if (original.empty() && author.empty())
        return import_.refuse(place, "the boost does not say of what");
    record.ties.push_back({TieKind::Repost, std::move(author), original, 1});
    import_.send(std::move(record));
}

}  // namespace kith
