#pragma once

#include "core/base/task.h"
#include "core/graph/graph.h"
#include "core/model/ids.h"
#include "core/model/selection.h"
#include "core/store/workspace.h"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace kith {

/// How events become weights (METHODS a).
struct WeightOptions {
    /// Multiplier of each tie kind, by TieKind's value; a convention (effort asked of the sender).
    std::array<double, 9> lambda{0, 1, 0.75, 0.5, 1, 0.25, 0.25, 1, 1};

    /// Days after which a tie counts half; 0 = never fades. Given ties never fade.
    double halfLifeDays = 90;
};

/// A directed tie with its weight by kind summed up: W(u,v) of METHODS a.
struct Arc {
    Vertex from = 0;
    Vertex to = 0;
    float weight = 0;
};

/// The people of a selection and how they interact. Vertices are the people who said something or
/// have a tie in the selection, ascending by id; of graph files everybody, when the whole workspace
/// is selected. Programs that post (bots) and their ties are left out.
struct PeopleGraph {
    std::vector<PersonId> people;              ///< by vertex
    Graph graph;                               ///< w{u,v} = W(u,v) + W(v,u)
    std::vector<Arc> arcs;                     ///< directed, by from then to
    std::map<TieKind, std::uint64_t> tieRows;  ///< stored ties that went in, by kind
    std::uint64_t messages = 0;                ///< messages of the selection

    std::optional<Vertex> vertexOf(PersonId person) const;  ///< O(log people)
};

/// W_l(u,v) = sum over days d of (1 + ln c_d) 2^(-(T-d)/H), summed over kinds with lambda; T is the
/// selection's last tie. Thread ties are projected with Newman's (2001) weight 1/(n-1) by the
/// store. Mentions carry 1/k for k people named. Days are UTC days. Pairs whose weights in both
/// directions add up to less than Selection::minWeight have no tie; they stay among the vertices.
PeopleGraph interactionGraph(const Workspace& workspace, const Selection& selection,
                             const WeightOptions& options, Task& task);

/// The directed ties of one kind, with their lambda in the weight.
struct KindArcs {
    TieKind kind = TieKind::Reply;
    std::vector<Arc> arcs;  ///< by from then to
};

/// What interactionGraph() adds up, apart by kind and over the same vertices; kinds that weigh
/// nothing are left out. Selection::minWeight is not applied.
/// @param wanted kinds to return, the others only count for who is there and for the last tie;
/// empty = all. Memory 24 bytes a tie of these.
std::vector<KindArcs> arcsByKind(const Workspace& workspace, const Selection& selection,
                                 const WeightOptions& options, const std::set<TieKind>& wanted,
                                 Task& task);

/// The graph that comes out when every kind's weight is multiplied by its factor.
/// @param factors by kind, above 0
Graph scaledGraph(std::size_t people, const std::vector<KindArcs>& kinds,
                  const std::vector<double>& factors, double minWeight);

/// The weight of one day with `count` events of a kind: 1 + ln count from one event on; below,
/// where shares of events make part of one, `count` itself (the two meet smoothly).
double saturated(double count);

}  // namespace kith
