#pragma once

#include "core/base/fetchahead.h"
#include "core/base/largepages.h"
#include "core/base/release.h"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace kith {

/// Tells of most keys that were never added that they were not, in one read of memory (Bloom 1970,
/// with both bits of a key in one word). Of ten times as many keys as words one in a hundred that
/// is not there may seem to be. Of a key only the upper half counts, which must be a hash.
class Sieve {
public:
    /// Makes it ready. @param words a power of two, at most 2^21; 8 bytes each
    void open(std::size_t words)
    {
        words_.resize(words);
        shift_ = 64 - static_cast<int>(std::bit_width(words - 1));
    }

    /// Gives its memory back.
    void close() { release(words_); }
    bool isOpen() const { return !words_.empty(); }

    void add(std::uint64_t key) { words_[wordOf(key)] |= bitsOf(key); }
    bool mayHold(std::uint64_t key) const
    {
        return (words_[wordOf(key)] & bitsOf(key)) == bitsOf(key);
    }

    /// mayHold() will be asked for this key soon.
    void expect(std::uint64_t key) const { fetchAhead(&words_[wordOf(key)]); }

private:
    std::size_t wordOf(std::uint64_t key) const { return key >> shift_; }
    static std::uint64_t bitsOf(std::uint64_t key)
    {
        return std::uint64_t{1} << (key >> 32U & 63U) | std::uint64_t{1} << (key >> 37U & 63U);
    }

    LargeVector<std::uint64_t> words_;
    int shift_ = 0;
};

}  // namespace kith
