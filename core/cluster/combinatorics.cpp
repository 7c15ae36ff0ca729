#include "core/cluster/combinatorics.h"

#include "core/cluster/homophily.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace kith {
namespace {

constexpr std::size_t tableSize = 256;

std::array<double, tableSize> makeTable()
{
    std::array<double, tableSize> table{};
    for (std::size_t n = 2; n < tableSize; ++n)
        table[n] = table[n - 1] + std::log(static_cast<double>(n));
    return table;
}

}  // namespace

double logFactorial(std::size_t n)
{
    static const auto table = makeTable();
    if (n < tableSize) return table[n];
    const auto x = static_cast<double>(n);
    const double x3 = x * x * x;
    return x * std::log(x) - x + 0.5 * std::log(2 * std::numbers::pi * x) + 1 / (12 * x) -
           1 / (360 * x3) + 1 / (1260 * x3 * x * x);  // Stirling's series; the next term is < 1e-19
}

double logHypergeometric(std::size_t k, std::size_t n, std::size_t marked, std::size_t total)
{
    const auto logChoose = [](std::size_t from, std::size_t some) {
        return logFactorial(from) - logFactorial(some) - logFactorial(from - some);
    };
    return logChoose(marked, k) + logChoose(total - marked, n - k) - logChoose(total, n);
}

double hypergeometricTail(std::size_t k, std::size_t n, std::size_t marked, std::size_t total)
{
    n = std::min(n, total);
    marked = std::min(marked, total);
    const std::size_t least = n + marked > total ? n + marked - total : 0;
    const std::size_t most = std::min(n, marked);
    if (k <= least) return 1;
    if (k > most) return 0;
    double chance = std::exp(logHypergeometric(k, n, marked, total));
    double sum = 0;
    for (std::size_t i = k; i <= most; ++i) {
        sum += chance;
        chance *= static_cast<double>(marked - i) * static_cast<double>(n - i) /
                  (static_cast<double>(i + 1) * static_cast<double>(total + i + 1 - marked - n));
    }
    return std::min(1.0, sum);
}

std::vector<double> benjaminiHochberg(const std::vector<double>& p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> q(p.size());
    double least = 1;
    for (std::size_t rank = p.size(); rank > 0; --rank) {
        const std::size_t at = order[rank - 1];
        least = std::min(least, p[at] * static_cast<double>(p.size()) / static_cast<double>(rank));
        q[at] = least;
    }
    return q;
}

}  // namespace kith
