#include "core/base/quickhash.h"

#include <bit>
#include <cstring>

namespace kith {

namespace {

template <class Word>
std::uint64_t littleEndian(const char* bytes)
{
    Word word = 0;
    std::memcpy(&word, bytes, sizeof word);
    if constexpr (std::endian::native == std::endian::big && sizeof word == 8)
        word = __builtin_bswap64(word);
    if constexpr (std::endian::native == std::endian::big && sizeof word == 4)
        word = __builtin_bswap32(word);
    return word;
}

/// One to seven bytes, without a copy of unknown length: pieces that overlap agree where they do.
std::uint64_t lastBytes(const char* bytes, std::size_t count)
{
    if (count >= 4) {
        const auto shift = 8 * (count - 4);
        return littleEndian<std::uint32_t>(bytes) |
               littleEndian<std::uint32_t>(bytes + count - 4) << shift;
    }
    const auto at = [&](std::size_t i) {
        return std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << 8 * i;
    };
    return at(0) | at(count / 2) | at(count - 1);
}

}  // namespace

template <class... Hashers>
void QuickHasher::addToEach(std::string_view field, Hashers&... hashers)
{
    (hashers.add(static_cast<std::int64_t>(field.size())), ...);
    const char* at = field.data();
    std::size_t left = field.size();
    const auto fold = [&](std::uint64_t a, std::uint64_t b) {
        ((hashers.state_ = mix(a ^ hashers.state_, b)), ...);
    };
    const auto eight = [](const char* bytes) { return littleEndian<std::uint64_t>(bytes); };
    for (; left >= 16; at += 16, left -= 16) fold(eight(at) ^ first, eight(at + 8) ^ second);
    if (left >= 8) {
        fold(eight(at) ^ first, second);
        at += 8;
        left -= 8;
    }
    if (left > 0) fold(lastBytes(at, left) ^ second, first);
}

// On copies, which stay in registers: by way of memory every eight bytes take twice as long.

QuickHasher& QuickHasher::add(std::string_view field)
{
    auto here = *this;
    addToEach(field, here);
    return *this = here;
}

void QuickHasher::addToBoth(QuickHasher& one, QuickHasher& other, std::string_view field)
{
    auto oneHere = one;
    auto otherHere = other;
    addToEach(field, oneHere, otherHere);
    one = oneHere;
    other = otherHere;
}

}  // namespace kith
