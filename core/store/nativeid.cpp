#include "core/store/nativeid.h"

#include "core/base/quickhash.h"
#include "core/base/text.h"

#include <algorithm>

namespace kith {

NativeId::NativeId(std::string_view text) : text_(text)
{
    // Leading zeros and signs would be lost in a number, and with them the difference of two ids.
    const bool digits = !text.empty() && text.size() <= 18 &&
                        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (text.size() > 1 && text.front() == '0')) return;
    number_ = *parseInteger(text);
    numeric_ = true;
}

void NativeId::bind(Statement& statement, int position) const
{
    if (numeric_) {
        statement.bindAt(position, number_);
    } else {
        statement.bindAt(position, text_);
    }
}

std::uint64_t NativeId::hash(std::uint64_t seed, std::int64_t conversation) const
{
    QuickHasher hasher(seed);
    hasher.add(conversation);
    if (numeric_) return hasher.add(number_).finish();
    return hasher.add(text_).finish();
}

}  // namespace kith
