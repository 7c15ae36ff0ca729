#include "core/base/quickhash.h"

#include <catch2/catch.hpp>

#include <string>

using namespace kith;

namespace {

/// The same function written down once more, a byte at a time.
class SlowHasher {
public:
    explicit SlowHasher(std::uint64_t seed) : state_(mix(seed ^ first, second)) {}

    SlowHasher& add(std::string_view field)
    {
        state_ = mix(state_ ^ field.size() ^ second, first);
        std::size_t at = 0;
        for (; field.size() - at >= 16; at += 16)
            state_ = mix(word(field, at, 8) ^ first ^ state_, word(field, at + 8, 8) ^ second);
        if (field.size() - at >= 8) {
            state_ = mix(word(field, at, 8) ^ first ^ state_, second);
            at += 8;
        }
        const auto left = field.size() - at;
        if (left > 0) state_ = mix(word(field, at, left) ^ second ^ state_, first);
        return *this;
    }
    std::uint64_t finish() const { return mix(state_ ^ first, state_ ^ second); }

private:
    static constexpr std::uint64_t first = 0xa0761d6478bd642fULL;
    static constexpr std::uint64_t second = 0xe7037ed1a0b428dbULL;

    static std::uint64_t word(std::string_view field, std::size_t at, std::size_t count)
    {
        std::uint64_t word = 0;
        for (std::size_t i = count; i-- > 0;)
            word = word << 8U | static_cast<std::uint8_t>(field[at + i]);
        return word;
    }
    static std::uint64_t mix(std::uint64_t a, std::uint64_t b)
    {
        const std::uint64_t mask = 0xffffffffU;
        const auto low = (a & mask) * (b & mask);
        const auto one = (a >> 32U) * (b & mask) + (low >> 32U);
        const auto other = (a & mask) * (b >> 32U) + (one & mask);
        const auto high = (a >> 32U) * (b >> 32U) + (one >> 32U) + (other >> 32U);
        return high ^ a * b;
    }

    std::uint64_t state_;
};

std::string bytesFrom(unsigned first, std::size_t count)
{
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i)
        bytes += static_cast<char>(static_cast<std::uint8_t>(first + 37 * i));
    return bytes;
}

}  // namespace

TEST_CASE("the quick hash never changes", "[base]")
{
    // Worked out by a program in another language.
    CHECK(QuickHasher(0).add("").finish() == 0x8f9dcab7a4fda55e);
    CHECK(QuickHasher(0).add("abc").finish() == 0xb0349163d767ab72);
    CHECK(QuickHasher(7).add("damp").finish() == 0xdb915617f62c02be);
    CHECK(QuickHasher(1).add("the lift in number nine is broken").finish() == 0x6862c4e4984751d0);
    CHECK(QuickHasher(0).add(-5).add(12).finish() == 0x0829a52f54a22d42);
}

TEST_CASE("the quick hash of any length is that of its slow twin", "[base]")
{
    for (std::size_t count = 0; count < 70; ++count) {
        for (const unsigned start : {0U, 130U, 251U}) {
            const auto bytes = bytesFrom(start, count);
            const auto expected = SlowHasher(start).add(bytes).add("x").finish();
            CHECK(QuickHasher(start).add(bytes).add("x").finish() == expected);
            QuickHasher one(start);
            QuickHasher other(start + 1);
            QuickHasher::addToBoth(one, other, bytes);
            CHECK(one.add("x").finish() == expected);
            CHECK(other.finish() == SlowHasher(start + 1).add(bytes).finish());
        }
    }
}
