#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace kith {

/// A stream of random numbers that depends on (seed, stream) alone: give each run, permutation or
/// task a stream number of its own, and results do not depend on which thread does the work.
/// The generator is xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64. All arithmetic is
/// our own because the standard library's distributions differ between implementations.
class Random {
public:
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

    std::uint64_t next()
    {
        const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
        const std::uint64_t t = state_[1] << 17U;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    /// Uniform in [0, bound), without bias. `bound` must not be 0.
    std::uint64_t below(std::uint64_t bound)
    {
        for (;;) {
            const std::uint64_t value = next();
            // The lowest 2^64 mod bound values are one too many. Only a value below the bound can
            // be one of them: for others the remainder need not be worked out.
            if (value >= bound || value >= (0 - bound) % bound) return value % bound;
        }
    }

    /// Uniform in [0, 1), 53 bits.
    double real();

    bool chance(double probability) { return real() < probability; }

    template <class T>
    void shuffle(std::span<T> items)
    {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

private:
    std::array<std::uint64_t, 4> state_;
};

}  // namespace kith
