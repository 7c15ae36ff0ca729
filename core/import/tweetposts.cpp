#include "core/import/tweetposts.h"

#include "core/base/text.h"

#include <utility>

namespace kith {

XPerson tweetUser(const Json& user)
{
    return {user["id"].text(), user["username"].text(), user["name"].text()};
}

namespace {

/// Behind "RT ", where the name of the one who is passed on stands.
constexpr std::int64_t behindRt = 3;

std::string either(const Json& value, std::string_view first, std::string_view second)
{
    const auto& text = value[first].text();
    return text.empty() ? value[second].text() : text;
}

XPerson newAuthor(const Json& tweet)
{
    auto person = tweetUser(tweet["author"]);
    const auto& id = tweet["author_id"].text();
    if (!id.empty()) person.id = id;
    return person;
}

/// The long form where there is one.
std::string newText(const Json& tweet)
{
    const auto& note = tweet["note_tweet"]["text"].text();
    return note.empty() ? tweet["text"].text() : note;
}

/// "RT @ann: ..." when the post itself is not there: the first mention is its author.
XPerson newRetweeted(const Json& tweet)
{
    const auto mentions = tweet["entities"]["mentions"].items();
    if (mentions.empty() || mentions.front()["start"].integer() != behindRt) return {};
    return tweetUser(mentions.front());
}

void addReferences(const Json& tweet, const TweetPage& page, XPost& post)
{
    XPerson answered = tweetUser(tweet["in_reply_to_user"]);
    const auto& answeredId = tweet["in_reply_to_user_id"].text();
    if (!answeredId.empty()) answered.id = answeredId;
    if (!answered.id.empty()) post.answers = XPost::Other{answered, {}};
    for (const auto& reference : tweet["referenced_tweets"].items()) {
        const auto& id = reference["id"].text();
        const auto known = page.tweets.find(id);
        const Json& target =
            reference.has("text") || known == page.tweets.end() ? reference : *known->second;
        const auto& type = reference["type"].text();
        if (type == "replied_to") {
            if (!post.answers) post.answers = XPost::Other{newAuthor(target), {}};
            post.answers->post = id;
        } else if (type == "quoted") {
            post.quotes.push_back({newAuthor(target), id});
        } else if (type == "retweeted") {
            auto author = newAuthor(target);
            post.reposts = XPost::Other{author.empty() ? newRetweeted(tweet) : author, id};
            if (target.has("text")) post.text = newText(target);
        }
    }
}

XPerson oldPerson(const Json& user)
{
    return {either(user, "id_str", "id"), user["screen_name"].text(), user["name"].text()};
}

const Json& oldEntities(const Json& status)
{
    const auto& longer = status["extended_tweet"]["entities"];
    return longer.isObject() ? longer : status["entities"];
}

std::string oldText(const Json& status)
{
    const auto& longer = status["extended_tweet"]["full_text"].text();
    return longer.empty() ? either(status, "full_text", "text") : longer;
}

/// "https://twitter.com/ann/status/123": whose post, and which.
std::optional<XPost::Other> postAt(std::string_view address)
{
    for (const std::string_view front : {"https://", "http://", "www.", "mobile."}) {
        if (address.starts_with(front)) address.remove_prefix(front.size());
    }
    const auto parts = split(address.substr(0, address.find('?')), '/');
    const bool here = parts.front() == "twitter.com" || parts.front() == "x.com";
    if (!here || parts.size() != 4 || parts[2] != "status" || !parseInteger(parts[3]))
        return std::nullopt;
    return XPost::Other{{{}, std::string(parts[1]), {}}, std::string(parts[3])};
}

void addOldQuote(const Json& status, bool archive, XPost& post)
{
    const auto& quoted = status["quoted_status"];
    auto id = either(status, "quoted_status_id_str", "quoted_status_id");
    if (quoted.isObject()) {
        if (id.empty()) id = either(quoted, "id_str", "id");
        post.quotes.push_back({oldPerson(quoted["user"]), std::move(id)});
        return;
    }
    const auto urls = oldEntities(status)["urls"].items();
    const auto& permalink = status["quoted_status_permalink"]["expanded"].text();
    auto linked = postAt(permalink);
    if (!linked && !urls.empty() && (archive || !id.empty()))
        linked = postAt(urls.back()["expanded_url"].text());
    if (linked) {
        if (!id.empty()) linked->post = std::move(id);
        post.quotes.push_back(std::move(*linked));
    } else if (!id.empty()) {
        post.quotes.push_back({{}, std::move(id)});
    }
}

void addOldAnswer(const Json& status, XPost& post)
{
    XPost::Other answered{{either(status, "in_reply_to_user_id_str", "in_reply_to_user_id"),
                           status["in_reply_to_screen_name"].text(),
                           {}},
                          either(status, "in_reply_to_status_id_str", "in_reply_to_status_id")};
    if (!answered.author.empty() || !answered.post.empty()) post.answers = std::move(answered);
}

/// An archive keeps a repost only as "RT @ann: ...", cut short.
void addArchivedRepost(const Json& status, XPost& post)
{
    const auto mentions = oldEntities(status)["user_mentions"].items();
    if (!post.text.starts_with("RT @") || mentions.empty()) return;
    const auto& first = mentions.front();
    const auto indices = first["indices"].items();
    if (!indices.empty() && indices.front().integer() == behindRt)
        post.reposts = XPost::Other{oldPerson(first), {}};
}

}  // namespace

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

void meetPeople(const Json& tweet, XPosts& posts)
{
    const auto meet = [&](const Json& user) {
        posts.meet(tweetUser(user), user["protected"].isTrue());
    };
    meet(tweet["author"]);
    meet(tweet["in_reply_to_user"]);
    for (const auto& reference : tweet["referenced_tweets"].items()) {
        meet(reference["author"]);
        meet(reference["in_reply_to_user"]);
    }
}

XPost newPost(const Json& tweet, const TweetPage& page)
{
    XPost post;
    post.id = tweet["id"].text();
    post.author = newAuthor(tweet);
    post.thread = tweet["conversation_id"].text();
    post.text = newText(tweet);
    post.edited = tweet["edit_history_tweet_ids"].items().size() > 1;
    addReferences(tweet, page, post);
    for (const auto& mention : tweet["entities"]["mentions"].items())
        post.mentions.push_back(tweetUser(mention));
    for (const auto& key : tweet["attachments"]["media_keys"].items()) {
        const auto known = page.media.find(key.text());
        const Json& media = key.isObject() || known == page.media.end() ? key : *known->second;
        const std::string_view type = media["type"].text();
        post.attachments.emplace_back(type.empty() ? "media" : type);
    }
    return post;
}

XPost oldPost(const Json& status, bool archive)
{
    XPost post;
    post.id = either(status, "id_str", "id");
    post.author = oldPerson(status["user"]);
    post.text = oldText(status);
    post.edited = status["edit_history"]["edit_tweet_ids"].items().size() > 1;
    const auto& original = status["retweeted_status"];
    if (original.isObject()) {
        post.reposts = XPost::Other{oldPerson(original["user"]), either(original, "id_str", "id")};
        post.text = oldText(original);
    } else if (archive) {
        addArchivedRepost(status, post);
    }
    addOldAnswer(status, post);
    if (!post.reposts) addOldQuote(status, archive, post);
    if (!post.answers) post.thread = post.id;
    for (const auto& mention : oldEntities(status)["user_mentions"].items())
        post.mentions.push_back(oldPerson(mention));
    const auto& longer = status["extended_tweet"]["extended_entities"]["media"];
    const auto& media = longer.isArray() ? longer : status["extended_entities"]["media"];
    for (const auto& one : media.items()) post.attachments.push_back(one["type"].text());
    return post;
}

void meetOldPeople(const Json& status, XPosts& posts)
{
    const auto meet = [&](const Json& user) {
        posts.meet(oldPerson(user), user["protected"].isTrue());
    };
    for (const Json* one : {&status, &status["retweeted_status"], &status["quoted_status"]}) {
        meet((*one)["user"]);
        for (const auto& mention : oldEntities(*one)["user_mentions"].items()) meet(mention);
    }
}

std::string_view withheldReason(const Json& tweet)
{
    const bool held = tweet.has("withheld") || tweet["withheld_copyright"].isTrue() ||
                      !tweet["withheld_in_countries"].items().empty();
    return held ? "the tweet is withheld, so it is left out" : "";
}

}  // namespace kith
