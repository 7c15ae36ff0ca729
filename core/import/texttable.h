#pragma once

#include "core/import/hashtable.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

/// Copies of short texts, one behind the other, each known by a number of four bytes; they stay
/// where they are as long as the pool.
class TextPool {
public:
    using Number = std::uint32_t;  ///< 0 = the empty text

    /// @return its number; nothing when the pool is full: four gigabytes, or a few huge texts
    std::optional<Number> keep(std::string_view text)
    {
        if (text.empty()) return 0;
        const auto needed = bytesOf(text);
        if (blocks_.empty() || used_ + needed > blockBytes) {
            if (blocks_.size() == mostBlocks) return std::nullopt;
            blocks_.push_back(std::make_unique<char[]>(std::max(needed, blockBytes)));
            used_ = 0;
        }
        const auto number = Number((blocks_.size() - 1) * blockBytes + used_ + 1);
        write(blocks_.back().get() + used_, text);
        used_ += needed;
        bytes_ += needed;
        return number;
    }

    std::string_view at(Number number) const
    {
        if (number == 0) return {};
        const auto at = number - 1;
        const char* from = &blocks_[at / blockBytes][at % blockBytes];
        const auto first = static_cast<unsigned char>(*from++);
        std::uint32_t size = first;
        if (first == longText) {
            std::memcpy(&size, from, sizeof size);
            from += sizeof size;
        }
        return {from, size};
    }

    /// Of the texts and their lengths, not counting what blocks have left over.
    std::size_t bytes() const { return bytes_; }
    static std::size_t bytesOf(std::string_view text)
    {
        return text.empty() ? 0 : lengthBytes(text) + text.size();
    }

private:
    static constexpr std::size_t blockBytes = 64U << 10U;
    static constexpr std::size_t mostBlocks = (std::size_t(1) << 32U) / blockBytes - 1;
    static constexpr unsigned char longText = 255;  ///< its length stands behind, in four bytes

    static std::size_t lengthBytes(std::string_view text)
    {
        return text.size() < longText ? 1 : 1 + sizeof(std::uint32_t);
    }

    static void write(char* to, std::string_view text)
    {
        const auto size = std::uint32_t(text.size());
        *to++ = char(std::min<std::uint32_t>(size, longText));
        if (size >= longText) {
            std::memcpy(to, &size, sizeof size);
            to += sizeof size;
        }
        std::memcpy(to, text.data(), text.size());
    }

    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t used_ = 0;  ///< of the last block
    std::size_t bytes_ = 0;
};

/// Texts by the hashes of other texts: names by keys, numbers by names. 12 bytes a slot and the
/// text itself, where a map of strings takes some 200 bytes an entry. The memory of texts that were
/// replaced is given back when it comes to more than what is there.
class TextTable {
public:
    explicit TextTable(std::size_t most = 1'000'000) : table_(most) {}

    /// Nothing when none is known. What it views stays until set() has replaced texts of 256 KiB.
    std::optional<std::string_view> find(std::string_view key) const { return find(tableKey(key)); }
    std::optional<std::string_view> find(std::uint64_t key) const
    {
        const auto* known = table_.find(key);
        return known == nullptr ? std::nullopt : std::optional(pool_.at(*known));
    }

    /// The text, or another where nothing is known.
    std::string_view text(std::string_view key, std::string_view otherwise = {}) const
    {
        return find(key).value_or(otherwise);
    }

    /// @return false when the table is full
    bool set(std::string_view key, std::string_view text) { return set(tableKey(key), text); }
    bool set(std::uint64_t key, std::string_view text)
    {
        auto* known = table_.find(key);
        if (known != nullptr && pool_.at(*known) == text) return true;
        if (known == nullptr && table_.full()) return false;
        const auto kept = pool_.keep(text);
        if (!kept) return false;
        if (known == nullptr) {
            *table_.add(key).first = *kept;
        } else {
            replaced_ += TextPool::bytesOf(pool_.at(std::exchange(*known, *kept)));
            if (replaced_ > leastReplaced && replaced_ > pool_.bytes() / 2) tidy();
        }
        return true;
    }

    /// Sets a text where there was none. @return what is there now; the text itself when full
    std::string_view meet(std::string_view key, std::string_view text)
    {
        const auto hash = tableKey(key);
        if (const auto known = find(hash)) return *known;
        return set(hash, text) ? *find(hash) : text;
    }

    std::size_t size() const { return table_.size(); }

    /// Of all texts, also of those that were replaced and not given back yet.
    std::size_t bytes() const { return pool_.bytes(); }

private:
    static constexpr std::size_t leastReplaced = 256U << 10U;

    /// Into a pool that has only the texts that are there: they had room in the old one.
    void tidy()
    {
        TextPool pool;
        table_.each([&](TextPool::Number& text) { text = pool.keep(pool_.at(text)).value(); });
        pool_ = std::move(pool);
        replaced_ = 0;
    }

    HashTable<TextPool::Number> table_;
    TextPool pool_;
    std::size_t replaced_ = 0;  ///< bytes
};

}  // namespace kith
