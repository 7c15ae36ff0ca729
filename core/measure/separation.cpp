#include "core/measure/separation.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/cluster/consensus.h"
#include "core/measure/grounded.h"

#include <algorithm>
#include <cmath>

namespace kith {

namespace {

constexpr double nowhere = 0.5;

double rwcOf(double a, double b)
{
    const double gap = a - b;
    return (a + b - 1) / (1 - gap * gap);
}

/// Mean of h over people of one side, with or without its hubs.
double meanOver(std::span<const Side> sides, Side side, const std::vector<double>& h,
                const std::vector<bool>* leftOut)
{
    double sum = 0;
    double count = 0;
    for (std::size_t v = 0; v < sides.size(); ++v) {
        if (sides[v] != side || (leftOut != nullptr && (*leftOut)[v])) continue;
        sum += h[v];
        ++count;
    }
    return count > 0 ? sum / count : 0;
}

std::vector<Vertex> largestPart(const Graph& graph, std::span<const Side> sides)
{
    std::vector<bool> seen(graph.people());
    std::vector<Vertex> largest;
    std::vector<Vertex> part;
    for (std::size_t i = 0; i < graph.people(); ++i) {
        if (seen[i] || sides[i] == Side::Neither) continue;
        part.assign(1, static_cast<Vertex>(i));
        seen[i] = true;
        for (std::size_t next = 0; next < part.size(); ++next) {
            for (const Vertex w : graph.neighbours(part[next])) {
                if (seen[w] || sides[w] == Side::Neither) continue;
                seen[w] = true;
                part.push_back(w);
            }
        }
        if (part.size() > largest.size()) largest = part;
    }
    std::ranges::sort(largest);
    return largest;
}

std::size_t countOf(std::span<const Side> sides, Side side)
{
    return static_cast<std::size_t>(std::ranges::count(sides, side));
}

constexpr std::size_t fewest = 10;  ///< a side; below, there is nothing to walk through
constexpr std::size_t enough = 20;  ///< a side; below, chance makes most of the raw value

void requireEnough(std::span<const Side> sides, std::size_t hubs)
{
    const auto smaller = std::min(countOf(sides, Side::First), countOf(sides, Side::Second));
    if (smaller < fewest) {
        throw Error(Error::Kind::TooLittleData,
                    "one side has " + std::to_string(smaller) +
                        " people who are connected with the rest, and ten are needed",
                    {}, "Choose larger groups, more sources or a longer time.");
    }
    if (smaller > hubs) return;
    throw Error(
        Error::Kind::TooLittleData,
        "one side has no more people than the " + std::to_string(hubs) + " that walks would end at",
        {}, "Choose larger groups or fewer hubs.");
}

double halvesRwc(const Graph& graph, std::size_t hubs, std::uint64_t seed)
{
    const auto halves = spectralHalves(graph, seed);
    return walks(graph, halves, hubs).rwc;
}

void compareWithNull(const Graph& graph, const SeparationOptions& options, Separation& result,
                     Task& task)
{
    result.found = halvesRwc(graph, result.hubs, options.seed);
    result.rewirings = options.rewirings;
    std::vector<double> null(options.rewirings);
    task.begin("Comparing with ties at random", options.rewirings);
    parallelFor(null.size(), options.threads, [&](std::size_t i) {
        const Graph random = rewiredGraph(graph, options.seed, i, task);
        null[i] = halvesRwc(random, result.hubs, options.seed);
    });
    task.advance(null.size());
    const auto count = static_cast<double>(null.size());
    for (const double one : null) result.nullMean += one / count;
    double squares = 0;
    for (const double one : null) squares += (one - result.nullMean) * (one - result.nullMean);
    result.nullSd = null.size() > 1 ? std::sqrt(squares / (count - 1)) : 0;
    result.normalised = result.found - result.nullMean;
    result.z = result.nullSd > 0 ? result.normalised / result.nullSd : 0;
    const auto reached =
        std::ranges::count_if(null, [&](double one) { return one >= result.found; });
    result.p = (1 + static_cast<double>(reached)) / (count + 1);
}

}  // namespace

SidedPart sidedPart(const Graph& graph, std::span<const Side> sides)
{
    constexpr Vertex absent = ~Vertex{0};
    SidedPart part;
    part.whole = largestPart(graph, sides);
    std::vector<Vertex> number(graph.people(), absent);
    for (std::size_t i = 0; i < part.whole.size(); ++i) {
        number[part.whole[i]] = static_cast<Vertex>(i);
        part.sides.push_back(sides[part.whole[i]]);
    }
    std::vector<WeightedTie> ties;
    for (const Vertex v : part.whole) {
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j) {
            if (v < row[j] && number[row[j]] != absent) {
                ties.push_back({number[v], number[row[j]], graph.weights(v)[j]});
            }
        }
    }
    part.graph = buildGraph(part.whole.size(), std::move(ties));
    return part;
}

