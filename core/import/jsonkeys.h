#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace kith {

/// How many tags stand in a row of whole sixteens.
inline std::size_t roundedTags(std::size_t count)
{
    constexpr std::size_t row = 16;
    return (count + row - 1) / row * row;
}

/// Whether the first `size` bytes are the same; keys are short, so a call would cost the most.
inline bool sameBytes(const char* a, const char* b, std::size_t size)
{
    const auto same = [&](auto unit, std::size_t at) {
        auto left = unit;
        auto right = unit;
        std::memcpy(&left, a + at, sizeof unit);
        std::memcpy(&right, b + at, sizeof unit);
        return left == right;
    };
    constexpr std::size_t longWord = 8;
    constexpr std::size_t word = 4;
    if (size > 2 * longWord) return std::memcmp(a, b, size) == 0;
    if (size >= longWord) return same(std::uint64_t{}, 0) && same(std::uint64_t{}, size - longWord);
    if (size >= word) return same(std::uint32_t{}, 0) && same(std::uint32_t{}, size - word);
    if (size == 0) return true;
    return a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1];
}

/// Calls `match` with the place of each of the first `count` tags that equals `tag`, until it says
/// true. @param tags roundedTags(count) bytes that may be read
template <class Match>
bool anyTag(const std::uint8_t* tags, std::size_t count, std::uint8_t tag, const Match& match)
{
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8(static_cast<char>(tag));
    for (std::size_t i = 0; i < count; i += sizeof wanted) {
        const auto here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(tags + i));
        auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(here, wanted)));
        if (count - i < sizeof wanted) found &= (1U << (count - i)) - 1U;
        for (; found != 0; found &= found - 1) {
            if (match(i + static_cast<unsigned>(std::countr_zero(found)))) return true;
        }
    }
#else
    for (std::size_t i = 0; i < count; ++i) {
        if (tags[i] == tag && match(i)) return true;
    }
#endif
    return false;
}

}  // namespace kith
