#pragma once

#include <cstdint>
#include <string_view>

namespace kith {

/// 64 bits over a sequence of fields, some twenty times faster than BLAKE2b: finds damage and
/// spreads keys over a table, but keeps nobody from making two texts with one hash. Eight bytes at
/// a time are folded in by a multiplication to 128 bits (the "mum" mixing of wyhash, Wang Yi 2019).
/// Stable for ever, on every machine, so it may be stored. Each field is preceded by its length.
class QuickHasher {
public:
    explicit QuickHasher(std::uint64_t seed = 0) : state_(mix(seed ^ first, second)) {}

    QuickHasher& add(std::int64_t field)
    {
        state_ = mix(state_ ^ static_cast<std::uint64_t>(field) ^ second, first);
        return *this;
    }
    QuickHasher& add(std::string_view field);

    /// The same field to two, in little more than the time of one.
    static void addToBoth(QuickHasher& one, QuickHasher& other, std::string_view field);

    std::uint64_t finish() const { return mix(state_ ^ first, state_ ^ second); }

private:
    static constexpr std::uint64_t first = 0xa0761d6478bd642fULL;
    static constexpr std::uint64_t second = 0xe7037ed1a0b428dbULL;

    template <class... Hashers>
    static void addToEach(std::string_view field, Hashers&... hashers);

    /// Both halves of the product, folded.
    static std::uint64_t mix(std::uint64_t a, std::uint64_t b)
    {
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
    }

    std::uint64_t state_;
};

}  // namespace kith
