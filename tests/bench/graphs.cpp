// Graphs, clusters and measures against igraph, from one run: README.md.

#include "core/base/random.h"
#include "core/cluster/consensus.h"
#include "core/cluster/homophily.h"
#include "core/measure/bridges.h"
#include "tests/bench/between.h"
#include "tests/bench/grounds.h"
#include "tests/bench/peer.h"
#include "tests/bench/resident.h"
#include "tests/bench/threads.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <string>

namespace {

using namespace kith;
using namespace kith::bench;

/// The graph at hand, on both sides; one at a time, for they are large.
class Field {
public:
    void stand(const Ground& ground)
    {
        if (name_ == ground.name) return;
        peer_.reset();
        graph_ = {};
        sample_ = ground.make();
        name_ = ground.name;
    }
    const Sample& sample() const { return sample_; }
    const Graph& graph()
    {
        if (graph_.people() == 0) graph_ = buildGraph(sample_.people, sample_.ties);
        return graph_;
    }
    const Peer& peer()
    {
        if (!peer_) peer_ = std::make_unique<Peer>(sample_);
        return *peer_;
    }

private:
    std::string name_;
    Sample sample_;
    Graph graph_;
    std::unique_ptr<Peer> peer_;
};

Field& field()
{
    static Field the;
    return the;
}

void tellClusters(benchmark::State& state, const Partition& found)
{
    state.counters["Q"] = modularity(field().graph(), found);
    state.counters["clusters"] = found.clusters;
    if (field().sample().truth.empty()) return;
    const auto truth = partitionOf(field().sample().truth);
    state.counters["ARI"] = adjustedRandIndex(found, truth);
    state.counters["NMI"] = normalisedMutualInformation(found, truth);
}

// --- building: both arcs of every tie into rows.

/// The least that can be done: count, add up, put in place. Neither sorted nor checked.
struct BareRows {
    std::vector<std::uint64_t> starts;
    std::vector<Vertex> columns;
    std::vector<float> weights;

