#include "core/import/latelymet.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <rapidcheck/catch.h>
#include <string>
#include <vector>

using namespace kith;

TEST_CASE("what was met lately is known, what was met long ago is forgotten")
{
    LatelyMet<std::string> met(2);
    met.meet(1) = "one";
    met.meet(2) = "two";
    met.meet(3) = "three";  // one and two are the older half now
    REQUIRE(met.find(1) != nullptr);
    CHECK(*met.find(1) == "one");  // and one is met again
    met.meet(4) = "four";          // the older half is one and three
    CHECK(met.peek(2) == nullptr);
    CHECK(met.find(2) == nullptr);
    REQUIRE(met.peek(3) != nullptr);
    CHECK(*met.peek(3) == "three");
    CHECK(*met.peek(1) == "one");
    CHECK(met.size() == 3);
    CHECK(met.meet(5).empty());
}

TEST_CASE("as many as promised are remembered and never more than twice as many")
{
    rc::prop("against a list of everything that was met",
             [](const std::vector<std::uint8_t>& keys) {
                 constexpr std::size_t most = 4;
                 LatelyMet<int> met(most);
                 std::vector<std::uint8_t> order;  // of what was met last, the latest at the end
                 for (const auto drawn : keys) {
                     const auto key = static_cast<std::uint8_t>(drawn | 1U);  // a hash is not 0
                     met.meet(key) = key + 1;
                     std::erase(order, key);
                     order.push_back(key);
                     RC_ASSERT(met.size() <= 2 * most);
                     const auto last = std::min(order.size(), most);
                     for (auto one = order.end() - static_cast<std::ptrdiff_t>(last);
                          one != order.end(); ++one) {
                         RC_ASSERT(met.peek(*one) != nullptr);
                         RC_ASSERT(*met.peek(*one) == *one + 1);
                     }
                 }
             });
}
