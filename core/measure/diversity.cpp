#include "core/measure/diversity.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/cluster/combinatorics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith {

namespace {

std::uint64_t sumOf(std::span<const std::uint64_t> counts)
{
    const auto people = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    if (people == 0) {
        throw Error(Error::Kind::TooLittleData, "nobody in this group has a known value");
    }
    return people;
}

double xlogx(double x)
{
    return x > 0 ? x * std::log(x) : 0;
}

std::vector<double> shares(std::span<const double> weights)
{
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(total > 0)) {
        throw Error(Error::Kind::Usage, "the profile's shares add up to nothing", {},
                    "Give each category a share above 0.");
    }
    std::vector<double> result(weights.begin(), weights.end());
    for (double& one : result) one /= total;
    return result;
}

std::vector<double> shares(std::span<const std::uint64_t> counts)
{
    const std::vector<double> weights(counts.begin(), counts.end());
    return shares(weights);
}

/// Divergence of shares that sum to 1.
double divergence(const std::vector<double>& p, const std::vector<double>& q)
{
    double sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        sum += (xlogx(p[i]) + xlogx(q[i])) / 2 - xlogx((p[i] + q[i]) / 2);
    }
    return std::max(0.0, sum / std::log(2.0));
}

/// Draws people into categories with given chances.
class Draw {
public:
    explicit Draw(const std::vector<double>& chances)
    {
        std::partial_sum(chances.begin(), chances.end(), std::back_inserter(upTo_));
        // Rounding must not send anybody behind the last category that has a chance.
        const auto last = std::ranges::find_if(chances.rbegin(), chances.rend(),
                                               [](double chance) { return chance > 0; });
        last_ = static_cast<std::size_t>(chances.rend() - last) - 1;
    }

    std::vector<double> operator()(std::uint64_t people, Random random) const
    {
        std::vector<double> drawn(upTo_.size());
        for (std::uint64_t i = 0; i < people; ++i) {
            const auto at = std::ranges::upper_bound(upTo_, random.real());
            ++drawn[std::min(static_cast<std::size_t>(at - upTo_.begin()), last_)];
        }
        return drawn;
    }

private:
    std::vector<double> upTo_;
    std::size_t last_ = 0;
};

/// One figure of each of many draws, ascending.
template <class Figure>
std::vector<double> drawMany(const std::vector<double>& chances, std::uint64_t people,
                             const DrawOptions& options, Task& task, const Figure& figure)
{
    const Draw draw(chances);
    std::vector<double> figures(options.draws);
    task.begin("Drawing groups at random", options.draws);
    constexpr unsigned batch = 256;
    for (unsigned first = 0; first < options.draws; first += batch) {
        const unsigned size = std::min(batch, options.draws - first);
        parallelFor(size, options.threads, [&](std::size_t i) {
            if (task.cancelled()) throw Cancelled{};
            figures[first + i] = figure(draw(people, Random(options.seed, first + i)));
        });
        task.advance(size);
    }
    std::ranges::sort(figures);
    return figures;
}

/// The smallest value that at least `share` of the sorted values do not exceed, between them.
double quantile(const std::vector<double>& sorted, double share)
{
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
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
    result.people = sumOf(counts);
    const auto n = static_cast<double>(result.people);
    const auto p = shares(counts);
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
    const auto n = sumOf(counts);
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
    return divergence(shares(p), shares(q));
}

double hellinger(std::span<const double> p, std::span<const double> q)
{
    const auto a = shares(p);
    const auto b = shares(q);
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
    const auto q = shares(reference);
    const auto n = static_cast<double>(sumOf(counts));
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
    const auto q = shares(reference);
    const auto people = sumOf(counts);
    ProfileDistance result;
    result.jsd = divergence(shares(counts), q);
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

Range hill1Range(std::span<const std::uint64_t> counts, const DrawOptions& options, Task& task)
{
    const auto people = sumOf(counts);
    const auto figures =
        drawMany(shares(counts), people, options, task, [&](const std::vector<double>& drawn) {
            double entropy = 0;
            for (const double one : drawn) entropy -= xlogx(one / static_cast<double>(people));
            return std::exp(entropy);
        });
    return {quantile(figures, 0.025), quantile(figures, 0.975)};
}

double raoStirling(std::span<const double> weights, std::span<const double> distances)
{
    const auto p = shares(weights);
    double sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        for (std::size_t j = 0; j < p.size(); ++j) {
            if (i != j) sum += distances[i * p.size() + j] * p[i] * p[j];
        }
    }
    return sum;
}

}  // namespace kith
