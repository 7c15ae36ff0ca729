#include "core/base/quickhash.h"

#include <bit>
#include <cstring>

namespace kith {

namespace {

std::uint64_t littleEndian(const char* bytes, std::size_t count)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, count);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
}

}  // namespace

QuickHasher& QuickHasher::add(std::string_view field)
{
    add(static_cast<std::int64_t>(field.size()));
    const char* at = field.data();
    std::size_t left = field.size();
    for (; left >= 16; at += 16, left -= 16) {
        state_ = mix(littleEndian(at, 8) ^ first ^ state_, littleEndian(at + 8, 8) ^ second);
    }
    if (left >= 8) {
        state_ = mix(littleEndian(at, 8) ^ first ^ state_, second);
        at += 8;
        left -= 8;
    }
    if (left > 0) state_ = mix(littleEndian(at, left) ^ second ^ state_, first);
    return *this;
}

}  // namespace kith
