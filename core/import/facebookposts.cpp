#include "core/import/facebookposts.h"

#include "core/base/text.h"
#include "core/import/jsonlines.h"
#include "core/import/messengerwords.h"
#include "core/import/mojibake.h"

#include <array>
#include <utility>

namespace kith {
namespace {

std::string whole(const Json& text)
{
    return withoutNul(withoutMojibake(text.text()));
}

/// What stands between `front` and `back`; empty when either is missing.
std::string_view between(std::string_view text, std::string_view front, std::string_view back)
{
    const auto from = text.find(front);
    if (from == text.npos) return {};
    text.remove_prefix(from + front.size());
    const auto to = text.find(back);
    return to == text.npos ? std::string_view() : text.substr(0, to);
}

}  // namespace

std::vector<std::string> FacebookPosts::paths()
{
    return {"comments_v2", "group_comments_v2", "group_posts_v2"};
}

std::string FacebookPosts::person(std::string name)
{
    if (isGoneName(name)) return {};
    people_.tell(name, name);
    return name;
}

/// "Ann Lee replied to Ben Cole's comment.", "Ann Lee posted in Eastfield."
void FacebookPosts::addTitle(const std::string& title, MessageRecord& message)
{
    const std::string_view text = title;
    if (const auto at = text.find(" posted in "); at != text.npos) {
        if (message.account.empty()) message.account = person(title.substr(0, at));
        auto group = text.substr(at + 11);
        if (group.ends_with('.')) group.remove_suffix(1);
        if (message.conversation.empty()) message.conversation = group;
    }
    for (const std::string_view act : {" replied to ", " commented on "}) {
        auto other = between(text, act, "'s ");
        if (other.empty()) other = between(text, act, "\u2019s ");
        if (other.empty() || other.find(' ') == 0) continue;
        auto key = person(std::string(other));
        if (!key.empty() && key != message.account)
            message.ties.push_back({TieKind::Reply, std::move(key), {}, 1});
    }
}

void FacebookPosts::take(const JsonRecords::Record& record)
{
    const auto& json = record.json;
    const auto when = epochTime(json["timestamp"]);
    if (!when || json["timestamp"].isNull()) {
        return sink_.problem({Outcome::Refused, record.place, "the entry has no valid time"});
    }
    constexpr std::size_t posts = 2;  // of paths()
    MessageRecord message;
    message.time = *when;
    message.place = record.place;
    message.kind = record.path == posts ? MessageKind::Post : MessageKind::Said;
    for (const auto& part : json["data"].items()) {
        const auto& comment = part["comment"];
        if (comment.isObject()) {
            message.text = whole(comment["comment"]);
            message.account = person(whole(comment["author"]));
            message.conversation = whole(comment["group"]);
        } else if (part["post"].isString()) {
            message.text = whole(part["post"]);
        }
    }
    for (const auto& attachment : json["attachments"].items()) {
        for (const auto& part : attachment["data"].items()) {
            const auto link = whole(part["external_context"]["url"]);
            if (!link.empty()) message.attachments.push_back(link);
            if (part["media"].isObject()) message.attachments.emplace_back("media");
        }
    }
    addTitle(whole(json["title"]), message);
    if (message.text.empty() && message.attachments.empty()) {
        return sink_.problem({Outcome::Skipped, record.place, "the entry holds no words"});
    }
    if (message.conversation.empty()) message.conversation = options_.conversation;
    if (message.conversation.empty()) message.conversation = facebookPostsName;
    limitText(message, sink_);
    sink_.message(std::move(message));
}

}  // namespace kith
