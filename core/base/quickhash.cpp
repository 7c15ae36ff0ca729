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

template <class... Hashers>
void QuickHasher::addToEach(std::string_view field, Hashers&... hashers)
{
    (hashers.add(static_cast<std::int64_t>(field.size())), ...);
    const char* at = field.data();
    std::size_t left = field.size();
    const auto fold = [&](std::uint64_t a, std::uint64_t b) {
        ((hashers.state_ = mix(a ^ hashers.state_, b)), ...);
    };
    for (; left >= 16; at += 16, left -= 16)
        fold(littleEndian(at, 8) ^ first, littleEndian(at + 8, 8) ^ second);
    if (left >= 8) {
        fold(littleEndian(at, 8) ^ first, second);
        at += 8;
        left -= 8;
    }
    if (left > 0) fold(littleEndian(at, left) ^ second, first);
}

QuickHasher& QuickHasher::add(std::string_view field)
{
    addToEach(field, *this);
    return *this;
}

void QuickHasher::addToBoth(QuickHasher& one, QuickHasher& other, std::string_view field)
{
    addToEach(field, one, other);
}

}  // namespace kith
