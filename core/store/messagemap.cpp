#include "core/store/messagemap.h"

namespace kith {

bool MessageMap::add(std::uint64_t key, const Found& message)
{
    if (full()) return false;
    entries_.add(key, static_cast<std::uint64_t>(message.message.value) << 32U |
                          static_cast<std::uint32_t>(message.author.value));
    return true;
}

std::optional<MessageMap::Found> MessageMap::find(std::uint64_t key) const
{
    const auto* found = entries_.find(key);
    if (found == nullptr) return std::nullopt;
    return Found{MessageId{static_cast<std::int64_t>(*found >> 32U)},
                 AccountId{static_cast<std::int64_t>(*found & UINT32_MAX)}};
}

}  // namespace kith
