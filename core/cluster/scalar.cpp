#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/cluster/homophilypanel.h"
#include "core/cluster/knownties.h"
#include "core/cluster/permutation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

// Homophily in numbers: correlations along ties.

namespace kith {
namespace {

constexpr std::uint64_t drawStream = 0x7363616c'61720000;
constexpr std::size_t mostTies = 1'000'000;  ///< beyond, fewer shuffles and draws
constexpr unsigned ofMany = 99;

/// Sums of a weighted correlation of x and y.
struct Sums {
    double weight = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

    void add(double w, double a, double b)
    {
        weight += w;
        x += w * a;
        y += w * b;
        xx += w * a * a;
        yy += w * b * b;
        xy += w * a * b;
    }

    /// 0 when one of both does not vary.
    double correlation() const
    {
        if (!(weight > 0)) return 0;
        const double varianceX = xx / weight - x / weight * (x / weight);
        const double varianceY = yy / weight - y / weight * (y / weight);
        const double scale = (xx + yy) / weight;
        if (!(varianceX > 1e-12 * scale) || !(varianceY > 1e-12 * scale)) return 0;
        return (xy / weight - x / weight * (y / weight)) / std::sqrt(varianceX * varianceY);
    }
};

struct KnownNumbers {
    std::vector<double> values;  ///< by known person, centred: sums lose no digits
    std::vector<known::Tie> ties;
};

NominalValues whoIsKnown(const NumericValues& values)
{
    NominalValues known;
    known.names = {"known"};
    for (const double value : values) known.valueOf.push_back(std::isnan(value) ? -1 : 0);
    return known;
}

void refuse(const char* why)
{
    throw Error(Error::Kind::TooLittleData, why, {}, "Give more people a value for this trait.");
}

/// Too little data is refused.
KnownNumbers knownNumbers(const Graph& graph, const NumericValues& values)
{
    auto part = known::part(graph, whoIsKnown(values));
    KnownNumbers known;
    for (const Vertex v : part.people) known.values.push_back(values[v]);
    known.ties = std::move(part.ties);
    if (known.values.size() < 5) refuse("fewer than five people have a value");
    if (known.ties.empty()) refuse("no ties join people who have a value");
    const auto [low, high] = std::minmax_element(known.values.begin(), known.values.end());
    if (!(*low < *high)) refuse("everybody has the same value");
    const double mean = std::accumulate(known.values.begin(), known.values.end(), 0.0) /
                        static_cast<double>(known.values.size());
    for (double& value : known.values) value -= mean;
    return known;
}

/// Both directions of a tie.
void addTie(Sums& sums, double w, double a, double b)
{
    sums.add(w, a, b);
    sums.add(w, b, a);
}

double alongTies(const std::vector<known::Tie>& ties, const std::vector<double>& values)
{
    Sums sums;
    for (const auto& tie : ties) addTie(sums, tie.weight, values[tie.a], values[tie.b]);
    return sums.correlation();
}

double jackknife(const KnownNumbers& known)
{
    Sums all;
    for (const auto& tie : known.ties)
        addTie(all, tie.weight, known.values[tie.a], known.values[tie.b]);
    const double r = all.correlation();
    double sum = 0;
    for (const auto& tie : known.ties) {
        Sums less = all;
        addTie(less, -tie.weight, known.values[tie.a], known.values[tie.b]);
        const double difference = less.correlation() - r;
        sum += difference * difference;
    }
    return std::sqrt(sum);
}

/// 1 - mean squared difference over ties / over all pairs, which is twice the variance.
double closeness(const KnownNumbers& known)
{
    double squares = 0;
    double weight = 0;
    for (const auto& tie : known.ties) {
        const double difference = known.values[tie.a] - known.values[tie.b];
        squares += tie.weight * difference * difference;
        weight += tie.weight;
    }
    double variance = 0;
    for (const double value : known.values) variance += value * value;
    variance /= static_cast<double>(known.values.size()) - 1;
    return 1 - squares / weight / (2 * variance);
}

Interval resampled(const KnownNumbers& known, unsigned draws, const PermutationOptions& options,
                   const Task& task)
{
    std::vector<double> r(draws);
    parallelFor(draws, options.threads, [&](std::size_t b) {
        if (task.cancelled()) throw Cancelled{};
        Random random(options.seed, drawStream + b);
        std::vector<double> times(known.values.size());
        for (std::size_t i = 0; i < times.size(); ++i) times[random.below(times.size())] += 1;
        Sums sums;
        for (const auto& tie : known.ties)
            addTie(sums, tie.weight * times[tie.a] * times[tie.b], known.values[tie.a],
                   known.values[tie.b]);
        r[b] = sums.correlation();
    });
    if (draws < 20) return {};
    std::sort(r.begin(), r.end());
    const auto at = [&](double share) {
        return r[static_cast<std::size_t>(std::lround(share * static_cast<double>(draws - 1)))];
    };
    return {at(0.025), at(0.975)};
}

/// One-sided p of a statistic of shuffled values.
template <class Statistic>
PermutationTest::Result shuffled(const std::vector<double>& values, double observed,
                                 const PermutationOptions& options, Task& task,
                                 const Statistic& statistic)
{
    const double rounding = 1e-12;
    const auto outcome = PermutationTest(options).run(
        1,
        [&](std::uint64_t b, std::vector<std::uint8_t>& flags) {
            Random random(options.seed, b);
            auto permuted = values;
            random.shuffle(std::span(permuted));
            flags[0] = statistic(permuted) >= observed - rounding;
        },
        task);
    return outcome.front();
}

}  // namespace

ScalarHomophily scalarHomophily(const Graph& graph, const NumericValues& values,
                                const PanelOptions& options, Task& task)
{
    task.begin("Testing homophily", options.permutations);
    const auto known = knownNumbers(graph, values);
    ScalarHomophily result;
    result.people = graph.people();
    result.known = known.values.size();
    result.ties = known.ties.size();
    result.assortativity = alongTies(known.ties, known.values);
    result.assortativitySe = jackknife(known);
    auto plain = known.ties;
    for (auto& tie : plain) tie.weight = 1;
    result.assortativityTies = alongTies(plain, known.values);
    result.h = closeness(known);

    PanelOptions fewer = options;
    result.bootstraps = options.bootstraps;
    if (known.ties.size() > mostTies) {
        fewer.permutations = std::min(fewer.permutations, ofMany);
        result.bootstraps = std::min(result.bootstraps, ofMany);
    }
    result.interval = resampled(known, result.bootstraps, options, task);
    const auto test = shuffled(
        known.values, result.assortativity, fewer, task,
        [&](const std::vector<double>& permuted) { return alongTies(known.ties, permuted); });
    result.p = test.p;
    result.permutations = test.permutations;
    return result;
}

double scalarAssortativity(std::span<const Arc> arcs, const NumericValues& values)
{
    double mean = 0;
    double count = 0;
    for (const double value : values) {
        if (std::isnan(value)) continue;
        mean += value;
        ++count;
    }
    if (count > 0) mean /= count;
    Sums sums;
    for (const auto& arc : arcs) {
        const double from = values[arc.from];
        const double to = values[arc.to];
        if (!std::isnan(from) && !std::isnan(to)) sums.add(1, from - mean, to - mean);
    }
    return sums.correlation();
}

NeighbourCorrelation neighbourCorrelation(const Graph& graph, const NumericValues& values,
                                          const PermutationOptions& options, Task& task)
{
    constexpr std::size_t fewest = 10;
    task.begin("Comparing people with their contacts", options.permutations);
    const auto part = known::part(graph, whoIsKnown(values));
    std::vector<double> own;
    for (const Vertex v : part.people) own.push_back(values[v]);
    if (own.size() < fewest) refuse("fewer than ten people have a value and contacts with one");
    const double centre =
        std::accumulate(own.begin(), own.end(), 0.0) / static_cast<double>(own.size());
    for (double& value : own) value -= centre;  // sums lose no digits

    std::vector<double> weight(own.size());
    for (const auto& tie : part.ties) {
        weight[tie.a] += tie.weight;
        weight[tie.b] += tie.weight;
    }
    const auto contactsOf = [&](const std::vector<double>& of) {
        std::vector<double> mean(of.size());
        for (const auto& tie : part.ties) {
            mean[tie.a] += tie.weight * of[tie.b] / weight[tie.a];
            mean[tie.b] += tie.weight * of[tie.a] / weight[tie.b];
        }
        return mean;
    };
    const auto correlation = [&](const std::vector<double>& of) {
        const auto mean = contactsOf(of);
        Sums sums;
        for (std::size_t i = 0; i < of.size(); ++i)
            if (weight[i] > 0) sums.add(1, of[i], mean[i]);
        return sums.correlation();
    };

    NeighbourCorrelation result;
    const auto mean = contactsOf(own);
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (!(weight[i] > 0)) continue;
        result.own.push_back(own[i] + centre);
        result.contacts.push_back(mean[i] + centre);
    }
    result.people = result.own.size();
    if (result.people < fewest) refuse("fewer than ten people have a value and contacts with one");
    result.correlation = correlation(own);
    PermutationOptions fewer = options;
    if (part.ties.size() > mostTies) fewer.permutations = std::min(fewer.permutations, ofMany);
    const auto test = shuffled(own, result.correlation, fewer, task, correlation);
    result.p = test.p;
    result.permutations = test.permutations;
    return result;
}

}  // namespace kith
