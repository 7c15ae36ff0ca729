#include "core/store/sortnumbers.h"

#include <algorithm>
#include <array>

namespace kith {

namespace {

constexpr unsigned digitBits = 11;
constexpr std::size_t digits = 1U << digitBits;
constexpr std::size_t few = 2048;  ///< where comparing is faster

}  // namespace

void sortNumbers(std::vector<std::uint64_t>& numbers)
{
    if (std::ranges::is_sorted(numbers)) return;
    if (numbers.size() < few) {
        std::ranges::sort(numbers);
        return;
    }
    // Keys of messages that were noted one after the other: their lower halves are in order.
    const bool lowerSorted =
        std::ranges::is_sorted(numbers, {}, [](auto number) { return number & UINT32_MAX; });
    std::vector<std::uint64_t> sorted(numbers.size());
    for (unsigned shift = lowerSorted ? 32 : 0; shift < 64; shift += digitBits) {
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

}  // namespace kith
