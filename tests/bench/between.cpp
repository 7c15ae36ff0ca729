#include "tests/bench/between.h"

#include "core/base/random.h"
#include "core/measure/bridges.h"
#include "tests/bench/grounds.h"
#include "tests/bench/peer.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <fmt/format.h>
#include <numeric>
#include <span>

namespace kith::bench {
namespace {

constexpr std::size_t top = 100;

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Vertices, largest value first.
std::vector<std::size_t> ranked(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
    order.resize(std::min(top, order.size()));
    return order;
}

/// As shares of all pairs, from half of the sources each, and from all.
struct Reference {
    std::vector<double> one;
    std::vector<double> other;
    std::vector<double> both;
};

Reference referenceOf(const Sample& sample, std::size_t sources)
{
    std::vector<std::uint32_t> people(sample.people);
    std::iota(people.begin(), people.end(), 0U);
    Random(7).shuffle(std::span(people));
    people.resize(std::min(sources, people.size()));
    const auto half = static_cast<std::ptrdiff_t>(people.size() / 2);
    const Peer peer(sample);
    Reference found{peer.betweennessFrom({people.begin(), people.begin() + half}),
                    peer.betweennessFrom({people.begin() + half, people.end()}),
                    {}};
    const auto everybody = static_cast<double>(sample.people);
    const auto scaled = [&](std::vector<double>& values, std::ptrdiff_t from) {
        // What so many of all sources found, over the pairs of everybody.
        const double share = static_cast<double>(from) / everybody;
        for (double& value : values) value /= share * everybody * (everybody - 1) / 2;
    };
    scaled(found.one, half);
    scaled(found.other, std::ssize(people) - half);
    for (std::size_t v = 0; v < found.one.size(); ++v)
        found.both.push_back((found.one[v] + found.other[v]) / 2);
    return found;
}

double farthest(const std::vector<double>& a, const std::vector<double>& b)
{
    double apart = 0;
    for (std::size_t v = 0; v < a.size(); ++v) apart = std::max(apart, std::abs(a[v] - b[v]));
    return apart;
}

void tellTop(const std::vector<double>& ours, const std::vector<double>& theirs)
{
    const auto best = ranked(ours);
    auto wanted = ranked(theirs);
    const double least = theirs[wanted.back()];
    std::ranges::sort(wanted);
    std::size_t both = 0;
    double shortfall = 0;
    for (const auto v : best) {
        both += std::ranges::binary_search(wanted, v) ? 1U : 0U;
        shortfall = std::max(shortfall, least - theirs[v]);
    }
    fmt::print(
        "of the {} most between both name {}; of ours nobody is short of igraph's last by "
        "more than {:.2g}\n",
        best.size(), both, shortfall);
    fmt::print("the first has {:.2g} of all pairs, the {}th {:.2g}\n",
               *std::ranges::max_element(theirs), best.size(), least);
}

}  // namespace

int compareBetweenness(const std::string& name, std::size_t sources)
{
    const Ground* ground = groundCalled(name);
    if (ground == nullptr) return 2;
    const Sample sample = ground->make();
    const Graph graph = buildGraph(sample.people, sample.ties);
    BetweennessOptions options;
    options.exactUpTo = 0;
    Task task;
    double start = processorSeconds();
    auto found = betweenness(graph, options, task);
    const double ours = processorSeconds() - start;
    const auto people = static_cast<double>(graph.people());
    for (double& value : found.value) value /= people * (people - 1) / 2;

    start = processorSeconds();
    const auto reference = referenceOf(sample, sources);
    fmt::print("{}: {} paths drawn in {:.1f} s; igraph from {} people {:.0f} s\n", name,
               found.draws, ours, sources, processorSeconds() - start);
    fmt::print(
        "farthest from igraph {:.2g} of all pairs; said: {:.2g}; igraph's own two halves "
        "differ by {:.2g} at most\n",
        farthest(found.value, reference.both), found.error,
        farthest(reference.one, reference.other));
    tellTop(found.value, reference.both);
    return 0;
}

}  // namespace kith::bench
