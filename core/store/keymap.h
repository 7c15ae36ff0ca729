#pragma once

#include "core/base/fetchahead.h"
#include "core/base/largepages.h"
#include "core/base/release.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace kith {

/// Numbers by a hash of what they belong to, for an import: one read of memory a search, which can
/// be begun ahead, where a map of strings needs five. What has the same hash is taken for the same:
/// with 64 bits under a seed that nobody outside of the workspace knows, a chance of 2^-64 a pair.
/// Nothing is ever taken out singly. 16 bytes a slot; at most half of them are filled, so that what
/// is not there is seen in a look or two, up to the largest size, where 3/4 may be.
class KeyMap {
public:
    /// @param most slots, a power of two
    explicit KeyMap(std::size_t most = SIZE_MAX) : most_(most) {}

    /// The number of a key; nullptr when it is not there. Valid until the next add().
    const std::uint64_t* find(std::uint64_t key) const
    {
        if (slots_.empty()) return nullptr;
        const Slot& slot = slots_[slotOf(key)];
        return slot.key == 0 ? nullptr : &slot.number;
    }

    /// Begins to fetch what find() will read, so that it need not wait for it.
    void expect(std::uint64_t key) const
    {
        if (!slots_.empty()) fetchAhead(&slots_[key & (slots_.size() - 1)]);
    }

    /// At the largest size, and nothing more goes in.
    bool full() const { return slots_.size() >= most_ && (filled_ + 1) * 4 > slots_.size() * 3; }

    /// Adds a key that is not there, while it is not full(). @param key never 0
    void add(std::uint64_t key, std::uint64_t number)
    {
        if ((filled_ + 1) * 2 > slots_.size() && slots_.size() < most_) grow();
        slots_[slotOf(key)] = {key, number};
        ++filled_;
    }

    std::size_t size() const { return filled_; }

    /// Takes everything out. A table of the largest size keeps its memory, for it will need as much
    /// again, and growing there takes half as much more.
    void clear()
    {
        if (slots_.size() < most_) return release();
        std::ranges::fill(slots_, Slot{});
        filled_ = 0;
    }

    /// The same, and gives the memory back.
    void release()
    {
        kith::release(slots_);
        filled_ = 0;
    }

    /// `each` gets key and number, in no particular order.
    template <class Each>
    void each(Each each) const
    {
        for (const Slot& slot : slots_) {
            if (slot.key != 0) each(slot.key, slot.number);
        }
    }

private:
    struct Slot {
        std::uint64_t key = 0;  ///< 0 = free
        std::uint64_t number = 0;
    };

    std::size_t slotOf(std::uint64_t key) const
    {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = key & mask;
        while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & mask;
        return at;
    }

    void grow()
    {
        constexpr std::size_t first = 64;
        const auto count = slots_.empty() ? first : slots_.size() * 2;
        const LargeVector<Slot> old = std::exchange(slots_, LargeVector<Slot>(count));
        for (const Slot& slot : old) {
            if (slot.key != 0) slots_[slotOf(slot.key)] = slot;
        }
    }

    std::size_t most_;
    LargeVector<Slot> slots_;
    std::size_t filled_ = 0;
};

}  // namespace kith
