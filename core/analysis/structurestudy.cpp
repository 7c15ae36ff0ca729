#include "core/analysis/structurestudy.h"

#include "core/base/error.h"
#include "core/store/messages.h"

#include <algorithm>
#include <set>

namespace kith {

namespace {

/// Kinds whose ties are given with a direction: spoken-in-the-same-thread ties and undirected graph
/// files are returned by their making.
std::set<TieKind> directedKinds(const Workspace& workspace, const Selection& selection, Task& task)
{
    std::map<TieKind, std::int64_t> excess;
    eachTie(
        workspace, selection, [&](const TieRow& row) { excess[row.kind] += row.directed ? 1 : -1; },
        task);
    std::set<TieKind> kinds;
    for (const auto& [kind, more] : excess) {
        if (more > 0) kinds.insert(kind);
    }
    return kinds;
}

std::vector<Arc> together(const std::vector<KindArcs>& kinds)
{
    const auto pairOf = [](const Arc& arc) { return std::pair(arc.from, arc.to); };
    std::vector<Arc> all;
    for (const auto& kind : kinds) all.insert(all.end(), kind.arcs.begin(), kind.arcs.end());
    std::ranges::stable_sort(all, {}, pairOf);
    std::vector<Arc> merged;
    for (const Arc& arc : all) {
        if (!merged.empty() && pairOf(merged.back()) == pairOf(arc)) {
            merged.back().weight += arc.weight;
        } else if (arc.from != arc.to) {
            merged.push_back(arc);
        }
    }
    return merged;
}

}  // namespace

StructureStudy studyStructure(const Workspace& workspace, const Selection& selection,
                              const WeightOptions& weights, const PeopleGraph& people,
                              const StructureOptions& options, Task& task)
{
    StructureStudy study;
    study.shape = graphShape(people.graph, task);
    study.coreOf = coreNumbers(people.graph);
    study.cores = coreHistogram(study.coreOf);
    const auto directed = directedKinds(workspace, selection, task);
    if (!directed.empty()) {
        study.reciprocity =
            reciprocity(together(arcsByKind(workspace, selection, weights, directed, task)));
    }
    if (!options.corePeriphery) {
        study.corePeripheryRefused = "it was not asked for";
        return study;
    }
    try {
        CoreOptions core;
        core.seed = options.seed;
        core.threads = options.threads;
        study.corePeriphery = corePeriphery(people.graph, core, task);
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::TooLittleData &&
            error.kind() != Error::Kind::LimitReached) {
            throw;
        }
        study.corePeripheryRefused = error.cause();
    }
    return study;
}

}  // namespace kith
