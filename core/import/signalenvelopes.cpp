#include "core/import/signalenvelopes.h"

#include "core/import/bodies.h"

#include <algorithm>

namespace kith {
namespace {

/// The envelope of a line: bare, or inside an answer of the program's JSON-RPC.
const Json& envelopeOf(const Json& line)
{
    if (line.has("envelope")) return line["envelope"];
    return line["params"]["envelope"];
}

/// The message that an envelope carries, received or sent from another device.
const Json& dataOf(const Json& envelope)
{
    for (const char* key : {"dataMessage", "editMessage"}) {
        if (envelope[key].isObject()) return envelope[key];
    }
    return envelope["syncMessage"]["sentMessage"];
}

SignalEnvelope::Kind kindOf(const Json& data)
{
    using Kind = SignalEnvelope::Kind;
    if (data["reaction"].isObject()) return Kind::Reaction;
    if (data["remoteDelete"].isObject()) return Kind::Deletion;
    const bool said = !data["message"].text().empty() || !data["attachments"].items().empty() ||
                      data["sticker"].isObject() || !data["contacts"].items().empty();
    if (said) return Kind::Said;
    return data["groupInfo"]["type"].text() == "UPDATE" ? Kind::Update : Kind::Setting;
}

}  // namespace

std::string signalId(const std::string& author, std::int64_t stamp)
{
    return author + ":" + std::to_string(stamp);
}

std::string SignalBook::key(const Json& uuid, const Json& number, const Json& address) const
{
    if (!uuid.text().empty()) return uuid.text();
    const auto& plain = number.text().empty() ? address.text() : number.text();
    return std::string(keys_.text(plain, plain));
}

std::string SignalBook::name(const std::string& key) const
{
    return std::string(names_.text(key, key));
}

std::string SignalBook::number(const std::string& key) const
{
    return std::string(numbers_.text(key));
}

std::string SignalBook::groupName(const std::string& id) const
{
    const auto known = groups_.find(id);
    return known == groups_.end() ? std::string() : known->second;
}

const SignalBook::Fate* SignalBook::fate(const std::string& id) const
{
    const auto known = fates_.find(id);
    return known == fates_.end() ? nullptr : &known->second;
}

void SignalBook::meet(const Json& uuid, const Json& number, const Json& name)
{
    if (!uuid.text().empty() && !number.text().empty()) {
        keys_.set(number.text(), uuid.text());
        numbers_.set(uuid.text(), number.text());
    }
    const auto& key = uuid.text().empty() ? number.text() : uuid.text();
    if (!key.empty() && !name.text().empty()) names_.set(key, withoutNul(name.text()));
}

SignalEnvelope SignalBook::envelope(const Json& line) const
{
    using Kind = SignalEnvelope::Kind;
    SignalEnvelope out;
    const auto& envelope = envelopeOf(line);
    const auto* data = &dataOf(envelope);
    if (!data->isObject()) return out;
    const auto& sent = envelope["syncMessage"]["sentMessage"];
    const bool edit = (*data)["dataMessage"].isObject() || (*data)["editMessage"].isObject();
    const auto& edited = (*data)["editMessage"].isObject() ? (*data)["editMessage"] : *data;
    out.author = key(envelope["sourceUuid"], envelope["sourceNumber"], envelope["source"]);
    out.stamp = edit ? edited["targetSentTimestamp"].integer().value_or(0) : 0;
    if (edit) data = &edited["dataMessage"];
    if (!edit) {
        out.stamp =
            (*data)["timestamp"].integer().value_or(envelope["timestamp"].integer().value_or(0));
    }
    out.kind = edit ? Kind::Edit : kindOf(*data);
    out.group = (*data)["groupInfo"]["groupId"].text();
    if (out.group.empty()) {
        out.other =
            sent.isObject()
                ? key(sent["destinationUuid"], sent["destinationNumber"], sent["destination"])
                : key(Json(), line.has("account") ? line["account"] : line["params"]["account"],
                      Json());
    }
    out.data = data;
    return out;
}

void SignalBook::learn(const Json& line)
{
    const auto& envelope = envelopeOf(line);
    meet(envelope["sourceUuid"], envelope["sourceNumber"], envelope["sourceName"]);
    const auto& sent = envelope["syncMessage"]["sentMessage"];
    meet(sent["destinationUuid"], sent["destinationNumber"], Json());
    const auto& data = dataOf(envelope);
    const auto& group = data["groupInfo"];
    if (!group["groupName"].text().empty())
        groups_[group["groupId"].text()] = withoutNul(group["groupName"].text());
    for (const auto& one : data["mentions"].items()) meet(one["uuid"], one["number"], one["name"]);
    note(this->envelope(line));
}

/// nullptr, and it is counted, when no more is remembered.
SignalBook::Fate* SignalBook::fateOf(const std::string& id)
{
    constexpr std::size_t mostFates = 150'000;
    constexpr std::size_t mostBytes = 16U << 20U;
    const bool room = held_ < mostBytes && (fates_.size() < mostFates || fates_.contains(id));
    if (room) return &fates_[id];
    ++lost_;
    return nullptr;
}

/// What happens to an earlier message.
void SignalBook::note(const SignalEnvelope& envelope)
{
    using Kind = SignalEnvelope::Kind;
    if (envelope.data == nullptr) return;
    const auto& data = *envelope.data;
    if (envelope.kind == Kind::Edit) {
        auto* fate = fateOf(signalId(envelope.author, envelope.stamp));
        if (fate == nullptr) return;
        fate->edited = true;
        fate->text = data["message"].text();
        held_ += fate->text.size();
    } else if (envelope.kind == Kind::Deletion) {
        const auto stamp = data["remoteDelete"]["timestamp"].integer().value_or(0);
        if (auto* fate = fateOf(signalId(envelope.author, stamp))) fate->deleted = true;
    } else if (envelope.kind == Kind::Reaction) {
        const auto& reaction = data["reaction"];
        const auto author = key(reaction["targetAuthorUuid"], reaction["targetAuthorNumber"],
                                reaction["targetAuthor"]);
        const auto stamp = reaction["targetSentTimestamp"].integer().value_or(0);
        auto* fate = fateOf(signalId(author, stamp));
        if (fate == nullptr) return;
        auto& all = fate->reactions;
        held_ += sizeof(ReactionRecord);
        // One person has one reaction to a message.
        std::erase_if(all, [&](const auto& one) { return one.account == envelope.author; });
        if (reaction["isRemove"].isTrue()) return;
        all.push_back(
            {envelope.author, withoutNul(reaction["emoji"].text()),
             envelope.stamp > 0 ? std::optional(fromMillis(envelope.stamp)) : std::nullopt});
    }
}

}  // namespace kith
