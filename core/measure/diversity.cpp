#include "core/measure/diversity.h"

#include "core/cluster/combinatorics.h"
#include "core/measure/draws.h"
#include "core/measure/quantile.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith {

namespace {

/// Divergence of shares that sum to 1.
double divergence(const std::vector<double>& p, const std::vector<double>& q)
{
    double sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        sum += (xlogx(p[i]) + xlogx(q[i])) / 2 - xlogx((p[i] + q[i]) / 2);
    }
    return std::max(0.0, sum / std::log(2.0));
}

double logChoose(std::uint64_t n, std::uint64_t k)
{
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

double chaoShenOf(const std::vector<double>& p, double people, double singles)
{
    // With nothing but singletons the coverage would be 0; one of them then counts as seen twice.
    const double coverage = singles < people ? 1 - singles / people : 1 / people;
    double sum = 0;
    for (const double share : p) {
        if (share <= 0) continue;
        const double adjusted = coverage * share;
        sum -= xlogx(adjusted) / (1 - std::pow(1 - adjusted, people));
    }
    return sum;
}

}  // namespace

Diversity diversity(std::span<const std::uint64_t> counts)
{
    Diversity result;
    result.people = peopleIn(counts);
    const auto n = static_cast<double>(result.people);
    const auto p = sharesOf(counts);
    double squares = 0;
    double pairs = 0;
    double singles = 0;
    double doubles = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto count = static_cast<double>(counts[i]);
        if (counts[i] == 0) continue;
        ++result.seen;
        result.shannon -= xlogx(p[i]);
        squares += p[i] * p[i];
        pairs += count * (count - 1);
        singles += counts[i] == 1 ? 1 : 0;
        doubles += counts[i] == 2 ? 1 : 0;
        result.largestShare = std::max(result.largestShare, p[i]);
    }
    const auto seen = static_cast<double>(result.seen);
    result.millerMadow = result.shannon + (seen - 1) / (2 * n);
    result.chaoShen = chaoShenOf(p, n, singles);
    result.hill1 = std::exp(result.shannon);
    result.hill2 = 1 / squares;
    result.giniSimpson = 1 - squares;
    result.blau = result.people > 1 ? 1 - pairs / (n * (n - 1)) : 0;
    result.chao1 = seen + singles * (singles - 1) / (2 * (doubles + 1));
    return result;
}

double rarefied(std::span<const std::uint64_t> counts, std::uint64_t people)
{
    const auto n = peopleIn(counts);
    double expected = 0;
    for (const auto count : counts) {
        const auto others = n - count;
        const bool always = others < people;
        expected += always ? 1 : 1 - std::exp(logChoose(others, people) - logChoose(n, people));
    }
    return expected;
}

double jensenShannon(std::span<const double> p, std::span<const double> q)
{
    return divergence(sharesOf(p), sharesOf(q));
}

double hellinger(std::span<const double> p, std::span<const double> q)
{
    const auto a = sharesOf(p);
    const auto b = sharesOf(q);
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double gap = std::sqrt(a[i]) - std::sqrt(b[i]);
        sum += gap * gap;
    }
    return std::sqrt(sum / 2);
}

double shrunkDivergence(std::span<const std::uint64_t> counts, std::span<const double> reference,
                        double pseudoPeople)
{
    const auto q = sharesOf(reference);
    const auto n = static_cast<double>(peopleIn(counts));
    double sum = 0;
    for (std::size_t i = 0; i < q.size(); ++i) {
        const double p =
            (static_cast<double>(counts[i]) + pseudoPeople * q[i]) / (n + pseudoPeople);
        if (p > 0) sum += p * std::log(p / q[i]);
    }
    return sum;
}

ProfileDistance distanceFrom(std::span<const std::uint64_t> counts,
                             std::span<const double> reference, const DrawOptions& options,
                             Task& task)
{
    const auto q = sharesOf(reference);
    const auto people = peopleIn(counts);
    ProfileDistance result;
    result.jsd = divergence(sharesOf(counts), q);
    result.draws = options.draws;
    const auto chance = drawMany(q, people, options, task, [&](std::vector<double> drawn) {
        for (double& one : drawn) one /= static_cast<double>(people);
        return divergence(drawn, q);
    });
    result.chance95 = quantile(chance, 0.95);
    constexpr double rounding = 1e-12;
    const auto below = std::ranges::lower_bound(chance, result.jsd - rounding) - chance.begin();
    const auto reached = static_cast<double>(chance.size()) - static_cast<double>(below);
    result.p = (1 + reached) / (1 + static_cast<double>(chance.size()));
    return result;
}

double raoStirling(std::span<const double> weights, std::span<const double> distances)
{
    const auto p = sharesOf(weights);
    double sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        for (std::size_t j = 0; j < p.size(); ++j) {
            if (i != j) sum += distances[i * p.size() + j] * p[i] * p[j];
        }
    }
    return sum;
}

}  // namespace kith
