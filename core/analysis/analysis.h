#pragma once

#include "core/analysis/keptresults.h"
#include "core/base/task.h"
#include "core/cluster/consensus.h"
#include "core/cluster/homophily.h"
#include "core/graph/interaction.h"
#include "core/layout/layout.h"
#include "core/layout/scene.h"
#include "core/measure/bridges.h"
#include "core/model/community.h"
#include "core/model/person.h"
#include "core/model/selection.h"
#include "core/model/trait.h"
#include "core/store/workspace.h"
#include "core/text/distinctive.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith {

struct AnalysisOptions {
    Selection selection;
    WeightOptions weights;
    double resolution = 0;  ///< 0 = 1 up to 10^4 people, beyond where groups hold still
    std::uint64_t seed = 1;
    unsigned runs = 0;         ///< 0 = by size
    unsigned nullSamples = 0;  ///< 0 = 19; up to 10^4 people (layer interest: 2000) and 2x10^5
                               ///< ties 100, and up to 999 where there are fewer than 2000 ties
    unsigned permutations = 999;
    unsigned threads = 0;

    // What to work out; whoever asks for less waits less. Without, the parts concerned stay empty.
    bool null = true;     ///< whether the clusters beat ties at random; without, not `structured`
    bool traits = true;   ///< what members share, and the verdicts
    bool bridges = true;  ///< who crosses, with shortest paths and gaps
    bool text = true;     ///< words and labels
    bool layout = true;   ///< positions for the map
};

/// A group found by the algorithm, with what can be said of it.
struct ClusterFinding {
    std::uint32_t id = 0;  ///< by descending size
    std::string label;     ///< its own words: "damp · mould · landlord"; else "Group 3"
    int colour = -1;       ///< palette of territories; the same as an adopted community's
    std::vector<Vertex> members;
    double conductance = 0;
    double stability = 0;
    std::vector<DistinctiveWord> words;
    std::vector<Likeness> alike;  ///< one a trait, by q
    Verdict verdict = Verdict::TooSmall;
};

struct BridgeFinding {
    Vertex person = 0;
    double betweenness = 0;
    double participation = 0;
    double withinZ = 0;
    double constraint = 0;  ///< NaN when undefined
    double effectiveSize = 0;
    std::vector<std::uint32_t> clusters;  ///< that the person touches, own first
};

/// Everything one run found out about one selection. Built once, then only read: any thread and
/// any view may look. Given (workspace version, options) it is always the same.
struct Analysis {
    AnalysisOptions options;
    std::int64_t workspaceVersion = 0;
    PeopleGraph people;
    std::vector<Person> persons;          ///< by vertex
    std::vector<Pseudonym> pseudonyms;    ///< by vertex
    std::vector<std::uint64_t> messages;  ///< by vertex: how many the person wrote
    std::vector<Trait> traits;            ///< those that were tested
    Consensus consensus;  ///< without `together` and `personStability`, which nobody looks at
    NullTest null;
    bool structured = false;               ///< the clusters beat the null (p <= 0.05)
    std::vector<ClusterFinding> clusters;  ///< of two or more people
    std::vector<int> clusterOf;            ///< by vertex; -1 = alone, in no cluster
    std::vector<SharedWord> sharedWords;
    std::vector<BridgeFinding> bridges;  ///< best first, everybody with ties into two clusters
    Betweenness betweenness;             ///< by vertex
    std::vector<double> participation;   ///< by vertex
    std::vector<Point> positions;        ///< by vertex; empty when not asked for
    KeptKeys keys;                       ///< what its slow parts are kept as
    bool unkept = false;  ///< something was worked out that could not be kept: see rowsToKeep()
};

/// Walks the rooms once, in order. Slow parts are taken from the workspace where they are kept, and
/// kept there otherwise (keptresults.h); the result is the same.
/// @param before of an earlier state of the workspace, or null: an edit that leaves the graph as it
/// was, such as a name or a community, need not have its groups worked out again
/// @throws Cancelled, Error
std::shared_ptr<const Analysis> analyse(const Workspace& workspace, const AnalysisOptions& options,
                                        Task& task, const Analysis* before = nullptr);

/// How people are called in what is shown or leaves the workspace.
enum class Naming { Real, Pseudonyms, None };

/// What people are called, by vertex; empty texts for Naming::None.
std::vector<std::string> labels(const Analysis& analysis, Naming naming);

/// A trait's values over the vertices of an analysis's graph, as categories.
/// @throws Error NotFound, listing the traits there are
NominalValues nominalTrait(const Workspace& workspace, const PeopleGraph& people,
                           std::string_view trait);

/// How many of the best bridges are marked on the map and named in the report.
inline constexpr std::size_t markedBridges = 10;

/// The map as shapes. `size` by vertex; empty = messages written.
MapScene sceneOf(const Analysis& analysis, Naming naming, std::vector<double> size = {});

/// Takes the labels off everybody but the marked bridges: in a still picture the rest is clutter.
void labelOnlyBridges(MapScene& scene);

}  // namespace kith
