#include "core/measure/cores.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/cluster/consensus.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith {

namespace {

/// One division of the people, which knows its fit and what moving somebody would make of it.
class Division {
public:
    explicit Division(const Graph& graph)
        : graph_(&graph), inside_(graph.people()), coreTies_(graph.people())
    {
        const auto n = static_cast<double>(graph.people());
        pairs_ = n * (n - 1) / 2;
    }

    void move(Vertex v)
    {
        covered_ += change(v);
        inside_[v] = !inside_[v];
        size_ += inside_[v] ? 1 : -1;
        for (const Vertex u : graph_->neighbours(v)) coreTies_[u] += inside_[v] ? 1 : -1;
    }

    double fit() const { return fitOf(covered_, size_); }
    double fitAfter(Vertex v) const
    {
        return fitOf(covered_ + change(v), size_ + (inside_[v] ? -1 : 1));
    }

    std::vector<Vertex> core() const
    {
        std::vector<Vertex> members;
        for (Vertex v = 0; v < inside_.size(); ++v) {
            if (inside_[v]) members.push_back(v);
        }
        return members;
    }

private:
    /// Ties that get or lose their only end in the core.
    double change(Vertex v) const
    {
        const double alone = static_cast<double>(graph_->degree(v)) - coreTies_[v];
        return inside_[v] ? -alone : alone;
    }

    double fitOf(double covered, double core) const
    {
        const auto n = static_cast<double>(graph_->people());
        const auto ties = static_cast<double>(graph_->ties());
        const double ideal = core * (core - 1) / 2 + core * (n - core);
        const double spread = (pairs_ * ties - ties * ties) * (pairs_ * ideal - ideal * ideal);
        return spread > 0 ? (pairs_ * covered - ties * ideal) / std::sqrt(spread) : -1;
    }

    const Graph* graph_;
    std::vector<bool> inside_;
    std::vector<double> coreTies_;  ///< ties to the core, by vertex
    double covered_ = 0;            ///< ties with an end in the core
    double size_ = 0;
    double pairs_ = 0;
};

Division climb(const Graph& graph, Random random)
{
    Division division(graph);
    const double share = random.real() / 2;
    for (Vertex v = 0; v < graph.people(); ++v) {
        if (random.chance(share)) division.move(v);
    }
    constexpr double rounding = 1e-12;
    for (;;) {
        double best = division.fit() + rounding;
        Vertex who = 0;
        bool found = false;
        for (Vertex v = 0; v < graph.people(); ++v) {
            const double after = division.fitAfter(v);
            if (after <= best) continue;
            best = after;
            who = v;
            found = true;
        }
        if (!found) return division;
        division.move(who);
    }
}

/// The best of so many climbs; the first of equals.
Division bestOf(const Graph& graph, unsigned starts, std::uint64_t seed, std::uint64_t stream)
{
    Division best = climb(graph, Random(seed, stream));
    for (unsigned i = 1; i < starts; ++i) {
        Division other = climb(graph, Random(seed, stream + i));
        if (other.fit() > best.fit() + 1e-12) best = std::move(other);
    }
    return best;
}

void compareWithRewired(const Graph& graph, const CoreOptions& options, CorePeriphery& found,
                        Task& task)
{
    constexpr std::uint64_t apart = 1'000'000;
    found.samples = options.nullSamples;
    if (found.samples == 0) return;
    std::vector<double> fits(options.nullSamples);
    // As hard as in the rewired graphs: more climbs alone would make the fit look better.
    const unsigned starts = std::max(1U, options.starts / 10);
    const double own = bestOf(graph, starts, options.seed, 0).fit();
    task.begin("Comparing with ties dealt out anew", fits.size());
    parallelFor(fits.size(), options.threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        const auto other = rewiredGraph(graph, options.seed, apart + i, task);
        fits[i] = bestOf(other, starts, options.seed, (i + 2) * apart).fit();
    });
    task.advance(fits.size());
    const auto n = static_cast<double>(fits.size());
    found.nullMean = std::accumulate(fits.begin(), fits.end(), 0.0) / n;
    double squares = 0;
    double reached = 0;
    for (const double fit : fits) {
        squares += (fit - found.nullMean) * (fit - found.nullMean);
        reached += fit >= own - 1e-12 ? 1 : 0;
    }
    found.nullSd = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
    found.p = (1 + reached) / (1 + n);
}

}  // namespace

std::vector<std::uint32_t> coreNumbers(const Graph& graph)
{
    const std::size_t n = graph.people();
    std::vector<std::uint32_t> degree(n);
    std::uint32_t most = 0;
    for (Vertex v = 0; v < n; ++v) {
        degree[v] = static_cast<std::uint32_t>(graph.degree(v));
        most = std::max(most, degree[v]);
    }
    // People sorted by degree; bin[d] is where those of degree d begin.
    std::vector<std::size_t> bin(most + std::size_t{2});
    for (const auto d : degree) ++bin[d + std::size_t{1}];
    std::partial_sum(bin.begin(), bin.end(), bin.begin());
    std::vector<Vertex> order(n);
    std::vector<std::size_t> place(n);
    auto next = bin;
    for (Vertex v = 0; v < n; ++v) {
        place[v] = next[degree[v]]++;
        order[place[v]] = v;
    }
    for (std::size_t i = 0; i < n; ++i) {
        const Vertex v = order[i];
        for (const Vertex u : graph.neighbours(v)) {
            if (degree[u] <= degree[v]) continue;
            // Swaps u with the first of its degree, and moves the border behind it.
            const std::size_t front = bin[degree[u]];
            const Vertex other = order[front];
            std::swap(order[front], order[place[u]]);
            std::swap(place[other], place[u]);
            ++bin[degree[u]];
            --degree[u];
        }
    }
    return degree;
}

std::map<std::uint32_t, std::size_t> coreHistogram(std::span<const std::uint32_t> cores)
{
    std::map<std::uint32_t, std::size_t> people;
    for (const auto core : cores) ++people[core];
    return people;
}

CorePeriphery corePeriphery(const Graph& graph, const CoreOptions& options, Task& task)
{
    constexpr std::size_t fewest = 10;
    constexpr std::size_t most = 500;
    if (graph.people() < fewest || graph.ties() == 0) {
        throw Error(Error::Kind::TooLittleData, "a core needs at least 10 people with ties");
    }
    if (graph.people() > most) {
        throw Error(Error::Kind::LimitReached, "a core and an edge are looked for up to 500 people",
                    {}, "Select one community or a shorter time.");
    }
    task.begin("Looking for a core", 0);
    const auto best = bestOf(graph, std::max(1U, options.starts), options.seed, 0);
    CorePeriphery found;
    found.core = best.core();
    found.fit = best.fit();
    compareWithRewired(graph, options, found, task);
    return found;
}

}  // namespace kith
