#include "core/analysis/keptresults.h"

#include "core/analysis/analysis.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/store/packed.h"
#include "core/version.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace kith {
namespace {

/// To be raised when a part is packed otherwise, or worked out otherwise within one version.
constexpr std::int64_t format = 1;

template <class Value>
std::string_view bytesOf(const std::vector<Value>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

Hash markOf(const Graph& graph)
{
    Hasher hasher;
    hasher.add(static_cast<std::int64_t>(graph.people()));
    if (graph.people() > 0) hasher.add(bytesOf(graph.csr.m_forward.m_rowstart));
    hasher.add(bytesOf(graph.csr.m_forward.m_column)).add(bytesOf(graph.weight));
    return hasher.finish();
}

template <class... Fields>
std::string keyOf(std::string_view part, const Hash& graph, const Fields&... fields)
{
    const auto mark =
        hashOf(std::string_view(kithVersion), format, std::string_view(hexText(graph)),
               static_cast<std::int64_t>(fields)...);
    return std::string(part) + " " + hexText(mark);
}

/// Packed numbers, closed by a hash of key and numbers.
std::string sealed(const std::string& key, const NumberWriter& numbers)
{
    const auto mark = hashOf(std::string_view(key), numbers.bytes());
    std::string bytes(numbers.bytes());
    bytes.append(reinterpret_cast<const char*>(mark.data()), mark.size());
    return bytes;
}

/// The numbers that are kept under a key; nullopt when there are none or they are damaged.
std::optional<std::string> unsealed(const Workspace& workspace, const std::string& key)
{
    if (key.empty()) return std::nullopt;
    auto bytes = kept(workspace, key);
    constexpr std::size_t size = std::tuple_size_v<Hash>;
    if (!bytes || bytes->size() < size) return std::nullopt;
    const std::string mark = bytes->substr(bytes->size() - size);
    bytes->resize(bytes->size() - size);
    const auto wanted = hashOf(std::string_view(key), std::string_view(*bytes));
    if (!std::equal(wanted.begin(), wanted.end(),
                    reinterpret_cast<const std::uint8_t*>(mark.data())))
        return std::nullopt;
    return bytes;
}

/// Reads a kept part; whoever could forge the hash can still do no more than make `read` refuse.
template <class Read>
auto readKept(const Workspace& workspace, const std::string& key, const Read& read)
    -> decltype(read(std::declval<NumberReader&>()))
{
    try {
        const auto bytes = unsealed(workspace, key);
        if (!bytes) return {};
        NumberReader numbers(*bytes);
        auto part = read(numbers);
        if (!numbers.atEnd()) return {};
        return part;
    } catch (const Error&) {
        return {};  // the bytes end too early, or the page they stand on cannot be read
    }
}

bool isShare(double value)
{
    return value >= 0 && value <= 1;
}

struct Groups {
    double resolution = 0;
    Consensus consensus;
};

std::optional<Groups> readGroups(NumberReader& numbers, const Graph& graph, double asked)
{
    Groups groups;
    auto& found = groups.consensus;
    groups.resolution = numbers.nextReal();
    if (!(groups.resolution > 0) || !std::isfinite(groups.resolution)) return std::nullopt;
    if (asked > 0 && groups.resolution != asked) return std::nullopt;
    found.runs = static_cast<unsigned>(numbers.next());
    found.modularity = numbers.nextReal();
    found.overall = numbers.nextReal();
    found.instability = numbers.nextReal();
    if (!isShare(found.overall) || !isShare(found.instability)) return std::nullopt;
    if (numbers.next() != graph.people()) return std::nullopt;

    std::vector<std::uint32_t> labels(graph.people());
    for (auto& label : labels) {
        const auto cluster = numbers.next();
        if (cluster >= graph.people()) return std::nullopt;
        label = static_cast<std::uint32_t>(cluster);
    }
    found.partition = partitionOf(labels);
    if (found.partition.clusterOf != labels) return std::nullopt;
    found.stability.resize(found.partition.clusters);
    for (auto& stability : found.stability) {
        stability = numbers.nextReal();
        if (!isShare(stability)) return std::nullopt;
    }
    LeidenOptions leiden;
    leiden.resolution = groups.resolution;
    if (found.modularity != reportedModularity(graph, found.partition, leiden)) return std::nullopt;
    return groups;
}

KeptRow groupsRow(const Analysis& analysis)
{
    const auto& found = analysis.consensus;
    NumberWriter numbers;
    numbers.addReal(analysis.options.resolution);
    numbers.add(found.runs);
    for (const double value : {found.modularity, found.overall, found.instability})
        numbers.addReal(value);
    numbers.add(found.partition.clusterOf.size());
    for (const auto cluster : found.partition.clusterOf) numbers.add(cluster);
    for (const double stability : found.stability) numbers.addReal(stability);
    return {analysis.keys.groups, sealed(analysis.keys.groups, numbers)};
}

std::optional<NullTest> readChance(NumberReader& numbers, unsigned samples)
{
    NullTest null;
    null.samples = samples;
    if (numbers.next() != samples) return std::nullopt;
    for (double* value : {&null.observed, &null.mean, &null.sd, &null.z, &null.p}) {
        *value = numbers.nextReal();
        if (!std::isfinite(*value)) return std::nullopt;
    }
    if (!isShare(null.p) || null.sd < 0) return std::nullopt;
    return null;
}

KeptRow chanceRow(const Analysis& analysis)
{
    const auto& null = analysis.null;
    NumberWriter numbers;
    numbers.add(null.samples);
    for (const double value : {null.observed, null.mean, null.sd, null.z, null.p})
        numbers.addReal(value);
    return {analysis.keys.chance, sealed(analysis.keys.chance, numbers)};
}

std::optional<Betweenness> readPaths(NumberReader& numbers, std::size_t people)
{
    Betweenness paths;
    paths.exact = numbers.next() != 0;
    paths.draws = numbers.next();
    paths.error = numbers.nextReal();
    if (!isShare(paths.error) || numbers.next() != people) return std::nullopt;
    paths.value.resize(people);
    for (auto& value : paths.value) {
        value = numbers.nextReal();
        if (!(value >= 0) || !std::isfinite(value)) return std::nullopt;
    }
    return paths;
}

KeptRow pathsRow(const Analysis& analysis, const Betweenness& paths)
{
    NumberWriter numbers;
    numbers.add(paths.exact ? 1 : 0);
    numbers.add(paths.draws);
    numbers.addReal(paths.error);
    numbers.add(paths.value.size());
    for (const double value : paths.value) numbers.addReal(value);
    return {analysis.keys.paths, sealed(analysis.keys.paths, numbers)};
}

/// Empty keys stand for nothing.
bool sameKey(const std::string& one, const std::string& other)
{
    return !one.empty() && one == other;
}

bool keepRow(const Workspace& workspace, const Analysis& analysis, const KeptRow& row)
{
    return row.key.empty() || keep(workspace, analysis.workspaceVersion, {&row, 1});
}

}  // namespace

KeptKeys keptKeys(const Graph& graph, const AnalysisOptions& asked, unsigned nullSamples)
{
    if (graph.people() < keptFrom) return {};
    const auto mark = markOf(graph);
    const auto resolution = std::bit_cast<std::int64_t>(asked.resolution);
    KeptKeys keys{keyOf("groups", mark, resolution, asked.seed, asked.runs),
                  {},
                  keyOf("paths", mark, asked.seed)};
    // Ties of talk are compared with talk, which the graph does not tell.
    if (asked.selection.layer != Layer::Interest)
        keys.chance = keyOf("chance", mark, resolution, asked.seed, asked.runs, nullSamples);
    return keys;
}

bool takeKeptGroups(const Workspace& workspace, Analysis& found)
{
    auto groups = readKept(workspace, found.keys.groups, [&](NumberReader& numbers) {
        return readGroups(numbers, found.people.graph, found.options.resolution);
    });
    if (!groups) return false;
    found.options.resolution = groups->resolution;
    found.consensus = std::move(groups->consensus);
    return true;
}

bool takeKeptChance(const Workspace& workspace, unsigned samples, Analysis& found)
{
    const auto null = readKept(workspace, found.keys.chance,
                               [&](NumberReader& numbers) { return readChance(numbers, samples); });
    if (null) found.null = *null;
    return null.has_value();
}

bool takeGroupsOf(const Analysis* before, Analysis& found)
{
    if (before == nullptr || !sameKey(before->keys.groups, found.keys.groups)) return false;
    found.options.resolution = before->options.resolution;
    found.consensus = before->consensus;
    return true;
}

bool takeChanceOf(const Analysis* before, Analysis& found)
{
    if (before == nullptr || !sameKey(before->keys.chance, found.keys.chance)) return false;
    if (before->null.samples == 0) return false;
    found.null = before->null;
    return true;
}

bool takePathsOf(const Analysis* before, Analysis& found)
{
    if (before == nullptr || !sameKey(before->keys.paths, found.keys.paths)) return false;
    if (before->betweenness.value.empty()) return false;
    found.betweenness = before->betweenness;
    return true;
}

void keepGroups(const Workspace& workspace, Analysis& found)
{
    found.unkept |= !keepRow(workspace, found, groupsRow(found));
}

void keepChance(const Workspace& workspace, Analysis& found)
{
    found.unkept |= !keepRow(workspace, found, chanceRow(found));
}

Betweenness betweennessOf(const Workspace& workspace, const Analysis& analysis, Task& task,
                          bool* kept)
{
    const auto& graph = analysis.people.graph;
    if (auto paths = readKept(workspace, analysis.keys.paths, [&](NumberReader& numbers) {
            return readPaths(numbers, graph.people());
        }))
        return std::move(*paths);
    BetweennessOptions options;
    options.seed = analysis.options.seed;
    options.threads = analysis.options.threads;
    auto paths = betweenness(graph, options, task);
    const bool done = keepRow(workspace, analysis, pathsRow(analysis, paths));
    if (kept != nullptr) *kept = done;
    return paths;
}

std::vector<KeptRow> rowsToKeep(const Analysis& analysis)
{
    std::vector<KeptRow> rows;
    if (analysis.keys.groups.empty()) return rows;
    rows.push_back(groupsRow(analysis));
    if (analysis.null.samples > 0 && !analysis.keys.chance.empty())
        rows.push_back(chanceRow(analysis));
    if (!analysis.betweenness.value.empty())
        rows.push_back(pathsRow(analysis, analysis.betweenness));
    return rows;
}

}  // namespace kith
