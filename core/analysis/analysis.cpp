#include "core/analysis/analysis.h"

#include "core/analysis/colours.h"
#include "core/analysis/traitreading.h"
#include "core/base/error.h"
#include "core/base/release.h"
#include "core/base/text.h"
#include "core/cluster/steady.h"
#include "core/graph/interest.h"
#include "core/store/messages.h"
#include "core/store/people.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kith {
namespace {

constexpr double touchedShare = 0.1;  ///< of a person's weight, to count as touching a cluster

/// Beyond small graphs as few as can still say p <= 0.05.
unsigned nullSamplesFor(const AnalysisOptions& options, const Graph& graph)
{
    constexpr unsigned fewest = 19;
    constexpr std::size_t afford = 200'000;  // ties, in all samples together
    if (options.nullSamples != 0) return options.nullSamples;
    // Who talks alike is worked out anew for every sample, which takes far longer than dealing
    // ties.
    const bool interest = options.selection.layer == Layer::Interest;
    const std::size_t largest = interest ? 2'000 : 10'000;
    if (graph.people() > largest || graph.ties() > afford) return fewest;
    const auto samples = afford / std::max<std::size_t>(1, graph.ties());
    return static_cast<unsigned>(std::clamp<std::size_t>(samples, 100, 999));
}

/// After the clusters: while those are looked for, large graphs leave no room for names.
void describePeople(const Workspace& workspace, Analysis& found)
{
    const auto& wanted = found.people.people;
    found.persons.reserve(wanted.size());
    for (auto& person : people(workspace))  // by id, as those wanted are
        if (found.persons.size() < wanted.size() && person.id == wanted[found.persons.size()])
            found.persons.push_back(std::move(person));
    const auto names = pseudonyms(workspace);
    const auto counts = messageCounts(workspace, found.options.selection);
    for (const auto id : wanted) {
        found.pseudonyms.push_back(names.at(id));
        const auto count = counts.find(id);
        found.messages.push_back(count == counts.end() ? 0 : count->second);
    }
}

ConsensusOptions consensusOptions(const AnalysisOptions& options)
{
    ConsensusOptions consensus;
    consensus.leiden.resolution = options.resolution;
    consensus.leiden.seed = options.seed;
    consensus.runs = options.runs;
    consensus.threads = options.threads;
    return consensus;
}

/// Ties of talk are held against talk that is dealt out anew, others against ties that are.
NullTest nullOf(const Workspace& workspace, const Analysis& found, unsigned samples, Task& task)
{
    const auto& graph = found.people.graph;
    const auto& selection = found.options.selection;
    const auto options = consensusOptions(found.options);
    if (selection.layer != Layer::Interest) return rewiringNull(graph, options, samples, task);
    InterestOptions interest;
    interest.seed = found.options.seed;
    const DealtInterest dealt(workspace, selection, found.people.people, interest, task);
    return clusterNull(
        graph, options, samples, [&](std::size_t i) { return dealt.graph(i); }, task);
}

void findGroups(const Workspace& workspace, Analysis& found, const Analysis* before, Task& task)
{
    if (takeKeptGroups(workspace, found)) return;
    if (!takeGroupsOf(before, found)) {
        const auto& graph = found.people.graph;
        if (found.options.resolution <= 0)
            found.options.resolution =
                steadyResolution(graph, found.options.seed, found.options.threads, task);
        found.consensus = consensusClusters(graph, consensusOptions(found.options), task);
        release(found.consensus.together);
        release(found.consensus.personStability);
    }
    keepGroups(workspace, found);
}

void compareWithChance(const Workspace& workspace, Analysis& found, const Analysis* before,
                       unsigned samples, Task& task)
{
    if (takeKeptChance(workspace, samples, found)) return;
    if (!takeChanceOf(before, found)) found.null = nullOf(workspace, found, samples, task);
    keepChance(workspace, found);
}

void findClusters(const Workspace& workspace, Analysis& found, const Analysis* before, Task& task)
{
    const auto& graph = found.people.graph;
    const auto samples = nullSamplesFor(found.options, graph);
    found.keys = keptKeys(graph, found.options, samples);
    findGroups(workspace, found, before, task);
    found.clusterOf.assign(graph.people(), -1);
    if (graph.ties() == 0) return;

    if (found.options.null) {
        compareWithChance(workspace, found, before, samples, task);
        found.structured = found.null.p <= 0.05;
    }
    const auto members = found.consensus.partition.members();
    const auto closed = conductance(graph, found.consensus.partition);
    for (std::uint32_t c = 0; c < members.size() && members[c].size() > 1; ++c) {
        ClusterFinding cluster;
        cluster.id = c;
        cluster.members = members[c];
        cluster.conductance = closed[c];
        cluster.stability = found.consensus.stability[c];
        for (const auto v : cluster.members) found.clusterOf[v] = static_cast<int>(c);
        found.clusters.push_back(std::move(cluster));
    }
}

NumericValues numericValues(const std::vector<std::string>& texts)
{
    NumericValues values;
    for (const auto& text : texts) {
        values.push_back(parseReal(text).value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return values;
}

std::vector<std::string> textsOf(const Workspace& workspace, const PeopleGraph& people,
                                 TraitId trait)
{
    const auto values = traitValues(workspace, trait);
    std::vector<std::string> texts(people.people.size());
    for (std::size_t v = 0; v < texts.size(); ++v) {
        const auto known = values.find(people.people[v]);
        if (known != values.end()) texts[v] = known->second;
    }
    return texts;
}

/// A trait that is different for nearly everybody (a number on a card, a phone) says nothing of
/// likeness.
bool tellsPeopleApart(const NominalValues& values)
{
    const auto known = values.known();
    return known < 5 || values.names.size() < 2 || values.names.size() * 2 > known;
}

ClusterTraits traitsToTest(const Workspace& workspace, Analysis& found)
{
    ClusterTraits traits;
    for (auto& trait : kith::traits(workspace)) {
        const auto texts = textsOf(workspace, found.people, trait.id);
        NominalValues nominal;
        NumericValues numeric;
        if (trait.scale == TraitScale::Numeric) {
            numeric = numericValues(texts);
            if (areCodes(numeric)) {  // numbers that only name groups, as graph files have them
                trait.scale = TraitScale::Nominal;
                numeric.clear();
            }
        }
        if (trait.scale == TraitScale::Numeric) {
            const auto known = std::count_if(numeric.begin(), numeric.end(),
                                             [](double value) { return !std::isnan(value); });
            if (known < 5) continue;
        } else {
            nominal = nominalValues(texts);
            if (tellsPeopleApart(nominal)) continue;
        }
        traits.names.push_back(trait.name);
        traits.nominal.push_back(std::move(nominal));
        traits.numeric.push_back(std::move(numeric));
        found.traits.push_back(std::move(trait));
    }
    return traits;
}

void testHomophily(const Workspace& workspace, Analysis& found, Task& task)
{
    const auto traits = traitsToTest(workspace, found);
    PermutationOptions options;
    options.permutations = found.options.permutations;
    options.seed = found.options.seed;
    options.threads = found.options.threads;
    const auto rows = testLikeness(found.consensus.partition, traits, options, task);
    for (const auto& row : rows) {
        if (row.cluster < found.clusters.size()) found.clusters[row.cluster].alike.push_back(row);
    }
    for (auto& cluster : found.clusters) {
        std::stable_sort(cluster.alike.begin(), cluster.alike.end(),
                         [](const Likeness& a, const Likeness& b) {
                             return a.q != b.q ? a.q < b.q : a.h > b.h;
                         });
        cluster.verdict = verdictOf(cluster.members.size(), cluster.conductance, cluster.stability,
                                    found.structured, cluster.alike);
    }
}

void findBridges(const Workspace& workspace, Analysis& found, const Analysis* before, Task& task)
{
    const auto& graph = found.people.graph;
    const auto& partition = found.consensus.partition;
    found.participation = participation(graph, partition);
    const auto within = withinClusterZ(graph, partition);
    const auto gap = gaps(graph, task);
    if (!takePathsOf(before, found)) {
        bool kept = true;
        found.betweenness = betweennessOf(workspace, found, task, &kept);
        found.unkept |= !kept;
    }
    const auto ranked = rankBridges(graph, partition, found.participation, found.betweenness.value);
    auto touched = clustersTouched(graph, partition, ranked, touchedShare);
    for (std::size_t i = 0; i < ranked.size(); ++i) {
        const auto v = ranked[i];
        BridgeFinding bridge;
        bridge.person = v;
        bridge.betweenness = found.betweenness.value[v];
        bridge.participation = found.participation[v];
        bridge.withinZ = within[v];
        bridge.constraint = gap.constraint[v];
        bridge.effectiveSize = gap.effectiveSize[v];
        bridge.clusters = std::move(touched[i]);
        found.bridges.push_back(std::move(bridge));
    }
}

/// The three words that name a group: surely its own (z), by far its own (delta), and in the mouths
/// of many of its people. z alone picks common words that are a little commoner here.
std::string labelOf(const ClusterFinding& cluster)
{
    const auto score = [&](const DistinctiveWord& word) {
        const double share =
            static_cast<double>(word.authors) / static_cast<double>(cluster.members.size());
        return word.z * word.delta * std::sqrt(share);
    };
    auto words = cluster.words;
    std::stable_sort(
        words.begin(), words.end(),
        [&](const DistinctiveWord& a, const DistinctiveWord& b) { return score(a) > score(b); });
    std::vector<std::string> best;
    for (const auto& word : words) {
        if (best.size() == 3) break;
        best.push_back(word.word);
    }
    if (best.size() < 2) return "Group " + std::to_string(cluster.id + 1);
    return join(best, " · ");
}

void readWords(const Workspace& workspace, Analysis& found, Task& task)
{
    WordCounter counter(found.clusters.size(), allNames(workspace));
    eachMessage(
        workspace, found.options.selection,
        [&](const MessageRow& message) {
            const auto vertex = found.people.vertexOf(message.author);
            counter.add(vertex ? found.clusterOf[*vertex] : -1, message.author.value, message.text);
        },
        task);
    auto words = counter.compare();
    found.sharedWords = std::move(words.shared);
    for (std::size_t c = 0; c < found.clusters.size(); ++c) {
        for (auto& word : words.distinctive[c]) {
            if (word.z > 0) found.clusters[c].words.push_back(std::move(word));
        }
    }
}

}  // namespace

std::shared_ptr<const Analysis> analyse(const Workspace& workspace, const AnalysisOptions& options,
                                        Task& task, const Analysis* before)
{
    auto found = std::make_shared<Analysis>();
    found->options = options;
    found->workspaceVersion = workspace.version();
    found->people = interactionGraph(workspace, options.selection, options.weights, task);
    findClusters(workspace, *found, before, task);
    describePeople(workspace, *found);
    if (options.traits) testHomophily(workspace, *found, task);
    if (options.bridges) findBridges(workspace, *found, before, task);
    if (options.text) readWords(workspace, *found, task);
    for (auto& cluster : found->clusters) cluster.label = labelOf(cluster);
    giveColours(workspace, *found);
    if (options.layout) {
        found->positions = layoutMap(found->people.graph, found->clusterOf,
                                     {options.seed, 0, options.threads}, task);
    }
    return found;
}

NominalValues nominalTrait(const Workspace& workspace, const PeopleGraph& people,
                           std::string_view trait)
{
    const auto known = traitNamed(workspace, trait);
    if (!known) {
        std::vector<std::string> names;
        for (const auto& other : traits(workspace)) names.push_back(other.name);
        throw Error(Error::Kind::NotFound, "there is no trait called " + std::string(trait), {},
                    names.empty() ? "No traits have been added to this workspace yet."
                                  : "The traits here are: " + join(names, ", ") + ".");
    }
    return nominalValues(textsOf(workspace, people, known->id));
}

std::vector<std::string> labels(const Analysis& analysis, Naming naming)
{
    switch (naming) {
    case Naming::Pseudonyms: return analysis.pseudonyms;
    case Naming::None: return std::vector<std::string>(analysis.persons.size());
    case Naming::Real: break;
    }
    std::vector<std::string> names;
    for (const auto& person : analysis.persons) names.push_back(person.name);
    return names;
}

MapScene sceneOf(const Analysis& analysis, Naming naming, std::vector<double> size)
{
    SceneInput input;
    input.positions = analysis.positions;
    input.clusterOf = analysis.clusterOf;
    for (const auto& cluster : analysis.clusters) {
        input.clusterColour.push_back(cluster.colour);
        input.clusterLabel.push_back(cluster.label);
    }
    input.personLabel = labels(analysis, naming);
    if (size.empty()) size.assign(analysis.messages.begin(), analysis.messages.end());
    input.personSize = std::move(size);
    input.bridge.assign(analysis.persons.size(), false);
    for (std::size_t i = 0; i < std::min(markedBridges, analysis.bridges.size()); ++i) {
        input.bridge[analysis.bridges[i].person] = true;
    }
    for (const auto& person : analysis.persons) {
        input.organisation.push_back(person.kind == PersonKind::Organisation);
    }
    return mapScene(analysis.people.graph, input);
}

void labelOnlyBridges(MapScene& scene)
{
    for (auto& person : scene.people) {
        if (!person.bridge) person.label.clear();
    }
}

}  // namespace kith
