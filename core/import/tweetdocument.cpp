#include "core/import/tweetdocument.h"

#include "core/base/error.h"

namespace kith {
namespace {

enum List : std::size_t { Tweets, Media, Data, Users };

/// Of the posts themselves less is wanted: one that they refer to is mostly among `includes`.
constexpr std::array<std::size_t, 3> mostBytes{16U << 20U, 8U << 20U, 8U << 20U};

/// nullptr for what is no object, or cannot be read: that is told where posts are counted.
const Json* objectIn(JsonElements::Element& element)
{
    if (element.raw.empty()) return nullptr;
    try {
        const auto& json = element.json();
        return json.isObject() ? &json : nullptr;
    } catch (const Error&) {
        return nullptr;
    }
}

}  // namespace

TweetDocument::TweetDocument(const OneFile& file) : file_(file)
{
    const auto source = file.open();
    JsonElements elements(*source, file.place(),
                          {"includes.tweets", "includes.media", "data", "includes.users"});
    while (auto* element = elements.next()) {
        anyUser_ = anyUser_ || element->path == Users;
        if (element->path == Users) continue;
        if (bytes_.at(element->path) + element->raw.size() > mostBytes.at(element->path)) {
            partial_ = true;
        } else if (const auto* json = objectIn(*element)) {
            keep(element->path, element->raw, *json);
        }
    }
}

void TweetDocument::keep(std::size_t path, std::string_view raw, const Json& json)
{
    const auto id = json[path == Media ? "media_key" : "id"].text();
    if (id.empty()) return;
    bytes_.at(path) += raw.size();
    const auto& kept = kept_.emplace_back(json);
    if (path == Media) {
        page_.media.emplace(kept["media_key"].text(), &kept);
    } else {
        page_.tweets.emplace(kept["id"].text(), &kept);
    }
}

template <class Each>
void TweetDocument::eachUser(Each each) const
{
    if (!anyUser_) return;
    const auto source = file_.open();
    JsonElements elements(*source, file_.place(), {"includes.users"});
    while (auto* element = elements.parsed()) {
        if (const auto* user = objectIn(*element)) each(*user);
    }
}

void TweetDocument::learn(XPosts& posts) const
{
    eachUser([&](const Json& user) { posts.learn(tweetUser(user)); });
}

void TweetDocument::describe(XPosts& posts) const
{
    eachUser([&](const Json& user) { posts.meet(tweetUser(user), user["protected"].isTrue()); });
}

}  // namespace kith
