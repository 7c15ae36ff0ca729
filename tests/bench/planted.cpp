#include "tests/bench/planted.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith::bench {
namespace {

using Pair = std::pair<Vertex, Vertex>;

/// A draw from x^-exponent between `least` and `most`.
double powerLaw(double least, double most, double exponent, Random& random)
{
    const double power = 1 - exponent;
    const double low = std::pow(least, power);
    const double high = std::pow(most, power);
    return std::pow(low + (high - low) * random.real(), 1 / power);
}

double meanOfPowerLaw(double least, double most, double exponent)
{
    const auto integral = [&](double power) {
        return (std::pow(most, power) - std::pow(least, power)) / power;
    };
    return integral(2 - exponent) / integral(1 - exponent);
}

/// The least degree at which degrees have the mean wanted: by halving.
double leastFor(double mean, double most, double exponent)
{
    double low = 1;
    double high = mean;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (meanOfPowerLaw(middle, most, exponent) < mean ? low : high) = middle;
    }
    return low;
}

/// Matches ends at random; pairs that must not be are crossed with others, at last left out.
/// @param apart  whether two people may be tied
template <class Apart>
std::vector<Pair> matched(std::vector<Vertex> ends, Random& random, Apart apart)
{
    constexpr int attempts = 30;
    random.shuffle(std::span(ends));
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2) pairs.emplace_back(ends[i], ends[i + 1]);
    std::vector<std::uint8_t> bad;
    for (int attempt = 0;; ++attempt) {
        for (auto& [a, b] : pairs)
            if (a > b) std::swap(a, b);
        std::sort(pairs.begin(), pairs.end());
        bad.assign(pairs.size(), 0);
        for (std::size_t i = 0; i < pairs.size(); ++i)
            bad[i] = !apart(pairs[i].first, pairs[i].second) || (i > 0 && pairs[i] == pairs[i - 1]);
        if (attempt == attempts || std::none_of(bad.begin(), bad.end(), [](auto b) { return b; }))
            break;
        for (std::size_t i = 0; i < pairs.size(); ++i)
            if (bad[i] != 0) std::swap(pairs[i].second, pairs[random.below(pairs.size())].second);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        if (bad[i] == 0) pairs[kept++] = pairs[i];
    pairs.resize(kept);
    return pairs;
}

struct Town {
    std::vector<std::size_t> inner;  ///< by person: ends that stay inside
    std::vector<std::size_t> outer;
    std::vector<std::vector<Vertex>> groups;
    std::vector<std::uint32_t> groupOf;
};

void drawDegrees(Town& town, const PlantedShape& shape, Random& random)
{
    constexpr double exponent = 2.5;
    const double least = leastFor(shape.meanDegree, shape.mostDegree, exponent);
    std::vector<double> degrees(shape.people);
    for (double& degree : degrees) degree = powerLaw(least, shape.mostDegree, exponent, random);
    std::sort(degrees.begin(), degrees.end(), std::greater<>());
    for (const double degree : degrees) {
        const auto whole = static_cast<std::size_t>(std::floor(degree + random.real()));
        const double inside = (1 - shape.mixing) * static_cast<double>(whole);
        const auto stay = static_cast<std::size_t>(std::floor(inside + random.real()));
        town.inner.push_back(std::min(stay, static_cast<std::size_t>(shape.mostGroup) - 1));
        town.outer.push_back(whole - std::min(stay, whole));
    }
}