std::size_t usualHubs(std::span<const Side> sides)
{
    const auto smaller = std::min(countOf(sides, Side::First), countOf(sides, Side::Second));
    return std::clamp<std::size_t>(smaller / 100, 3, 50);
}

std::vector<Vertex> hubsOf(const Graph& graph, std::span<const Side> sides, Side side,
                           std::size_t hubs)
{
    std::vector<Vertex> people;
    for (std::size_t v = 0; v < sides.size(); ++v) {
        if (sides[v] == side) people.push_back(static_cast<Vertex>(v));
    }
    std::ranges::stable_sort(people,
                             [&](Vertex a, Vertex b) { return graph.degree(a) > graph.degree(b); });
    people.resize(std::min(people.size(), hubs));
    return people;
}

Walks walks(const Graph& graph, std::span<const Side> sides, std::size_t hubs)
{
    return walksTo(graph, sides,
                   {hubsOf(graph, sides, Side::First, hubs),
                    hubsOf(graph, sides, Side::Second, hubs)});
}

Walks walksTo(const Graph& graph, std::span<const Side> sides,
              std::array<std::vector<Vertex>, 2> hubs)
{
    Walks result;
    result.hubs = std::move(hubs);
    std::vector<bool> hub(graph.people());
    std::vector<double> pull(graph.people());
    for (const auto& own : result.hubs)
        for (const Vertex v : own) hub[v] = true;
    for (const Vertex v : result.hubs[0]) {
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j) {
            pull[row[j]] += static_cast<double>(graph.weights(v)[j]);
        }
    }
    const GroundedLaplacian system(graph, hub);
    result.h = system.solve(pull);
    for (std::size_t v = 0; v < graph.people(); ++v) {
        if (system.isCutOff(static_cast<Vertex>(v))) result.h[v] = nowhere;
    }
    for (const Vertex v : result.hubs[0]) result.h[v] = 1;
    for (const Vertex v : result.hubs[1]) result.h[v] = 0;

    result.a = meanOver(sides, Side::First, result.h, nullptr);
    result.b = 1 - meanOver(sides, Side::Second, result.h, nullptr);
    result.rwc = rwcOf(result.a, result.b);
    const double a = meanOver(sides, Side::First, result.h, &hub);
    const double b = 1 - meanOver(sides, Side::Second, result.h, &hub);
    result.transient = rwcOf(a, b);
    result.forward = a + b - 1;
    return result;
}

double adaptiveEi(const Graph& graph, std::span<const Side> sides)
{
    std::array<double, 3> ties{};  // first, second, across
    for (std::size_t v = 0; v < graph.people(); ++v) {
        for (const Vertex w : graph.neighbours(static_cast<Vertex>(v))) {
            if (w < v || sides[v] == Side::Neither || sides[w] == Side::Neither) continue;
            ++ties[sides[v] == sides[w] ? static_cast<std::size_t>(sides[v]) : 2];
        }
    }
    const auto n = static_cast<double>(countOf(sides, Side::First));
    const auto m = static_cast<double>(countOf(sides, Side::Second));
    const double inside = ties[0] / (n * (n - 1) / 2) + ties[1] / (m * (m - 1) / 2);
    const double across = 2 * ties[2] / (n * m);
    return inside + across > 0 ? (inside - across) / (inside + across) : 0;
}

Separation separation(const Graph& graph, std::span<const Side> sides,
                      const SeparationOptions& options, Task& task)
{
    const SidedPart part = sidedPart(graph, sides);
    Separation result;
    result.hubs = options.hubs > 0 ? options.hubs : usualHubs(part.sides);
    requireEnough(part.sides, result.hubs);
    result.people = {countOf(part.sides, Side::First), countOf(part.sides, Side::Second)};
    result.apart = sides.size() - countOf(sides, Side::Neither) - part.sides.size();
    result.small = std::min(result.people[0], result.people[1]) < enough;
    task.begin("Following walks between the sides", 0);
    auto found = walks(part.graph, part.sides, result.hubs);
    result.halfHubs = walks(part.graph, part.sides, std::max<std::size_t>(1, result.hubs / 2)).rwc;
    const auto smaller = std::min(result.people[0], result.people[1]);
    result.doubleHubs = walks(part.graph, part.sides, std::min(2 * result.hubs, smaller - 1)).rwc;
    result.adaptiveEi = adaptiveEi(part.graph, part.sides);
    compareWithNull(part.graph, options, result, task);

    std::vector<double> h(graph.people(), nowhere);
    for (std::size_t i = 0; i < part.whole.size(); ++i) h[part.whole[i]] = found.h[i];
    found.h = std::move(h);
    for (auto& hubs : found.hubs) {
        for (Vertex& hub : hubs) hub = part.whole[hub];
    }
    result.walks = std::move(found);
    return result;
}

}  // namespace kith
