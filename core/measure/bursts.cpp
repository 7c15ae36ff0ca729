#include "core/measure/hawkes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kith {

namespace {

/// As many states as the shortest gap can make use of (Kleinberg 2002, section 2).
std::size_t statesFor(std::span<const double> gaps, double scale)
{
    constexpr std::size_t most = 40;
    const double whole = std::accumulate(gaps.begin(), gaps.end(), 0.0);
    const double shortest = *std::ranges::min_element(gaps);
    const double needed = std::ceil(1 + std::log(whole / shortest) / std::log(scale));
    return std::clamp<std::size_t>(static_cast<std::size_t>(needed), 2, most);
}

}  // namespace

BurstStates burstStates(std::span<const double> gaps, double scale, double gamma)
{
    BurstStates result;
    if (gaps.empty()) return result;
    const std::size_t states = statesFor(gaps, scale);
    const auto n = static_cast<double>(gaps.size());
    const double base = n / std::accumulate(gaps.begin(), gaps.end(), 0.0);
    const double climb = gamma * std::log(n);
    std::vector<double> cost(states, std::numeric_limits<double>::infinity());
    cost[0] = 0;
    std::vector<std::vector<std::uint8_t>> from(gaps.size(), std::vector<std::uint8_t>(states));
    std::vector<double> next(states);
    for (std::size_t g = 0; g < gaps.size(); ++g) {
        for (std::size_t j = 0; j < states; ++j) {
            double best = std::numeric_limits<double>::infinity();
            for (std::size_t i = 0; i < states; ++i) {
                const double move = j > i ? static_cast<double>(j - i) * climb : 0;
                if (cost[i] + move >= best) continue;
                best = cost[i] + move;
                from[g][j] = static_cast<std::uint8_t>(i);
            }
            const double rate = base * std::pow(scale, static_cast<double>(j));
            next[j] = best - std::log(rate) + rate * gaps[g];
        }
        cost.swap(next);
    }
    auto state = static_cast<std::size_t>(std::ranges::min_element(cost) - cost.begin());
    result.cost = cost[state];
    result.state.resize(gaps.size());
    for (std::size_t g = gaps.size(); g-- > 0;) {
        result.state[g] = static_cast<unsigned>(state);
        state = from[g][state];
    }
    return result;
}

std::vector<Burst> bursts(std::span<const double> eventHours)
{
    constexpr double second = 1.0 / 3600;
    std::vector<double> gaps;
    for (std::size_t i = 1; i < eventHours.size(); ++i) {
        gaps.push_back(std::max(second, eventHours[i] - eventHours[i - 1]));
    }
    const auto states = burstStates(gaps).state;
    std::vector<Burst> found;
    std::vector<Burst> open;
    for (std::size_t g = 0; g <= states.size(); ++g) {
        const unsigned level = g < states.size() ? states[g] : 0;
        while (open.size() > level) {
            open.back().last = g;
            found.push_back(open.back());
            open.pop_back();
        }
        while (open.size() < level) {
            open.push_back({g, 0, static_cast<unsigned>(open.size() + 1)});
        }
    }
    std::ranges::sort(found, [](const Burst& a, const Burst& b) {
        return std::pair(a.first, a.level) < std::pair(b.first, b.level);
    });
    return found;
}

}  // namespace kith
