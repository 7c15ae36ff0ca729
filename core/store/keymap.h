#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

/// Numbers by text, for the keys of an import: no allocation and two reads of memory a search,
/// where a map of strings needs five. Texts stand one behind the other; nothing is ever taken out
/// singly. 24 bytes a slot, at most 3/4 of them filled.
class KeyMap {
public:
    /// The number of a text; nullptr when it is not there. Valid until the next add().
    const std::int64_t* find(std::string_view text) const
    {
        if (slots_.empty()) return nullptr;
        const Slot& slot = slots_[slotOf(text, hashOf(text))];
        return slot.used() ? &slot.number : nullptr;
    }

    /// Adds a text that is not there.
    void add(std::string_view text, std::int64_t number)
    {
        if ((filled_ + 1) * 4 > slots_.size() * 3) grow();
        const auto hash = hashOf(text);
        slots_[slotOf(text, hash)] = {hash, static_cast<std::uint32_t>(text.size()) + 1,
                                      texts_.size(), number};
        texts_ += text;
        ++filled_;
    }

    std::size_t size() const { return filled_; }

    void clear()
    {
        slots_.clear();
        texts_.clear();
        filled_ = 0;
    }

    /// In no particular order.
    template <class Each>
    void each(Each each) const
    {
        for (const Slot& slot : slots_) {
            if (slot.used()) each(slot.number);
        }
    }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t length = 0;  ///< and one more; 0 = free
        std::uint64_t at = 0;      ///< in texts_
        std::int64_t number = 0;

        bool used() const { return length != 0; }
    };

    static std::uint32_t hashOf(std::string_view text)
    {
        const auto hash = std::hash<std::string_view>{}(text);
        return static_cast<std::uint32_t>(hash ^ hash >> 32U);
    }

    std::size_t slotOf(std::string_view text, std::uint32_t hash) const
    {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = hash & mask;
        for (; slots_[at].used(); at = (at + 1) & mask) {
            const Slot& slot = slots_[at];
            if (slot.hash == hash && slot.length == text.size() + 1 &&
                std::string_view(texts_).substr(slot.at, text.size()) == text) {
                break;
            }
        }
        return at;
    }

    void grow()
    {
        constexpr std::size_t first = 64;
        const std::vector<Slot> old =
            std::exchange(slots_, std::vector<Slot>(slots_.empty() ? first : slots_.size() * 2));
        const std::size_t mask = slots_.size() - 1;
        for (const Slot& slot : old) {
            if (!slot.used()) continue;
            std::size_t at = slot.hash & mask;
            while (slots_[at].used()) at = (at + 1) & mask;
            slots_[at] = slot;
        }
    }

    std::vector<Slot> slots_;
    std::string texts_;
    std::size_t filled_ = 0;
};

}  // namespace kith
