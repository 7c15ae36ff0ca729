#include "core/import/telegrammessage.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/once.h"
#include "core/import/telegramfields.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>

namespace kith {
namespace {

using Field = TelegramField;

constexpr std::size_t longestText = 256U << 10U;

constexpr std::array<std::string_view, 22> knownEntities{
    "plain",     "mention",       "mention_name", "hashtag", "cashtag", "bot_command",
    "link",      "text_link",     "email",        "phone",   "bold",    "italic",
    "underline", "strikethrough", "spoiler",      "code",    "pre",     "blockquote",
    "bank_card", "custom_emoji",  "unknown",      "date"};

/// NUL cannot be shown or stored in a name; its picture can.
std::string visible(std::string_view text)
{
    std::string all(text);
    if (text.find('\0') == std::string_view::npos) return all;
    return replaceAll(std::move(all), std::string_view("\0", 1), "\u2400");
}

/// A text as Telegram gives it, a string or a list of strings and objects, made flat.
void appendText(const Json& text, std::string& out)
{
    if (text.isString()) {
        const std::string_view plain = text.text();
        if (plain.find('\0') == std::string_view::npos)
            out += plain;
        else
            out += visible(plain);
    }
    for (const auto& part : text.items()) appendText(part, out);
    if (text.isObject()) appendText(text["text"], out);
}

/// "user123": before 2021 the number stood alone.
std::string accountKey(const Json& id)
{
    if (id.isNumber()) return "user" + id.text();
    return id.isString() ? visible(id.text()) : std::string();
}

bool readableText(const Json& text)
{
    if (text.isNull() || text.isString()) return true;
    return text.isArray() && std::ranges::all_of(text.items(), [](const Json& part) {
               return part.isString() || part.isObject();
           });
}

std::uint64_t numberKey(std::int64_t number)
{
    return QuickHasher().add(number).finish();
}

}  // namespace

class TelegramMessages::Post : public decltype(telegramFields)::Found {
public:
    explicit Post(const Json& message) : Found(telegramFields.of(message)), json(message) {}

