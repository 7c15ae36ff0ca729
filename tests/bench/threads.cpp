#include "tests/bench/threads.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/cluster/consensus.h"
#include "core/cluster/homophily.h"
#include "core/cluster/leidenrun.h"
#include "core/measure/bridges.h"
#include "tests/bench/grounds.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fmt/format.h>
#include <functional>
#include <span>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace kith::bench {
namespace {

/// A result as numbers that can be compared to the last bit.
using Result = std::vector<double>;

struct Work {
    std::string name;
    std::function<Result(unsigned threads)> run;
};

void append(Result& result, const Partition& partition)
{
    result.insert(result.end(), partition.clusterOf.begin(), partition.clusterOf.end());
}

Result leidenRuns(const Graph& graph, unsigned threads)
{
    constexpr std::size_t runs = 4;
    std::vector<Partition> found(runs);
    parallelFor(runs, threads, [&](std::size_t i) {
        LeidenOptions options;
        options.rounds = 2;
        options.run = i;
        found[i] = leidenRun(graph, options, [] {});
    });
    Result result;
    for (const auto& partition : found) append(result, partition);
    return result;
}

Result consensus(const Graph& graph, unsigned threads)
{
    ConsensusOptions options;
    options.threads = threads;
    Task task;
    const auto found = consensusClusters(graph, options, task);
    Result result = found.personStability;
    append(result, found.partition);
    return result;
}

Result drawnPaths(const Graph& graph, unsigned threads)
{
    BetweennessOptions options;
    options.exactUpTo = 0;
    options.threads = threads;
    Task task;
    return betweenness(graph, options, task).value;
}

/// A trait that leans a little towards ties, so that no shuffle can be spared.
NominalValues leaningTrait(const Sample& sample)
{
    NominalValues values;
    values.names = {"a", "b", "c", "d", "e"};
    Random random(2);
    for (std::size_t v = 0; v < sample.people; ++v)
        values.valueOf.push_back(static_cast<std::int32_t>(random.below(values.names.size())));
    for (const auto& tie : sample.ties)
        if (tie.a % 3 == 0) values.valueOf[tie.a] = values.valueOf[tie.b];
    return values;
}

Result permutations(const Graph& graph, const NominalValues& values, unsigned threads)
{
    PermutationOptions options;
    options.threads = threads;
    Task task;
    const auto found = homophily(graph, values, options, task);
    return {found.p, static_cast<double>(found.permutations), found.assortativity};
}

struct Times {
    double cpu = 0;
    double wall = 0;
};

Times timed(const Work& work, unsigned threads, Result& result)
{
    const auto cpu = std::clock();
    const auto wall = std::chrono::steady_clock::now();
    result = work.run(threads);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - wall;
    return {static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC, took.count()};
}

double median(std::vector<Times> times, double Times::*what)
{
    std::ranges::sort(times, {}, what);
    return times[times.size() / 2].*what;
}

/// In turn, so that what else goes on falls upon both.
/// @return whether one thread and two found the same
bool compare(const Work& work)
{
    constexpr int rounds = 5;
    std::vector<Times> one, two;
    bool same = true;
    for (int round = 0; round < rounds; ++round) {
        Result first, second;
        one.push_back(timed(work, 1, first));
        two.push_back(timed(work, 2, second));
        same = same && first == second;
    }
    const double before = median(one, &Times::wall);
    const double after = median(two, &Times::wall);
    fmt::print("{:<24}{:8.2f}{:8.2f}{:10.2f}{:8.2f}{:10.2f}   {}\n", work.name,
               median(one, &Times::cpu), before, median(two, &Times::cpu), after, after / before,
               same ? "the same" : "NOT THE SAME");
    return same;
}

bool compareAll(std::span<const Work> works)
{
    fmt::print("{:<24}{:>16}{:>18}{:>10}\n{:<24}{:>8}{:>8}{:>10}{:>8}{:>10}\n", "", "1 thread",
               "2 threads", "", "", "CPU", "wall", "CPU", "wall", "2 by 1");
    bool same = true;
    for (const auto& work : works) same = compare(work) && same;
    return same;
}

/// Something else that runs as fast as it can, for as long as this lives.
class BusyNeighbour {
public:
    BusyNeighbour() : process_(fork())
    {
        if (process_ != 0) return;
        for (;;) std::clock();
    }
    ~BusyNeighbour()
    {
        if (process_ <= 0) return;
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    BusyNeighbour(const BusyNeighbour&) = delete;
    BusyNeighbour& operator=(const BusyNeighbour&) = delete;

private:
    pid_t process_;
};

}  // namespace

int compareThreads(const std::string& name)
{
    const Ground* ground = groundCalled(name);
    if (ground == nullptr) return 2;
    const Sample sample = ground->make();
    const Graph graph = buildGraph(sample.people, sample.ties);
    const NominalValues trait = leaningTrait(sample);
    const std::vector<Work> works{
        {"four runs of Leiden", [&](unsigned threads) { return leidenRuns(graph, threads); }},
        {"consensus", [&](unsigned threads) { return consensus(graph, threads); }},
        {"betweenness, drawn", [&](unsigned threads) { return drawnPaths(graph, threads); }},
        {"999 shuffles", [&](unsigned threads) { return permutations(graph, trait, threads); }}};
    fmt::print("{}, seconds, medians of five\n", name);
    bool same = compareAll(works);
    fmt::print("\nbeside a busy process\n");
    const BusyNeighbour neighbour;
    same = compareAll(works) && same;
    return same ? 0 : 1;
}

}  // namespace kith::bench
