#include "core/store/nativeid.h"

#include "core/base/ascii.h"
#include "core/base/quickhash.h"
#include "core/base/text.h"

#include <algorithm>

namespace kith {

NativeId::NativeId(std::string_view text) : text_(text)
{
    // Leading zeros and signs would be lost in a number, and with them the difference of two ids.
    if (text.size() > 18 || !isDigits(text) || (text.size() > 1 && text.front() == '0')) return;
    number_ = *parseInteger(text);
    kind_ = Kind::Number;
}

NativeId NativeId::ofHash(std::string_view bytes)
{
    NativeId id{std::string_view()};
    id.text_ = bytes;
    id.kind_ = Kind::Digest;
    return id;
}

void NativeId::bind(Statement& statement, int position) const
{
    switch (kind_) {
    case Kind::Number: return statement.bindAt(position, number_);
    case Kind::Text: return statement.bindAt(position, text_);
    case Kind::Digest:
        return statement.bindAt(
            position, Blob{{reinterpret_cast<const std::uint8_t*>(text_.data()), text_.size()}});
    }
}

void NativeId::addTo(RowBatch& rows) const
{
    switch (kind_) {
    case Kind::Number: return rows.add(number_);
    case Kind::Text: return rows.add(text_);
    case Kind::Digest: return rows.addBlob(text_);
    }
}

std::uint64_t NativeId::hash(std::uint64_t seed, std::int64_t conversation) const
{
    QuickHasher hasher(seed);
    // Conversations are positive, so that a hash is never taken for a text of the same bytes.
    hasher.add(hashed() ? -conversation : conversation);
    const auto hash = numeric() ? hasher.add(number_).finish() : hasher.add(text_).finish();
    return hash == 0 ? 1 : hash;
}

}  // namespace kith
