#include "core/store/sortnumbers.h"

#include <algorithm>
#include <array>

namespace kith {

namespace {

constexpr unsigned digitBits = 11;
constexpr std::size_t digits = 1U << digitBits;
constexpr std::size_t few = 2048;  ///< where comparing is faster

std::uint32_t lower(std::uint64_t number)
{
    return static_cast<std::uint32_t>(number);
}

/// By the digits from bit `lowest` on; what is equal in them stays as it stands.
void sortFrom(LargeVector<std::uint64_t>& numbers, unsigned lowest)
{
    LargeVector<std::uint64_t> sorted(numbers.size());
    for (unsigned shift = lowest; shift < 64; shift += digitBits) {
        std::array<std::size_t, digits> at{};
        for (const auto number : numbers) ++at[number >> shift & (digits - 1)];
        if (std::ranges::find(at, numbers.size()) != at.end()) continue;
        std::size_t before = 0;
        for (auto& place : at) {
            const auto count = place;
            place = before;
            before += count;
        }
        for (const auto number : numbers) sorted[at[number >> shift & (digits - 1)]++] = number;
        numbers.swap(sorted);
    }
}

/// Each stretch of equal upper halves by itself.
void sortLower(LargeVector<std::uint64_t>& numbers)
{
    for (auto from = numbers.begin(); from != numbers.end();) {
        const auto to = std::find_if(from, numbers.end(), [upper = *from >> 32U](auto number) {
            return number >> 32U != upper;
        });
        if (static_cast<std::size_t>(to - from) < few) {
            std::sort(from, to);
        } else {
            LargeVector<std::uint64_t> stretch(from, to);
            sortFrom(stretch, 0);
            std::ranges::copy(stretch, from);
        }
        from = to;
    }
}

}  // namespace

void sortNumbers(LargeVector<std::uint64_t>& numbers)
{
    if (std::ranges::is_sorted(numbers)) return;
    if (numbers.size() < few) {
        std::ranges::sort(numbers);
        return;
    }
    // Keys of messages that were noted one after the other have their lower halves in order; where
    // upper halves are hashes, few of them are equal, and those are put in order at the end.
    const bool lowerSorted = std::ranges::is_sorted(numbers, {}, lower);
    sortFrom(numbers, 32);
    if (!lowerSorted) sortLower(numbers);
}

}  // namespace kith
