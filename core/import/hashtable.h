#pragma once

#include "core/base/quickhash.h"
#include "core/base/release.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

/// The key of a text for the tables below.
inline std::uint64_t tableKey(std::string_view text)
{
    return QuickHasher().add(text).finish();
}

/// What is known of things by a hash of their ids, in 8 bytes and the value for each slot, of which
/// at most three quarters are filled; nothing is ever taken out. Two ids are taken for one with a
/// chance of 2^-64 a pair.
template <class Value>
class HashTable {
public:
    /// @param most that are held, below 2^31: where a file has more, add() says so
    explicit HashTable(std::size_t most = 1'500'000) : most_(most) {}

    /// nullptr when nothing is known. Valid until the next add().
    Value* find(std::uint64_t key)
    {
        if (keys_.empty()) return nullptr;
        const auto at = slotOf(marked(key));
        return keys_[at] == 0 ? nullptr : &values_[at];
    }
    const Value* find(std::uint64_t key) const { return const_cast<HashTable*>(this)->find(key); }
    bool contains(std::uint64_t key) const { return find(key) != nullptr; }

    /// The value of a key, empty when `second` is true: it is new. {nullptr, false} when the table
    /// is full and the key is not in it.
    std::pair<Value*, bool> add(std::uint64_t key)
    {
        if (auto* known = find(key)) return {known, false};
        if (full()) return {nullptr, false};
        if ((size_ + 1) * 4 > keys_.size() * 3) grow();
        const auto at = slotOf(marked(key));
        keys_[at] = marked(key);
        ++size_;
        return {&values_[at], true};
    }

    /// `each` gets every value, in no particular order.
    template <class Each>
    void each(Each each)
    {
        for (std::size_t i = 0; i < keys_.size(); ++i) {
            if (keys_[i] != 0) each(values_[i]);
        }
    }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    bool full() const { return size_ >= most_; }

    void clear()
    {
        release(keys_);
        values_.reset();
        size_ = 0;
    }

private:
    /// 0 marks a free slot.
    static std::uint64_t marked(std::uint64_t key) { return key == 0 ? 1 : key; }

    /// By the high bits of a product, so that a key of few bits will do and there may be any
    /// number of slots below 2^32: they grow by half, for when they double a table has up to 2.7
    /// slots an entry.
    std::size_t firstSlot(std::uint64_t key) const
    {
        constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
        return (key * golden >> 32U) * keys_.size() >> 32U;
    }

    std::size_t slotOf(std::uint64_t key) const
    {
        auto at = firstSlot(key);
        while (keys_[at] != 0 && keys_[at] != key) at = at + 1 == keys_.size() ? 0 : at + 1;
        return at;
    }

    void grow()
    {
        constexpr std::size_t first = 64;
        const auto enough = most_ + most_ / 3 + 2;
        const auto slots = std::min(std::max(first, keys_.size() + keys_.size() / 2), enough);
        const auto keys = std::exchange(keys_, std::vector<std::uint64_t>(slots));
        auto values = std::exchange(values_, std::make_unique<Value[]>(slots));
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i] == 0) continue;
            const auto at = slotOf(keys[i]);
            keys_[at] = keys[i];
            values_[at] = std::move(values[i]);
        }
    }

    std::size_t most_;
    std::vector<std::uint64_t> keys_;
    std::unique_ptr<Value[]> values_;  ///< as many as keys
    std::size_t size_ = 0;
};

/// Which things have been met, by a hash of their ids: 8 bytes a slot.
class HashSet {
public:
    explicit HashSet(std::size_t most = 1'500'000) : table_(most) {}

    /// True the first time, and always once the set is full.
    bool first(std::uint64_t key)
    {
        const auto [known, fresh] = table_.add(key);
        return fresh || known == nullptr;
    }
    bool contains(std::uint64_t key) const { return table_.contains(key); }
    bool full() const { return table_.full(); }
    std::size_t size() const { return table_.size(); }
    void clear() { table_.clear(); }

private:
    struct Nothing {};
    HashTable<Nothing> table_;
};

}  // namespace kith
