#include "core/measure/tiers.h"

#include <algorithm>
#include <numeric>

namespace kith {

std::string_view name(Tier tier)
{
    static constexpr std::array names{"core", "regular", "occasional", "once"};
    return names.at(static_cast<std::size_t>(tier));
}

std::vector<Tier> tiers(std::span<const Taking> people)
{
    constexpr double fewestWeeks = 4;
    std::vector<Tier> found;
    std::uint64_t all = 0;
    for (const Taking& one : people) {
        all += one.messages;
        const double weeks = std::max(fewestWeeks, one.weeks);
        found.push_back(one.messages < 2                                   ? Tier::Once
                        : static_cast<double>(one.messages) / weeks >= 1.0 ? Tier::Regular
                                                                           : Tier::Occasional);
    }
    std::vector<std::size_t> order(people.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(),
                             [&](std::size_t i) { return people[i].messages; });
    std::uint64_t written = 0;
    for (const std::size_t i : order) {
        if (2 * written >= all || people[i].messages < 2) break;
        written += people[i].messages;
        found[i] = Tier::Core;
    }
    return found;
}

}  // namespace kith
