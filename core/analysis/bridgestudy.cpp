#include "core/analysis/bridgestudy.h"

#include "core/base/text.h"
#include "core/measure/cuts.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr double touchedShare = 0.1;  ///< of a person's weight, to count as touching a group

/// Betweenness of the middle of a star of as many people.
double mostBetween(std::size_t people)
{
    const auto n = static_cast<double>(people);
    return people > 2 ? (n - 1) * (n - 2) / 2 : 1;
}

std::vector<Vertex> orderOf(const Analysis& analysis, const std::vector<double>& crossing,
                            const std::vector<double>& betweenness, bool everyone)
{
    const auto& graph = analysis.people.graph;
    auto order = rankBridges(graph, analysis.consensus.partition, crossing, betweenness);
    if (!everyone) return order;
    std::vector<bool> listed(graph.people());
    for (const Vertex v : order) listed[v] = true;
    const auto bridges = static_cast<std::ptrdiff_t>(order.size());
    for (std::size_t v = 0; v < graph.people(); ++v)
        if (!listed[v]) order.push_back(static_cast<Vertex>(v));
    std::stable_sort(order.begin() + bridges, order.end(),
                     [&](Vertex a, Vertex b) { return betweenness[a] > betweenness[b]; });
    return order;
}

}  // namespace

BridgeStudy studyBridges(const Workspace& workspace, const AnalysisOptions& options, bool everyone,
                         Task& task)
{
    auto quick = options;
    quick.null = quick.traits = quick.bridges = quick.layout = false;
    BridgeStudy study;
    study.analysis = analyse(workspace, quick, task);
    const auto& graph = study.analysis->people.graph;
    const auto& partition = study.analysis->consensus.partition;
    const auto crossing = participation(graph, partition);
    const auto within = withinClusterZ(graph, partition);
    const auto gap = gaps(graph, task);
    study.betweenness = betweennessOf(workspace, *study.analysis, task);
    const auto cuts = articulationPoints(graph);
    study.cutPeople = cuts.size();
    study.cutTies = cutTies(graph).size();
    study.localBridges = localBridges(graph).size();

    const double most = mostBetween(graph.people());
    const auto order = orderOf(*study.analysis, crossing, study.betweenness.value, everyone);
    auto touched = clustersTouched(graph, partition, order, touchedShare);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Vertex v = order[i];
        PersonBridge one;
        one.finding.person = v;
        one.finding.betweenness = study.betweenness.value[v];
        one.finding.participation = crossing[v];
        one.finding.withinZ = within[v];
        one.finding.constraint = gap.constraint[v];
        one.finding.effectiveSize = gap.effectiveSize[v];
        one.finding.clusters = std::move(touched[i]);
        one.normalised = one.finding.betweenness / most;
        one.role = roleOf(one.finding.participation, one.finding.withinZ);
        one.cut = std::binary_search(cuts.begin(), cuts.end(), v);
        study.people.push_back(std::move(one));
    }
    return study;
}

std::vector<EvidenceSentence> bridgeStudySentences(const BridgeStudy& study)
{
    EvidenceSentence sentence;
    sentence.finding =
        study.cutPeople == 0
            ? "No one person holds the map together: it stays connected whoever leaves."
        : study.cutPeople == 1
            ? "One person holds somebody to the map who would drop off otherwise."
            : fmt::format("{} people each hold somebody to the map who would drop off otherwise.",
                          withSeparators(static_cast<std::int64_t>(study.cutPeople)));
    sentence.certainty = study.betweenness.exact
                             ? "Every shortest way between two people was counted."
                             : fmt::format(
                                   "Shortest ways were drawn at random: nobody's figure is "
                                   "wrong by more than {:.2g} of all pairs of people, but "
                                   "for one chance in ten.",
                                   study.betweenness.error);
    sentence.figures = fmt::format(
        "{} ties are the only way for somebody; {} join two people without a contact in common",
        withSeparators(static_cast<std::int64_t>(study.cutTies)),
        withSeparators(static_cast<std::int64_t>(study.localBridges)));
    sentence.method =
        "Betweenness counts the shortest ways between other people that pass through somebody "
        "(Brandes 2001); participation is 0 when all ties are in one group and nears 1 when they "
        "are spread over many, and within z says how tied somebody is inside the own group "
        "(Guimerà and Amaral 2005); constraint is low for whoever sits in a gap (Burt 1992). A "
        "person who reads and never writes cannot be seen.";
    return {sentence};
}

}  // namespace kith
