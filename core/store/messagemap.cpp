#include "core/store/messagemap.h"

#include <utility>

namespace kith {

namespace {

constexpr std::size_t firstSlots = 1U << 12U;
constexpr std::size_t mostSlots = 1U << 21U;

}  // namespace

std::size_t MessageMap::slotOf(std::uint64_t key) const
{
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = key & mask;
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & mask;
    return at;
}

void MessageMap::grow()
{
    std::vector<Slot> old(slots_.empty() ? firstSlots : slots_.size() * 2);
    std::swap(old, slots_);
    for (const Slot& slot : old) {
        if (slot.key != 0) slots_[slotOf(slot.key)] = slot;
    }
}

bool MessageMap::full() const
{
    return slots_.size() >= mostSlots && crowded();
}

bool MessageMap::add(std::uint64_t key, const Found& message)
{
    if (full()) return false;
    if (crowded()) grow();
    Slot& slot = slots_[slotOf(key)];
    if (slot.key == 0) ++filled_;
    slot = {key, static_cast<std::uint32_t>(message.message.value),
            static_cast<std::uint32_t>(message.author.value)};
    return true;
}

std::optional<MessageMap::Found> MessageMap::find(std::uint64_t key) const
{
    if (slots_.empty()) return std::nullopt;
    const Slot& slot = slots_[slotOf(key)];
    if (slot.key == 0) return std::nullopt;
    return Found{MessageId{slot.message}, AccountId{slot.author}};
}

void MessageMap::clear()
{
    slots_ = {};
    filled_ = 0;
}

}  // namespace kith
