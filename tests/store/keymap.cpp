#include "core/store/keymap.h"

#include "core/store/messagemap.h"

#include <catch2/catch.hpp>

#include <map>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

using namespace kith;

TEST_CASE("numbers are found by key, as in a map", "[store]")
{
    rc::prop("whatever the keys", [](const std::map<std::uint64_t, std::uint64_t>& numbers) {
        KeyMap map;
        for (const auto& [key, number] : numbers) {
            if (key == 0) continue;
            RC_ASSERT(map.find(key) == nullptr);
            map.expect(key);
            map.add(key, number);
        }
        std::map<std::uint64_t, std::uint64_t> found;
        map.each([&](std::uint64_t key, std::uint64_t number) { found[key] = number; });
        auto expected = numbers;
        expected.erase(0);
        RC_ASSERT(found == expected);
        RC_ASSERT(map.size() == expected.size());
        for (const auto& [key, number] : expected) RC_ASSERT(*map.find(key) == number);
        map.clear();
        RC_ASSERT(map.size() == 0U);
        RC_ASSERT(map.find(1) == nullptr);
    });
}

TEST_CASE("a map of limited size says when it is full, and holds all until then", "[store]")
{
    KeyMap map(128);
    std::uint64_t key = 0;
    while (!map.full()) {
        ++key;
        map.add(key << 32U | 5U, key);  // all in one place
    }
    CHECK(map.size() == 96);
    for (std::uint64_t i = 1; i <= key; ++i) CHECK(*map.find(i << 32U | 5U) == i);
    CHECK(map.find(5) == nullptr);
}

TEST_CASE("messages are found with their authors", "[store]")
{
    MessageMap map(1U << 21U);
    CHECK_FALSE(map.find(7));
    CHECK(map.add(7, {MessageId{UINT32_MAX}, AccountId{3}}));
    CHECK(map.add(8, {MessageId{2}, AccountId{}}));
    map.expect(7);
    CHECK(map.find(7)->message.value == UINT32_MAX);
    CHECK(map.find(7)->author.value == 3);
    CHECK_FALSE(map.find(8)->author);
    CHECK_FALSE(map.full());
    std::int64_t sum = 0;
    map.each([&](std::uint64_t key, std::int64_t message) {
        sum += message + static_cast<std::int64_t>(key);
    });
    CHECK(sum == std::int64_t{UINT32_MAX} + 2 + 15);
}
