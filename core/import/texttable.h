#pragma once

#include "core/import/hashtable.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace kith {

/// Copies of short texts, one behind the other; they stay where they are as long as the pool.
class TextPool {
public:
    std::string_view keep(std::string_view text)
    {
        if (text.empty()) return {};
        if (text.size() > left_) {
            const auto bytes = std::max(text.size(), blockBytes);
            blocks_.push_back(std::make_unique<char[]>(bytes));
            free_ = blocks_.back().get();
            left_ = bytes;
        }
        std::memcpy(free_, text.data(), text.size());
        const std::string_view kept(free_, text.size());
        free_ += text.size();
        left_ -= text.size();
        return kept;
    }

private:
    static constexpr std::size_t blockBytes = 64U << 10U;

    std::vector<std::unique_ptr<char[]>> blocks_;
    char* free_ = nullptr;
    std::size_t left_ = 0;
};

/// Texts by the hashes of other texts: names by keys, numbers by names. 24 bytes a slot and the
/// text itself, where a map of strings takes some 200 bytes an entry. A text that is replaced keeps
/// its place in memory.
class TextTable {
public:
    explicit TextTable(std::size_t most = 1'000'000) : table_(most) {}

    /// nullptr when nothing is known of it. What it points at stays as long as the table.
    const std::string_view* find(std::string_view key) const { return find(tableKey(key)); }
    const std::string_view* find(std::uint64_t key) const { return table_.find(key); }

    /// The text, or another where nothing is known.
    std::string_view text(std::string_view key, std::string_view otherwise = {}) const
    {
        const auto* known = find(key);
        return known == nullptr ? otherwise : *known;
    }

    /// @return false when nothing was there before and the table is full
    bool set(std::string_view key, std::string_view text) { return set(tableKey(key), text); }
    bool set(std::uint64_t key, std::string_view text)
    {
        const auto [known, fresh] = table_.add(key);
        if (known == nullptr) return false;
        if (fresh || *known != text) *known = pool_.keep(text);
        return true;
    }

    /// Sets a text where there was none. @return what is there now; the text itself when full
    std::string_view meet(std::string_view key, std::string_view text)
    {
        const auto [known, fresh] = table_.add(tableKey(key));
        if (known == nullptr) return text;
        if (fresh) *known = pool_.keep(text);
        return *known;
    }

    std::size_t size() const { return table_.size(); }

private:
    HashTable<std::string_view> table_;
    TextPool pool_;
};

}  // namespace kith