    const Json& json;
};

namespace {

void fillAttachments(const auto& post, std::vector<std::string>& all)
{
    if (post.has(Field::Photo)) all.emplace_back("photo");
    if (const auto& kind = post[Field::MediaType]; kind.isString() && !kind.text().empty()) {
        all.push_back(visible(kind.text()));
    } else if (post.has(Field::File)) {
        const auto& name = post[Field::FileName].text();
        all.push_back(name.empty() ? std::string("file") : visible(name));
    }
    for (const auto& [field, what] : {std::pair{Field::Location, "location"},
                                      {Field::Contact, "contact"},
                                      {Field::Poll, "poll"},
                                      {Field::Game, "game"},
                                      {Field::Invoice, "invoice"}}) {
        if (post.has(field)) all.emplace_back(what);
    }
}

/// What the platform says: "Anna: invite_members Ben, Carla".
std::string serviceText(const Json& json)
{
    std::string text = visible(json["actor"].text());
    if (!text.empty()) text += ": ";
    text += json["action"].isString() ? visible(json["action"].text()) : std::string("service");
    for (const auto* key : {"title", "new_title"}) {
        if (json[key].isString()) text += " \"" + visible(json[key].text()) + "\"";
    }
    bool first = true;
    for (const auto& member : json["members"].items()) {
        text += first ? " " : ", ";
        text += member.isString() ? visible(member.text()) : std::string("(deleted account)");
        first = false;
    }
    return text;
}

}  // namespace

bool NumberSet::insert(std::int64_t number)
{
    auto block = number / perBlock;
    auto at = number % perBlock;
    if (at < 0) {
        at += perBlock;
        --block;
    }
    if (blocks_.size() >= mostBlocks && !blocks_.contains(block)) return true;
    auto& bits = blocks_[block];
    const auto bit = static_cast<std::size_t>(at);
    if (bits[bit]) return false;
    bits[bit] = true;
    return true;
}

TelegramMessages::TelegramMessages(const ReadOptions& options, Sink& sink)
    : options_(options), zone_(options.zone.value_or(Zone())), sink_(sink), people_(sink)
{}

void TelegramMessages::beginChat(std::string conversation)
{
    conversation_ = std::move(conversation);
    numbers_.clear();
    topics_.clear();
    topicOf_ = LatelyMet<std::int64_t>(rememberedTopics);
    inTopics_ = 0;
}

void TelegramMessages::refuse(const Place& place, std::string what)
{
    if (!firstRefused_) firstRefused_ = Problem{Outcome::Refused, place, what};
    sink_.problem({Outcome::Refused, place, std::move(what)});
}

void TelegramMessages::take(JsonElements::Element& element)
{
    ++seen_;
    raw_ = element.raw;
    place_ = element.place;
    const auto& place = element.place;
    if (raw_.empty()) {
        refuse(place, "the message is longer than 16 MB");
        return;
    }
    JsonElements::Break trouble;
    const auto* parsed = element.json(trouble);
    if (parsed == nullptr) {
        refuse(trouble.place, "the message is no valid JSON: " + trouble.what);
        return;
    }
    const auto& json = *parsed;
    if (!json.isObject()) {
        refuse(place, "the entry is no message");
        return;
    }
    const Post post(json);
    const auto& type = post[Field::Type].text();
    if (type == "unsupported") {
        sink_.problem(
            {Outcome::Skipped, place, "a message of a kind that Telegram does not export"});
        return;
    }
    std::string id;
    if (post.has(Field::Id)) {
        const auto number = post[Field::Id].integer();
        if (!number) {
            refuse(place,
                   "the id \"" + shorten(post[Field::Id].text(), 30) + "\" is no whole number");
            return;
        }
        id = std::to_string(*number);
        if (!numbers_.insert(*number)) {
            refuse(place, "the id " + id + " occurs twice in the chat; the first message is kept");
            return;
        }
    }
    const auto when = time(post);
    if (!when) {
        refuse(place, "the message has no valid date");
        return;
    }
    ++kept_;
    if (type == "service") {
        service(post, place, *when, std::move(id));
    } else {
        said(post, place, *when, std::move(id));
    }
}

std::optional<TelegramMessages::When> TelegramMessages::time(const Post& post)
{
    constexpr std::int64_t year9999 = 253'370'764'800;
    constexpr auto quarter = std::chrono::minutes(15);
    const auto iso = parseIso(post[Field::Date].text());
    if (post.has(Field::UnixTime)) {
        const auto seconds = post[Field::UnixTime].integer();
        if (!seconds || *seconds <= 0 || *seconds >= year9999) return std::nullopt;
        const Time time{std::chrono::seconds(*seconds)};
        if (iso && !iso->offset) {
            const auto apart = iso->wall.time_since_epoch() - time.time_since_epoch();
            const bool zoneLike = apart >= std::chrono::hours(-12) &&
                                  apart <= std::chrono::hours(14) &&
                                  apart % quarter == std::chrono::milliseconds(0);
            if (!zoneLike) ++contradictions_;
        }
        return When{time, TimeCertainty::Exact};
    }
    if (!iso) return std::nullopt;
    if (iso->offset) {
        return When{Time(iso->wall.time_since_epoch()) - *iso->offset, TimeCertainty::Exact};
    }
    ++localTimes_;
    const auto resolved = zone_.toUtc(iso->wall);
    return When{resolved.time, resolved.certainty};
}

/// Sends the account when it is new or has a new name.
/// @return its key; empty when nothing is known
std::string TelegramMessages::person(const Json& name, const Json& id)
{
    auto label = visible(name.text());
    auto key = accountKey(id);
    if (key.empty()) key = label;
    if (key.empty()) return {};
    if (label.empty()) label = "Deleted Account";
    if (people_.isNews(key, label)) {
        if (name.text().find('\0') != std::string::npos) {
            sink_.problem(
                {Outcome::Repaired, place_, "a name holds a NUL, which is shown as \u2400"});
        }
        if (keyOfName_.meet(label, key) != key) keyOfName_.set(label, {});
        sink_.account({key, label, {}, false});
    }
    return key;
}

void TelegramMessages::service(const Post& post, const Place& place, const When& when,
                               std::string id)
{
    const auto& json = post.json;
    if (json["action"].text() == "topic_created") {
        if (const auto number = json["id"].integer()) (void)topics_.first(numberKey(*number));
    }
    sink_.system({std::move(id), conversation_, when.time, true, serviceText(json), place});
}

void TelegramMessages::said(const Post& post, const Place& place, const When& when, std::string id)
{
    const auto& text = post[post.has(Field::Text) ? Field::Text : Field::RichMessage];
    if (!readableText(text) && !text.isObject()) {
        --kept_;
        refuse(place, "the text of the message is neither a text nor a list of texts");
        return;
    }
    auto& message = sink_.blank();
    message.id = std::move(id);
    message.conversation = conversation_;
    message.time = when.time;
    message.certainty = when.certainty;
    message.place = place;
    message.account = person(post[Field::From], post[Field::FromId]);
    const auto& entities = post[Field::Entities];
    appendText(entities.items().empty() ? text : entities, message.text);
    fillAttachments(post, message.attachments);
    if (message.text.empty()) appendText(post[Field::Poll]["question"], message.text);
    if (message.text.find("\uFFFD") != std::string::npos &&
        raw_.find("\uFFFD") == std::string_view::npos) {
        sink_.problem(
            {Outcome::Repaired, place, "characters that are no Unicode are shown as \uFFFD"});
    }
    if (message.text.size() > longestText) {
        sink_.problem({Outcome::Repaired, place,
                       fmt::format("the message is {} bytes long and was cut at 256 KB",
                                   message.text.size())});
        message.text = shorten(message.text, longestText);
    }
    message.edited = post.has(Field::Edited) || post.has(Field::EditedUnix);
    addReply(post, message);
    addForward(post, message);
    addMentions(entities.items().empty() ? text : entities, message);
    addReactions(post[Field::Reactions], message);
    sink_.message(std::move(message));
}

/// A message in a topic points at the topic's first message when it replies to nobody: no tie then,
/// or whoever opened the topics would stand in the middle of everything.
void TelegramMessages::addReply(const Post& post, MessageRecord& message)
{
    const auto target = post[Field::ReplyTo].integer();
    if (!target) return;
    const auto own = post[Field::Id].integer();
    if (const auto peer = accountKey(post[Field::ReplyToPeer]); !peer.empty()) {
        message.ties.push_back({TieKind::Reply, {}, peer + ":" + std::to_string(*target), 1});
        return;
    }
    if (own && *target >= *own) {
        sink_.problem({Outcome::Repaired, place_,
                       fmt::format("the reply points at itself or a later message ({}), which "
                                   "cannot be; it is kept without it",
                                   *target)});
        return;
    }
    if (topics_.contains(numberKey(*target))) {
        message.thread = std::to_string(*target);
        if (own) remember(*own, *target);
        return;
    }
    message.ties.push_back({TieKind::Reply, {}, std::to_string(*target), 1});
    const auto* known = topicOf_.find(numberKey(*target));
    if (known == nullptr) return;
    const auto topic = *known;
    message.thread = std::to_string(topic);
    if (own) remember(*own, topic);
}

void TelegramMessages::remember(std::int64_t message, std::int64_t topic)
{
    topicOf_.meet(numberKey(message)) = topic;
    forgetful_ = forgetful_ || ++inTopics_ > rememberedTopics;
}

/// Older exports give the first author's name only; it counts when one person here has it.
void TelegramMessages::addForward(const Post& post, MessageRecord& message)
{
    if (!post.has(Field::ForwardedFrom) && !post.has(Field::ForwardedFromId)) return;
    message.kind = MessageKind::Repost;
    std::string key;
    if (const auto id = accountKey(post[Field::ForwardedFromId]); !id.empty()) {
        key = person(post[Field::ForwardedFrom], post[Field::ForwardedFromId]);
    } else {
        key = keyOfName_.text(visible(post[Field::ForwardedFrom].text()));
    }
    if (!key.empty() && key != message.account)
        message.ties.push_back({TieKind::Repost, key, {}, 1});
}

void TelegramMessages::addMentions(const Json& entities, MessageRecord& message)
{
    if (entities.items().empty()) return;
    Once met{message.account, {}};
    for (const auto& entity : entities.items()) {
        if (!entity.isObject()) continue;
        const auto& type = entity["type"].text();
        if (std::ranges::find(knownEntities, type) == knownEntities.end())
            unknownEntities_.insert(type);
        std::string key;
        if (type == "mention_name" && entity["user_id"].integer()) {
            key = "user" + entity["user_id"].text();
        } else if (type == "mention") {
            key = asciiLower(visible(entity["text"].text()));
            if (key.size() < 2) continue;
            if (people_.isNews(key, key)) sink_.account({key, key, key, false});
        }
        if (met.first(key)) message.ties.push_back({TieKind::Mention, key, {}, 1});
    }
}

void TelegramMessages::addReactions(const Json& reactions, MessageRecord& message)
{
    for (const auto& reaction : reactions.items()) {
        const auto& emoji = reaction["emoji"].text();
        const auto what = emoji.empty() ? reaction["type"].text() : visible(emoji);
        std::uint64_t named = 0;
        for (const auto& one : reaction["recent"].items()) {
            const auto key = person(one["from"], one["from_id"]);
            if (key.empty()) continue;
            ++named;
            std::optional<Time> when;
            if (const auto iso = parseIso(one["date"].text())) {
                when = iso->offset ? Time(iso->wall.time_since_epoch()) - *iso->offset
                                   : zone_.toUtc(iso->wall).time;
            }
            message.reactions.push_back({key, what, when});
        }
        const auto count = reaction["count"].integer().value_or(0);
        if (count > 0 && static_cast<std::uint64_t>(count) > named) {
            nobodysReactions_ += static_cast<std::uint64_t>(count) - named;
        }
    }
}

void TelegramMessages::finish(const Place& place)
{
    const auto note = [&](std::string what) {
        sink_.problem({Outcome::Noted, place, std::move(what)});
    };
    if (contradictions_ > 0) {
        note(fmt::format(
            "{} messages give two times that no time zone brings together; the one in UTC is used",
            contradictions_));
    }
    if (forgetful_) {
        note(
            fmt::format("the file holds more messages in topics than are remembered: an answer to "
                        "one that has more than {} others in topics behind it is kept, but may "
                        "stand in no topic",
                        withSeparators(rememberedTopics)));
    }
    if (nobodysReactions_ > 0) {
        note(fmt::format("{} reactions are counted in the file without saying whose they are",
                         nobodysReactions_));
    }
    for (const auto& type : unknownEntities_)
        note("text of the unknown kind \"" + shorten(type, 60) + "\" is kept as plain text");
    if (localTimes_ > 0 && !options_.zone) {
        note(
            fmt::format("{} times carry no time zone and are read as UTC; pass --zone to say where "
                        "the export was made",
                        localTimes_));
    }
}

}  // namespace kith
