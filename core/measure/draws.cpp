#include "core/measure/draws.h"

#include "core/base/error.h"
#include "core/cluster/combinatorics.h"

#include <cmath>
#include <numeric>
#include <utility>

namespace kith {

namespace {

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

}  // namespace

std::uint64_t peopleIn(std::span<const std::uint64_t> counts)
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

std::vector<double> sharesOf(std::span<const double> weights)
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

std::vector<double> sharesOf(std::span<const std::uint64_t> counts)
{
    const std::vector<double> weights(counts.begin(), counts.end());
    return sharesOf(weights);
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

Draw::Draw(std::vector<double> chances) : chances_(std::move(chances))
{
    // Rounding must not send anybody behind the last category that has a chance.
    const auto last = std::ranges::find_if(chances_.rbegin(), chances_.rend(),
                                           [](double chance) { return chance > 0; });
    last_ = static_cast<std::size_t>(chances_.rend() - last) - 1;
}

std::vector<double> Draw::operator()(std::uint64_t people, Random random) const
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

}  // namespace kith
