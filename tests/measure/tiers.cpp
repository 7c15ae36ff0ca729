#include "core/measure/tiers.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;

TEST_CASE("the core are the busiest who wrote half")
{
    const std::vector<Taking> people{{40, 10}, {1, 9}, {30, 10}, {12, 10}, {9, 10}, {3, 2}, {5, 1}};
    const auto found = tiers(people);
    using enum Tier;
    CHECK(found == std::vector<Tier>{Core, Once, Core, Regular, Occasional, Occasional, Regular});
    CHECK(tiers({}).empty());
    CHECK(tiers(std::vector<Taking>{{1, 1}, {1, 1}}) == std::vector<Tier>{Once, Once});
    CHECK(name(Core) == "core");
}

TEST_CASE("without its last member the core wrote less than half")
{
    rc::prop("for any amounts", [] {
        const auto amounts =
            *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(2, 50));
        std::vector<Taking> people;
        std::uint64_t all = 0;
        for (const auto amount : amounts) {
            people.push_back({amount, 10});
            all += amount;
        }
        const auto found = tiers(people);
        std::uint64_t core = 0;
        std::uint64_t least = 1000;
        std::uint64_t busiest = 0;
        for (std::size_t i = 0; i < people.size(); ++i) {
            if (found[i] == Tier::Core) {
                core += amounts[i];
                least = std::min(least, amounts[i]);
            } else {
                busiest = std::max(busiest, amounts[i]);
            }
        }
        if (people.empty()) return;
        RC_ASSERT(2 * core >= all);
        RC_ASSERT(2 * (core - least) < all);
        RC_ASSERT(busiest <= least);
    });
}