/// People in order of falling degree take random free places in groups larger than they need.
void drawGroups(Town& town, const PlantedShape& shape, Random& random)
{
    std::vector<std::size_t> sizes;
    for (std::size_t placed = 0; placed < shape.people; placed += sizes.back())
        sizes.push_back(
            static_cast<std::size_t>(powerLaw(shape.leastGroup, shape.mostGroup + 1, 1.5, random)));
    std::sort(sizes.begin(), sizes.end(), std::greater<>());
    town.groups.resize(sizes.size());
    town.groupOf.resize(shape.people);
    std::vector<std::uint32_t> places;  // one entry a free place in a group that is large enough
    std::size_t open = 0;
    for (std::size_t v = 0; v < shape.people; ++v) {
        while (open < sizes.size() && (sizes[open] > town.inner[v] || places.empty())) {
            places.insert(places.end(), sizes[open], static_cast<std::uint32_t>(open));
            ++open;
        }
        std::swap(places[random.below(places.size())], places.back());
        town.groupOf[v] = places.back();
        town.groups[places.back()].push_back(static_cast<Vertex>(v));
        places.pop_back();
    }
}

void repeat(std::vector<Vertex>& ends, Vertex v, std::size_t times)
{
    ends.insert(ends.end(), times, v);
}

Sample shuffled(std::size_t people, std::vector<Pair> pairs, std::vector<std::uint32_t> truth,
                Random& random)
{
    std::vector<Vertex> id(people);
    std::iota(id.begin(), id.end(), Vertex{0});
    random.shuffle(std::span(id));
    random.shuffle(std::span(pairs));
    Sample sample{people, {}, std::vector<std::uint32_t>(truth.size())};
    sample.ties.reserve(pairs.size());
    for (const auto& [a, b] : pairs) sample.ties.push_back({id[a], id[b], 1});
    for (std::size_t v = 0; v < truth.size(); ++v) sample.truth[id[v]] = truth[v];
    return sample;
}

}  // namespace

PlantedShape plantedShape(std::size_t people, double mixing)
{
    PlantedShape shape{people, 18, 1'000, mixing, 20, 1'000};
    if (people <= 10'000) shape.mostDegree = shape.mostGroup = 300;
    if (people >= 1'000'000) {
        shape.meanDegree = 20;
        shape.mostDegree = shape.mostGroup = 2'000;
    }
    return shape;
}

Sample planted(const PlantedShape& shape, std::uint64_t seed)
{
    Random random(seed);
    Town town;
    drawDegrees(town, shape, random);
    drawGroups(town, shape, random);

    std::vector<Pair> pairs;
    std::vector<Vertex> ends;
    for (const auto& group : town.groups) {
        ends.clear();
        for (const Vertex v : group) repeat(ends, v, std::min(town.inner[v], group.size() - 1));
        const auto inside = matched(ends, random, [](Vertex a, Vertex b) { return a != b; });
        pairs.insert(pairs.end(), inside.begin(), inside.end());
    }
    ends.clear();
    for (std::size_t v = 0; v < shape.people; ++v)
        repeat(ends, static_cast<Vertex>(v), town.outer[v]);
    const auto across = matched(std::move(ends), random, [&](Vertex a, Vertex b) {
        return town.groupOf[a] != town.groupOf[b];
    });
    pairs.insert(pairs.end(), across.begin(), across.end());
    return shuffled(shape.people, std::move(pairs), std::move(town.groupOf), random);
}

Sample rmat(unsigned scale, std::size_t ties, std::uint64_t seed)
{
    constexpr double a = 0.57;
    constexpr double b = 0.19;
    constexpr double c = 0.19;
    Random random(seed);
    std::vector<Pair> pairs;
    while (pairs.size() < ties) {
        while (pairs.size() < ties) {
            Vertex from = 0;
            Vertex to = 0;
            for (unsigned bit = 0; bit < scale; ++bit) {
                const double drawn = random.real();
                from = 2 * from + (drawn >= a + b ? 1U : 0U);
                to = 2 * to + ((drawn >= a && drawn < a + b) || drawn >= a + b + c ? 1U : 0U);
            }
            if (from != to) pairs.emplace_back(std::min(from, to), std::max(from, to));
        }
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    }
    return shuffled(std::size_t{1} << scale, std::move(pairs), {}, random);
}

}  // namespace kith::bench
