#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/measure/pathdraw.h"
#include "core/measure/shortestpaths.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

namespace kith {
namespace {

constexpr std::uint64_t drawingSalt = 0x6b616461627261ULL;

/// How far the share of paths drawn may lie from the true one (theorem 9 of the source).
struct Bounds {
    double planned = 0;  ///< omega: draws after which the error holds in any case
    double draws = 0;    ///< tau: draws made

    /// f: how far below the share drawn the true one may be, but for a chance of exp(-risk).
    double below(double share, double risk) const { return bound(share, risk, -1); }
    /// g: how far above.
    double above(double share, double risk) const { return bound(share, risk, 1); }

private:
    double bound(double share, double risk, double sign) const
    {
        const double third = 1.0 / 3 + sign * planned / draws;
        return risk / draws * (third + std::sqrt(third * third + 2 * share * planned / risk));
    }
};

/// Who took how many of the paths drawn. Helpers take turns at a few sets of arrays; what they
/// counted is added up at the end of a batch.
class Drawing {
public:
    Drawing(const Graph& graph, std::uint64_t seed, unsigned threads, Task& task)
        : graph_(graph), seed_(seed), threads_(threads), task_(task), counts_(graph.people(), 0)
    {}

    /// Draws paths number first, first + 1, ...
    void draw(std::uint64_t first, std::uint64_t count)
    {
        constexpr std::uint64_t chunk = 256;
        parallelFor((count + chunk - 1) / chunk, threads_, [&](std::size_t i) {
            if (task_.cancelled()) throw Cancelled{};
            auto drawer = borrow();
            const std::uint64_t begin = first + i * chunk;
            for (std::uint64_t at = begin; at < std::min(first + count, begin + chunk); ++at) {
                Random random(seed_ ^ drawingSalt, at);
                drawer->draw(random);
            }
            giveBack(std::move(drawer));
        });
        for (auto& drawer : idle_) visits_ += drawer->takeCounts(counts_);
        task_.advance(count);
    }

    void forget() { std::fill(counts_.begin(), counts_.end(), 0U); }
    const std::vector<std::uint32_t>& counts() const { return counts_; }
    std::uint64_t visits() const { return visits_; }

private:
    std::unique_ptr<PathDrawer> borrow()
    {
        const std::scoped_lock lock(lending_);
        if (idle_.empty()) return std::make_unique<PathDrawer>(graph_);
        auto drawer = std::move(idle_.back());
        idle_.pop_back();
        return drawer;
    }

    void giveBack(std::unique_ptr<PathDrawer> drawer)
    {
        const std::scoped_lock lock(lending_);
        idle_.push_back(std::move(drawer));
    }

    const Graph& graph_;
    std::uint64_t seed_;
    unsigned threads_;
    Task& task_;
    std::vector<std::uint32_t> counts_;
    std::uint64_t visits_ = 0;  ///< arcs looked at
    std::mutex lending_;
    std::vector<std::unique_ptr<PathDrawer>> idle_;
};

/// The chance of error is shared out so that those who seem most between, whose error would be the
/// largest, get most of it: chances exp(-C / share), and an equal share of a tenth of it for all.
/// @return by vertex: -ln of its chance on either side
std::vector<double> sharedRisk(const std::vector<std::uint32_t>& counts, double draws, double risk)
{
    constexpr double alike = 0.1;
    const auto people = static_cast<double>(counts.size());
    const double least = 1 / draws;  // who was not met is taken to be met once
    const auto shareOf = [&](std::uint32_t count) { return std::max(least, count / draws); };
    double low = 0;
    double high = std::log(2 * people / risk);
    for (int i = 0; i < 60; ++i) {
        const double c = (low + high) / 2;
        double sum = 0;
        for (const std::uint32_t count : counts) sum += 2 * std::exp(-c / shareOf(count));
        (sum > (1 - alike) * risk ? low : high) = c;
    }
    std::vector<double> logarithms;
    logarithms.reserve(counts.size());
    for (const std::uint32_t count : counts) {
        const double chance = std::exp(-high / shareOf(count)) + alike * risk / (2 * people);
        logarithms.push_back(-std::log(chance));
    }
    return logarithms;
}

double largestError(const std::vector<std::uint32_t>& counts, const std::vector<double>& risk,
                    const Bounds& bounds)
{
    double largest = 0;
    for (std::size_t v = 0; v < counts.size(); ++v) {
        const double share = counts[v] / bounds.draws;
        largest = std::max(largest, bounds.below(share, risk[v]));
        largest = std::max(largest, bounds.above(share, risk[v]));
    }
    return largest;
}

}  // namespace

Betweenness sampledBetweenness(const Graph& graph, const BetweennessOptions& options, Task& task)
{
    Betweenness out;
    out.exact = false;
    out.value.assign(graph.people(), 0);
    if (graph.ties() == 0) return out;

    const double longest = std::max(4.0, static_cast<double>(pathLengthLimit(graph)));
    const double logs = std::floor(std::log2(longest - 2)) + 1;
    Bounds bounds{0.5 / (options.error * options.error) * (logs + std::log(2 / options.risk)), 0};
    const auto planned = static_cast<std::uint64_t>(std::ceil(bounds.planned));
    bounds.planned = static_cast<double>(planned);
    task.begin("Drawing shortest paths", 0);

    Drawing drawing(graph, options.seed, options.threads, task);
    const std::uint64_t trial = std::clamp<std::uint64_t>(planned / 100, 100, 10'000);
    drawing.draw(0, trial);
    const auto risk = sharedRisk(drawing.counts(), static_cast<double>(trial), options.risk / 2);
    drawing.forget();

    // Half of the risk is for the plan, half for stopping early.
    std::uint64_t drawn = 0;
    out.error = 1;
    while (drawn < planned && out.error > options.error && drawing.visits() < options.mostVisits) {
        const std::uint64_t batch = std::min(planned - drawn, std::max(trial, drawn / 8));
        drawing.draw(trial + drawn, batch);
        drawn += batch;
        bounds.draws = static_cast<double>(drawn);
        out.error = largestError(drawing.counts(), risk, bounds);
    }
    if (drawn == planned) out.error = std::min(out.error, options.error);
    out.draws = drawn;
    const auto people = static_cast<double>(graph.people());
    const double pairs = people * (people - 1) / 2;
    for (std::size_t v = 0; v < out.value.size(); ++v)
        out.value[v] = drawing.counts()[v] / bounds.draws * pairs;
    return out;
}

}  // namespace kith
