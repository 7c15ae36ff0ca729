#include "core/import/json.h"

#include "core/base/text.h"
#include "core/import/jsondocument.h"
#include "core/import/jsonkeys.h"

#include <utility>

namespace kith {

constinit const Json Json::absent;

Json::Json(const Json& other) : Json(Document::copyOf(other)) {}

Json& Json::operator=(const Json& other)
{
    if (this != &other) *this = Document::copyOf(other);
    return *this;
}

Json& Json::operator=(Json&& other) noexcept
{
    if (this == &other) return *this;
    // What is taken over may stand in the document that ends here: it goes last.
    auto* const before = std::exchange(document_, nullptr);
    take(other);
    if (before != nullptr) release(before);
    return *this;
}

void Json::take(Json& other) noexcept
{
    at_ = std::exchange(other.at_, nullptr);
    size_ = std::exchange(other.size_, 0);
    kind_ = std::exchange(other.kind_, Kind::Null);
    document_ = std::exchange(other.document_, nullptr);
}

void Json::release(Document* document) noexcept
{
    Document::giveBack(document);
}

std::optional<std::int64_t> Json::integer() const
{
    return kind_ == Kind::Number || kind_ == Kind::String ? parseInteger(text()) : std::nullopt;
}

std::optional<double> Json::real() const
{
    return kind_ == Kind::Number || kind_ == Kind::String ? parseReal(text()) : std::nullopt;
}

const std::uint8_t* Json::tags() const
{
    return static_cast<const std::uint8_t*>(at_) - roundedTags(size_);
}

const Json::Member* Json::find(std::string_view key, std::uint8_t tag) const
{
    if (kind_ != Kind::Object) return nullptr;
    const auto* const members = static_cast<const Member*>(at_);
    const Member* found = nullptr;
    anyTag(tags(), size_, tag, [&](std::size_t i) {
        const auto& there = members[i].key;
        if (there.size() != key.size() || !sameBytes(there.data(), key.data(), key.size()))
            return false;
        found = members + i;
        return true;
    });
    return found;
}

const Json& Json::at(std::string_view key, std::uint8_t tag) const
{
    const auto* const found = find(key, tag);
    return found == nullptr ? absent : found->value;
}

}  // namespace kith