    BareRows(std::size_t people, const std::vector<WeightedTie>& ties) : starts(people + 1)
    {
        for (const auto& tie : ties) {
            ++starts[tie.a + std::size_t{1}];
            ++starts[tie.b + std::size_t{1}];
        }
        for (std::size_t v = 1; v <= people; ++v) starts[v] += starts[v - 1];
        columns.resize(2 * ties.size());
        weights.resize(2 * ties.size());
        auto next = starts;
        for (const auto& tie : ties) {
            put(next[tie.a]++, tie.b, tie.weight);
            put(next[tie.b]++, tie.a, tie.weight);
        }
    }

private:
    void put(std::uint64_t at, Vertex other, float weight)
    {
        columns[at] = other;
        weights[at] = weight;
    }
};

void buildKith(benchmark::State& state)
{
    for (auto _ : state) {
        state.PauseTiming();
        auto ties = field().sample().ties;
        state.ResumeTiming();
        const Graph graph = buildGraph(field().sample().people, std::move(ties));
        benchmark::DoNotOptimize(graph.total);
    }
}

void buildBare(benchmark::State& state)
{
    for (auto _ : state) {
        const BareRows rows(field().sample().people, field().sample().ties);
        benchmark::DoNotOptimize(rows.columns.data());
    }
}

// --- clusters

void leidenKith(benchmark::State& state)
{
    const Graph& graph = field().graph();
    LeidenOptions options;
    options.rounds = 2;
    Partition found;
    for (auto _ : state) {
        Task task;
        found = leiden(graph, options, task);
        ++options.run;
    }
    tellClusters(state, found);
}

void leidenPeer(benchmark::State& state)
{
    const Peer& peer = field().peer();
    std::vector<std::uint32_t> labels;
    std::uint64_t seed = 1;
    for (auto _ : state) labels = peer.leiden(2, seed++);
    tellClusters(state, partitionOf(labels));
}

void consensusKith(benchmark::State& state, unsigned threads)
{
    const Graph& graph = field().graph();
    ConsensusOptions options;
    options.threads = threads;
    Consensus found;
    for (auto _ : state) {
        Task task;
        found = consensusClusters(graph, options, task);
    }
    tellClusters(state, found.partition);
    state.counters["stability"] = found.overall;
}

// --- who crosses

void gapsKith(benchmark::State& state)
{
    const Graph& graph = field().graph();
    for (auto _ : state) {
        Task task;
        benchmark::DoNotOptimize(gaps(graph, task));
    }
}

void gapsPeer(benchmark::State& state)
{
    const Peer& peer = field().peer();
    std::vector<double> theirs;
    for (auto _ : state) theirs = peer.constraint();
    Task task;
    const auto ours = gaps(field().graph(), task).constraint;
    double apart = 0;
    for (std::size_t v = 0; v < ours.size(); ++v)
        if (!std::isnan(ours[v])) apart = std::max(apart, std::abs(ours[v] - theirs[v]));
    state.counters["apart"] = apart;
}

std::vector<std::size_t> topOf(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const std::size_t many = std::min<std::size_t>(100, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(many), order.end(),
                      [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
    order.resize(many);
    std::sort(order.begin(), order.end());
    return order;
}

/// The exact values of the graph at hand, once worked out by either side.
std::vector<double>& exactValues()
{
    static std::vector<double> values;
    return values;
}

void exactKith(benchmark::State& state, unsigned threads)
{
    const Graph& graph = field().graph();
    BetweennessOptions options;
    options.exactUpTo = graph.people();
    options.threads = threads;
    for (auto _ : state) {
        Task task;
        exactValues() = betweenness(graph, options, task).value;
    }
}

void exactPeer(benchmark::State& state)
{
    const Peer& peer = field().peer();
    for (auto _ : state) exactValues() = peer.betweenness();
}

void drawnKith(benchmark::State& state, unsigned threads)
{
    const Graph& graph = field().graph();
    BetweennessOptions options;
    options.exactUpTo = 0;
    options.threads = threads;
    Betweenness found;
    for (auto _ : state) {
        Task task;
        found = betweenness(graph, options, task);
    }
    state.counters["draws"] = static_cast<double>(found.draws);
    state.counters["error"] = found.error;
    const auto& exact = exactValues();
    if (exact.size() != found.value.size()) return;
    const auto people = static_cast<double>(exact.size());
    double worst = 0;
    for (std::size_t v = 0; v < exact.size(); ++v)
        worst = std::max(worst, std::abs(exact[v] - found.value[v]) / (people * (people - 1) / 2));
    const auto a = topOf(exact);
    const auto b = topOf(found.value);
    std::vector<std::size_t> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    state.counters["worst"] = worst;
    state.counters["top100"] = static_cast<double>(both.size());
}

// --- homophily: 999 shuffles of a trait of five values that has nothing to do with the ties

std::vector<std::uint32_t> anyTrait()
{
    Random random(2);
    std::vector<std::uint32_t> values(field().sample().people);
    for (auto& value : values) value = static_cast<std::uint32_t>(random.below(5));
    return values;
}

/// Nearly all of a tie's ends alike, so that no test stops early.
std::vector<std::uint32_t> likeTrait()
{
    auto values = anyTrait();
    for (const auto& tie : field().sample().ties)
        if (tie.a % 3 == 0) values[tie.a] = values[tie.b];
    return values;
}

void homophilyKith(benchmark::State& state, unsigned threads)
{
    const Graph& graph = field().graph();
    NominalValues values;
    values.names = {"a", "b", "c", "d", "e"};
    for (const auto value : likeTrait()) values.valueOf.push_back(static_cast<std::int32_t>(value));
    PermutationOptions options;
    options.threads = threads;
    Homophily found;
    for (auto _ : state) {
        Task task;
        found = homophily(graph, values, options, task);
    }
    state.counters["p"] = found.p;
    state.counters["shuffles"] = found.permutations;
}

void homophilyPeer(benchmark::State& state)
{
    const Peer& peer = field().peer();
    const auto values = likeTrait();
    int reached = 0;
    for (auto _ : state) reached = peer.shuffledAssortativity(values, 999);
    state.counters["p"] = (1.0 + reached) / 1000;
}

/// Shows runs as they come and, at the end, what each costs against its peer.
class Ratios final : public benchmark::ConsoleReporter {
public:
    Ratios() : ConsoleReporter(OO_Tabular) {}

    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const auto& run : runs) {
            if (run.error_occurred || run.run_type != Run::RT_Iteration) continue;
            auto& times = times_[run.run_name.function_name];
            times.cpu.push_back(run.GetAdjustedCPUTime());
            times.wall.push_back(run.GetAdjustedRealTime());
        }
    }

    void Finalize() override
    {
        fmt::print("\nKith against the other side, medians: processor time (wall time)\n");
        for (const auto& [name, times] : times_) {
            const auto at = name.find(" kith");
            if (at == std::string::npos) continue;
            for (const char* other : {" bare", " igraph"}) {
                const auto theirs = times_.find(name.substr(0, at) + other);
                if (theirs == times_.end()) continue;
                fmt::print("{:44}{:>8}  {:6.3f}  ({:.3f})\n", name, other,
                           median(times.cpu) / median(theirs->second.cpu),
                           median(times.wall) / median(theirs->second.wall));
            }
        }
    }

private:
    struct Times {
        std::vector<double> cpu;
        std::vector<double> wall;
    };

    static double median(std::vector<double> values)
    {
        std::sort(values.begin(), values.end());
        return values[values.size() / 2];
    }

    std::map<std::string, Times> times_;
};

template <class Work>
void add(const Ground& ground, const std::string& what, Work work)
{
    benchmark::RegisterBenchmark(
        (what.substr(0, what.find(' ')) + " " + ground.name + what.substr(what.find(' '))).c_str(),
        [&ground, work](benchmark::State& state) {
            field().stand(ground);
            work(state);
        })
        ->Iterations(1)
        ->MeasureProcessCPUTime()
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
}

/// A run on so many threads.
template <class Work>
auto on(unsigned threads, Work work)
{
    return [threads, work](benchmark::State& state) { work(state, threads); };
}

void addAll(const Ground& ground)
{
    const bool tiny = ground.people == 10'000;
    const bool large = ground.people >= 1'000'000;
    add(ground, "build bare", buildBare);
    add(ground, "build kith", buildKith);
    add(ground, "leiden kith", leidenKith);
    add(ground, "leiden igraph", leidenPeer);
    if (ground.name == "rmat-1m") return;
    add(ground, "consensus kith 1", on(1, consensusKith));
    add(ground, "consensus kith 2", on(2, consensusKith));
    if (large) return;
    add(ground, "gaps kith", gapsKith);
    add(ground, "gaps igraph", gapsPeer);
    add(ground, "homophily kith 1", on(1, homophilyKith));
    add(ground, "homophily kith 2", on(2, homophilyKith));
    add(ground, "homophily igraph", homophilyPeer);
    if (tiny) {
        add(ground, "exact kith 1", on(1, exactKith));
        add(ground, "exact kith 2", on(2, exactKith));
        add(ground, "exact igraph", exactPeer);
    }
    add(ground, "drawn kith 1", on(1, drawnKith));
    add(ground, "drawn kith 2", on(2, drawnKith));
}

/// `memory GROUND`: a process of its own in which nothing else took memory. The list of ties is
/// given away to the graph, as it is after an import.
int memory(const std::string& name)
{
    const Ground* ground = groundCalled(name);
    if (ground == nullptr) return 2;
    Sample sample = ground->make();
    const auto ties = static_cast<double>(sample.ties.size());
    const Graph graph = buildGraph(sample.people, std::move(sample.ties));
    forgetPeak();
    LeidenOptions options;
    options.rounds = 2;
    Task task;
    const auto found = leiden(graph, options, task);
    const double bytes = peakBytes();
    fmt::print("{}: {:.0f} MB at the peak, {:.1f} bytes a tie, graph included (Q {:.6f})\n", name,
               bytes / 1e6, bytes / ties, modularity(graph, found));
    return 0;
}

}  // namespace

int main(int count, char** arguments)
{
    if (count == 3 && std::strcmp(arguments[1], "memory") == 0) return memory(arguments[2]);
    if (count == 3 && std::strcmp(arguments[1], "threads") == 0)
        return compareThreads(arguments[2]);
    if (count == 4 && std::strcmp(arguments[1], "between") == 0)
        return compareBetweenness(arguments[2], std::stoul(arguments[3]));
    if (count == 5 && std::strcmp(arguments[1], "write") == 0)
        return writeGround(arguments[2], arguments[3], arguments[4]);
    for (const auto& ground : grounds()) addAll(ground);
    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
    Ratios ratios;
    benchmark::RunSpecifiedBenchmarks(&ratios);
    return 0;
}
