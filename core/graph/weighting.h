#pragma once

#include "core/base/time.h"
#include "core/graph/interaction.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
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
/// Time O(n log n), memory 24 bytes an event.
std::vector<Arc> weighArcs(const std::vector<TieEvent>& events, const WeightOptions& options,
                           std::optional<Time> readOut);

/// An event as it is weighed: small, for there may be tens of millions.
struct DayEvent {
    Vertex from = 0;
    Vertex to = 0;
    std::int32_t day = 0;  ///< UTC days since 1970; `noDay`: never fades
    TieKind kind = TieKind::Reply;
    double weight = 1;
};
inline constexpr std::int32_t noDay = std::numeric_limits<std::int32_t>::max();

std::int32_t dayOf(const std::optional<Time>& time);

/// weighArcs() of events without loops and without weights of 0, which are sorted where they are:
/// no memory but for the arcs.
std::vector<Arc> weighDays(std::span<DayEvent> events, const WeightOptions& options,
                           std::optional<Time> readOut);

/// The arcs of those pairs whose weights in both directions add up to at least `minWeight`.
/// @param arcs by from then to
std::vector<Arc> strongArcs(std::vector<Arc> arcs, double minWeight);

}  // namespace kith
