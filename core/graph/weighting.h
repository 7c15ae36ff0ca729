#pragma once

#include "core/base/time.h"
#include "core/graph/interaction.h"

#include <optional>
#include <vector>

/// From events to weights (METHODS a), apart from where the events come from.
namespace kith {

/// Somebody addressed somebody.
struct TieEvent {
    Vertex from = 0;
    Vertex to = 0;
    TieKind kind = TieKind::Reply;
    std::optional<Time> time;  ///< absent: the event never fades
    double weight = 1;         ///< > 0; shares of an event (1/k, 1/(n-1), a probability) below 1
};

/// The directed ties of some events, by from then to. Events of one pair, kind and UTC day are
/// counted by their weight and saturated; days fade towards `readOut`, kinds are scaled by lambda
/// and added up. Given ties keep their weight: they neither saturate nor fade. Loops and pairs of
/// weight 0 are left out. The result does not depend on the order of `events`.
/// @param readOut T; absent = nothing fades. Later events do not weigh more than those of that day.
/// Time O(n log n), memory 32 bytes an event.
std::vector<Arc> weighArcs(const std::vector<TieEvent>& events, const WeightOptions& options,
                           std::optional<Time> readOut);

/// The arcs of those pairs whose weights in both directions add up to at least `minWeight`.
/// @param arcs by from then to
std::vector<Arc> strongArcs(std::vector<Arc> arcs, double minWeight);

}  // namespace kith
