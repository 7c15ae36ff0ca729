#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/json.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace kith {
namespace {

/// A page holds 200 posts at most, but pages may have been put together.
constexpr std::size_t longestPage = 32U << 20U;

std::optional<Time> millis(const Json& value)
{
    constexpr std::int64_t year9999 = 253'370'764'800'000;
    const auto number = value.integer();
    if (!number || *number <= 0 || *number >= year9999) return std::nullopt;
    return fromMillis(*number);
}

/// A page of posts from Mattermost's interface: no names, only ids.
class MattermostPage {
public:
    MattermostPage(const Package& package, const ReadOptions& options, Sink& sink)
        : file_(package), options_(options), sink_(sink), people_(sink)
    {}

    ReadReport run()
    {
        const auto page = read();
        if (!page["posts"].isObject()) {
            throw Error(Error::Kind::BadInput, "there is no object \"posts\" in the file",
                        file_.place(), "Ask Mattermost's interface for the posts of a channel.");
        }
        std::vector<const Json*> posts;
        for (const auto& [id, post] : page["posts"].members()) posts.push_back(&post);
        std::ranges::sort(posts, {}, [](const Json* one) {
            return std::tuple((*one)["create_at"].integer().value_or(0), (*one)["id"].text());
        });
        for (const auto* post : posts) take(*post);
        sink_.problem({Outcome::Noted, file_.place(),
                       "the page has no list of people: they are named by their ids"});
        return {posts.size(), "mattermost", {}, false};
    }

private:
    Json read() const
    {
        constexpr auto remedy = "Ask Mattermost's interface for the posts again, page by page.";
        try {
            const auto source = file_.open();
            return Json::parse(readAll(*source, longestPage), file_.place());
        } catch (const Error& error) {
            if (error.kind() == Error::Kind::FileUnreadable) throw;
            const auto& where = error.where().file.empty() ? file_.place() : error.where();
            throw Error(error.kind(), error.cause(), where, remedy);
        }
    }

    void take(const Json& post)
    {
        const auto when = millis(post["create_at"]);
        if (!when || post["id"].text().empty()) {
            return sink_.problem(
                {Outcome::Refused, file_.place(),
                 "the post \"" + shorten(post["id"].text(), 40) + "\" has no id or no valid time"});
        }
        std::string conversation = post["channel_id"].text();
        if (!options_.conversation.empty()) conversation = options_.conversation;
        if (post["type"].text().starts_with("system_")) {
            return sink_.system({post["id"].text(), conversation, *when, true,
                                 withoutNul(post["message"].text()), file_.place()});
        }
        MessageRecord message;
        message.id = post["id"].text();
        message.conversation = std::move(conversation);
        message.account = post["user_id"].text();
        message.time = *when;
        message.place = file_.place();
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

    static void addReply(const Json& post, MessageRecord& message)
    {
        const auto& root = post["root_id"].text();
        const auto& parent = post["parent_id"].text();
        message.thread = root.empty() ? message.id : root;
        const auto& target = parent.empty() ? root : parent;
        if (!target.empty()) message.ties.push_back({TieKind::Reply, {}, target, 1});
    }

    OneFile file_;
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
        task.begin("Reading " + placeIn(package, 0).text(), 1);
        auto report = MattermostPage(package, options, sink).run();
        task.advance(1);
        return report;
    }
};

}  // namespace

const Reader& mattermostReader()
{
    static const MattermostReader reader;
    return reader;
}

}  // namespace kith
