#include "core/measure/diversity.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/cluster/combinatorics.h"
#include "core/measure/quantile.h"

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

/// How many of `people` something befalls that befalls each with `chance`: the distribution is
/// walked outwards from its most likely value, so that a draw takes about its standard deviation.
std::uint64_t binomial(std::uint64_t people, double chance, Random& random)
{
    if (!(chance > 0) || people == 0) return 0;
    if (chance >= 1) return people;
    const auto n = static_cast<double>(people);
    const auto mode = std::min(people, static_cast<std::uint64_t>((n + 1) * chance));
    const auto m = static_cast<double>(mode);
    const double odds = chance / (1 - chance);
    const double top =
        std::exp(logFactorial(people) - logFactorial(mode) - logFactorial(people - mode) +
                 m * std::log(chance) + (n - m) * std::log1p(-chance));
    double left = random.real() - top;
    double above = top;
    double below = top;
    double high = m;
    double low = m;
    while (left > 0 && (above > 0 || below > 0)) {
        above *= (n - high) / (high + 1) * odds;
        ++high;
        left -= above;
        if (left <= 0) return static_cast<std::uint64_t>(high);
        below *= low / (n - low + 1) / odds;
        --low;
        left -= below;
        if (left <= 0) return static_cast<std::uint64_t>(low);
    }
    return mode;  // rounding alone comes here
}

/// Draws people into categories with given chances: a category at a time, from those who are left.
class Draw {
public:
    explicit Draw(std::vector<double> chances) : chances_(std::move(chances))
    {
        // Rounding must not send anybody behind the last category that has a chance.
        const auto last = std::ranges::find_if(chances_.rbegin(), chances_.rend(),
                                               [](double chance) { return chance > 0; });
        last_ = static_cast<std::size_t>(chances_.rend() - last) - 1;
    }

    std::vector<double> operator()(std::uint64_t people, Random random) const
    {
        std::vector<double> drawn(chances_.size());
        double rest = 1;
        for (std::size_t i = 0; i < last_ && people > 0; ++i) {
            const double chance = rest > 0 ? std::min(1.0, chances_[i] / rest) : 1;
            const auto some = binomial(people, chance, random);
            drawn[i] = static_cast<double>(some);
            people -= some;
            rest -= chances_[i];
        }
        drawn[last_] = static_cast<double>(people);
        return drawn;
    }

private:
    std::vector<double> chances_;
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

double hill1Of(const std::vector<double>& shares)
{
    double entropy = 0;
    for (const double one : shares) entropy -= xlogx(one);
    return std::exp(entropy);
}

double hill2Of(const std::vector<double>& shares)
{
    return 1 / std::inner_product(shares.begin(), shares.end(), shares.begin(), 0.0);
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

HillRanges hillRanges(std::span<const std::uint64_t> counts, const DrawOptions& options, Task& task)
{
    const auto people = sumOf(counts);
    const auto chances = shares(counts);
    const auto range = [&](double estimate, const auto& figure) {
        const auto figures = drawMany(chances, people, options, task, [&](auto drawn) {
            for (double& one : drawn) one /= static_cast<double>(people);
            return figure(drawn);
        });
        const double mean = std::accumulate(figures.begin(), figures.end(), 0.0) /
                            static_cast<double>(figures.size());
        const double shift = estimate - mean;
        return Range{std::max(1.0, std::min(estimate, quantile(figures, 0.025) + shift)),
                     std::max(estimate, quantile(figures, 0.975) + shift)};
    };
    const auto found = diversity(counts);
    return {range(found.hill1, hill1Of), range(found.hill2, hill2Of)};
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
