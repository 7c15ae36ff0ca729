#include "core/import/zulipreactions.h"

#include "core/base/error.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace kith {
namespace {

constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
constexpr int mostLoads = 200;  ///< some hundred million reactions in order

/// Foreign keys stand as "message" in exports and as "message_id" in some.
std::int64_t refersTo(const Json& json, const std::string& key)
{
    return (json.has(key) ? json[key] : json[key + "_id"]).integer().value_or(none);
}

}  // namespace

void ZulipReactions::of(
    const Json& message,
    const std::function<void(std::int64_t person, std::string_view emoji)>& each)
{
    const auto id = message.integer();
    if (!id) return;
    if (*id < from_ || *id >= until_) {
        if (loads_ >= mostLoads) {
            ++lost_;
            return;
        }
        load(*id);
    }
    auto at = std::ranges::lower_bound(held_, *id, {}, &Reaction::message);
    for (; at != held_.end() && at->message == *id; ++at) each(at->person, emoji_[at->emoji]);
}

/// Holds the reactions to the message and to as many behind it as there is room for.
void ZulipReactions::load(std::int64_t from)
{
    ++loads_;
    held_.clear();
    held_.reserve(2 * most_);  // growing would take as much again
    from_ = from;
    until_ = none;
    const auto source = package_.open(realm_);
    JsonElements elements(*source, placeIn(package_, realm_), {"zerver_reaction"});
    std::uint32_t ordinal = 0;
    while (const auto element = elements.next()) {
        task_.advance(0);
        if (element->raw.empty()) continue;
        try {
            const auto json = Json::parse(element->raw, element->place);
            const auto message = refersTo(json, "message");
            const auto person = refersTo(json, "user_profile");
            if (message < from_ || message >= until_ || person == none) continue;
            held_.push_back({message, person, ++ordinal, numberOf(json["emoji_name"].text())});
        } catch (const Error&) {
            continue;  // told when the lists were read
        }
        if (held_.size() >= 2 * most_) shrink();
    }
    shrink();
}

/// Sorts what is held, and lets go of what is too much: the messages with the highest numbers.
void ZulipReactions::shrink()
{
    std::ranges::sort(held_, {},
                      [](const Reaction& one) { return std::tuple(one.message, one.ordinal); });
    if (held_.size() <= most_) return;
    // All reactions to one message stay together, also where they alone are too many.
    auto end = held_[most_].message;
    if (end == held_.front().message) ++end;
    until_ = end;
    held_.erase(std::ranges::lower_bound(held_, end, {}, &Reaction::message), held_.end());
}

std::uint32_t ZulipReactions::numberOf(std::string_view emoji)
{
    const auto [known, fresh] = emojiNumbers_.add(tableKey(emoji));
    if (known == nullptr) return 0;
    if (fresh) {
        *known = static_cast<std::uint32_t>(emoji_.size());
        emoji_.emplace_back(emoji);
    }
    return *known;
}

}  // namespace kith
