#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonmembers.h"
#include "core/import/jsonrecords.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

std::optional<Time> millis(const Json& value)
{
    constexpr std::int64_t year9999 = 253'370'764'800'000;
    const auto number = value.integer();
    if (!number || *number <= 0 || *number >= year9999) return std::nullopt;
    return fromMillis(*number);
}

/// Pages of posts from Mattermost's interface: no names, only ids.
class MattermostPage {
public:
    MattermostPage(const ReadOptions& options, Sink& sink)
        : options_(options), sink_(sink), people_(sink)
    {}

    void take(const Json& post, const Place& place)
    {
        const auto when = millis(post["create_at"]);
        if (!when || post["id"].text().empty()) {
            return sink_.problem(
                {Outcome::Refused, place,
                 "the post \"" + shorten(post["id"].text(), 40) + "\" has no id or no valid time"});
        }
        std::string conversation = post["channel_id"].text();
        if (!options_.conversation.empty()) conversation = options_.conversation;
        if (post["type"].text().starts_with("system_")) {
            return sink_.system({post["id"].text(), conversation, *when, true,
                                 withoutNul(post["message"].text()), place});
        }
        MessageRecord message;
        message.id = post["id"].text();
        message.conversation = std::move(conversation);
        message.account = post["user_id"].text();
        message.time = *when;
        message.place = place;
        message.edited = post["edit_at"].integer().value_or(0) > 0;
        message.deleted = post["delete_at"].integer().value_or(0) > 0;
        message.bot = post["props"]["from_bot"].text() == "true" ||
                      post["props"]["from_webhook"].text() == "true";
        people_.tell(message.account, message.account, {}, message.bot);
        if (!message.deleted) message.text = post["message"].text();
        addReply(post, message);
        for (const auto& one : post["metadata"]["reactions"].items()) {
            message.reactions.push_back(
                {one["user_id"].text(), one["emoji_name"].text(), millis(one["create_at"])});
        }
        std::erase_if(message.reactions, [](const auto& one) { return one.account.empty(); });
        for (const auto& file : post["metadata"]["files"].items())
            message.attachments.push_back(withoutNul(file["name"].text()));
        limitText(message, sink_);
        sink_.message(std::move(message));
    }

private:
    static void addReply(const Json& post, MessageRecord& message)
    {
        const auto& root = post["root_id"].text();
        const auto& parent = post["parent_id"].text();
        message.thread = root.empty() ? message.id : root;
        const auto& target = parent.empty() ? root : parent;
        if (!target.empty()) message.ties.push_back({TieKind::Reply, {}, target, 1});
    }

    const ReadOptions& options_;
    Sink& sink_;
    SenderBook people_;
};

class MattermostReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"mattermost",
                                     "Mattermost posts (a page of its interface, JSON)",
                                     {"mattermost"},
                                     {".json"},
                                     {.replies = true, .reactions = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto has = [&](std::string_view key) {
            return probe.head.find(key) != probe.head.npos;
        };
        if (!trim(probe.head).starts_with('{') || !has("\"posts\"") || !has("\"order\"")) return {};
        if (has("\"create_at\"") && has("\"channel_id\"") && has("\"root_id\""))
            return {90, "holds posts with Mattermost's keys"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        task.begin("Reading " + placeIn(package, 0).text(), package.entries().front().size);
        const MembersAsItems page(package, "posts", MembersAsItems::Keys::Blank);
        JsonRecords posts(page, 0, {"posts"}, sink, task, "post");
        MattermostPage import(options, sink);
        while (const auto post = posts.next()) import.take(post->json, post->place);
        posts.require("posts", "Ask Mattermost's interface for the posts of a channel again.");
        sink.problem({Outcome::Noted, posts.place(),
                      "the page has no list of people: they are named by their ids"});
        return {posts.seen(), "mattermost", {}, false};
    }
};

}  // namespace

const Reader& mattermostReader()
{
    static const MattermostReader reader;
    return reader;
}

}  // namespace kith
