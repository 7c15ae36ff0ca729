#include "core/base/largepages.h"

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>
#include <numeric>

using namespace kith;

TEST_CASE("large blocks begin where a large page does, and hold what they are given", "[base]")
{
    constexpr std::uintptr_t page = 2U << 20U;
    LargeVector<std::uint64_t> numbers;
    for (std::uint64_t i = 0; i < 1'000'000; ++i) {
        numbers.push_back(i);
        const bool large = numbers.capacity() * sizeof(std::uint64_t) >= page;
        if (large) REQUIRE(reinterpret_cast<std::uintptr_t>(numbers.data()) % page == 0);
    }
    CHECK(std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0}) == 499'999'500'000);
    LargeVector<std::uint64_t> others(3, 7);
    others.swap(numbers);
    CHECK(numbers == LargeVector<std::uint64_t>{7, 7, 7});
    CHECK(others.size() == 1'000'000);
}

TEST_CASE("a block larger than memory can be is refused", "[base]")
{
    constexpr auto most = std::numeric_limits<std::size_t>::max() / sizeof(std::uint64_t);
    CHECK_THROWS_AS(LargePages<std::uint64_t>().allocate(most + 1), std::bad_array_new_length);
}
