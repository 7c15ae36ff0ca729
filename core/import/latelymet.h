#pragma once

#include "core/import/hashtable.h"
#include "core/import/texttable.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kith {

/// What is known of things met lately, by a hash of their ids, in memory that does not grow with
/// the file: between `most` and twice as many of those met last, then the others are forgotten.
template <class Value>
class LatelyMet {
public:
    /// @param most at least 1
    explicit LatelyMet(std::size_t most) : most_(most), young_(most), old_(most) {}

    /// What is known of it, which counts as meeting it; nullptr when that is nothing. Valid until
    /// another is met.
    Value* find(std::uint64_t key)
    {
        if (auto* known = young_.find(key)) return known;
        auto* known = old_.find(key);
        if (known == nullptr) return nullptr;
        auto value = std::move(*known);
        makeRoom();
        auto* met = young_.add(key).first;
        *met = std::move(value);
        return met;
    }

    /// The same, without meeting it.
    const Value* peek(std::uint64_t key) const
    {
        const auto* known = young_.find(key);
        return known == nullptr ? old_.find(key) : known;
    }

    /// What is known of it, empty when it is new. Valid until another is met.
    Value& meet(std::uint64_t key)
    {
        if (auto* known = find(key)) return *known;
        makeRoom();
        return *young_.add(key).first;
    }

    /// Of those that are known; some may be counted twice.
    std::size_t size() const { return young_.size() + old_.size(); }

private:
    void makeRoom()
    {
        if (young_.size() < most_) return;
        old_ = std::exchange(young_, HashTable<Value>(most_));
    }

    std::size_t most_;
    HashTable<Value> young_;
    HashTable<Value> old_;
};

/// The same for texts.
class LateTexts {
public:
    explicit LateTexts(std::size_t most) : most_(most), young_(most), old_(most) {}

    /// The text, which counts as meeting it; nothing when none is known. Valid until another is
    /// met.
    std::optional<std::string_view> find(std::uint64_t key)
    {
        if (const auto known = young_.find(key)) return known;
        const auto known = old_.find(key);
        if (!known) return std::nullopt;
        const std::string text(*known);
        set(key, text);
        return young_.find(key);
    }

    void set(std::uint64_t key, std::string_view text)
    {
        if (young_.size() >= most_ && !young_.find(key))
            old_ = std::exchange(young_, TextTable(most_));
        (void)young_.set(key, text);
    }

    std::size_t bytes() const { return young_.bytes() + old_.bytes(); }

private:
    std::size_t most_;
    TextTable young_;
    TextTable old_;
};

}  // namespace kith
