#pragma once

#include "core/base/task.h"
#include "core/graph/graph.h"
#include "core/measure/bridges.h"
#include "core/store/keep.h"

#include <string>
#include <vector>

namespace kith {

struct Analysis;
struct AnalysisOptions;

/// What the slow parts of an analysis are kept as in the workspace: each key stands for the version
/// of the program, the graph with every weight, and the parameters of that part. Empty below
/// `keptFrom` people, where everything is sooner worked out than kept.
struct KeptKeys {
    std::string groups;  ///< steadyResolution() and consensusClusters()
    std::string chance;  ///< rewiringNull(); empty on the layer interest
    std::string paths;   ///< betweenness()
};

inline constexpr std::size_t keptFrom = 1000;

/// @param asked with the resolution that was asked for, not the one that was found
/// @param nullSamples how many graphs at random
/// Time O(ties).
KeptKeys keptKeys(const Graph& graph, const AnalysisOptions& asked, unsigned nullSamples);

// Each fills in its part of `found`, whose graph and keys are there, with what is kept, exactly as
// it was worked out. False, and nothing changed, where nothing is kept or where what is kept is
// damaged or does not fit the graph: sums over all bytes, sizes, ranges, the numbering of the
// clusters and their modularity on this graph are looked at. Kept bytes hold numbers by vertex, no
// ids and no names.
bool takeKeptGroups(const Workspace& workspace, Analysis& found);
bool takeKeptChance(const Workspace& workspace, unsigned samples, Analysis& found);

// The same from an analysis at hand, which may be null or of another graph.
bool takeGroupsOf(const Analysis* before, Analysis& found);
bool takeChanceOf(const Analysis* before, Analysis& found);
bool takePathsOf(const Analysis* before, Analysis& found);

// Keep what was just worked out; where that cannot be now, `found.unkept` is set.
void keepGroups(const Workspace& workspace, Analysis& found);
void keepChance(const Workspace& workspace, Analysis& found);

/// betweenness() of the analysis's graph with its seed, as it is kept or else worked out.
/// @param kept set to false where it was worked out and could not be kept; may be null
/// @throws Cancelled
Betweenness betweennessOf(const Workspace& workspace, const Analysis& analysis, Task& task,
                          bool* kept = nullptr);

/// All parts that an analysis has, for whoever holds the workspace while the analysis could not.
std::vector<KeptRow> rowsToKeep(const Analysis& analysis);

}  // namespace kith
