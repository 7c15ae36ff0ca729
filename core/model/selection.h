#pragma once

#include "core/base/time.h"
#include "core/model/ids.h"
#include "core/model/tie.h"

#include <optional>
#include <string>
#include <vector>

namespace kith {

enum class Layer { Interaction, Interest };

/// The part of a workspace under study. Default-built: everything.
struct Selection {
    std::optional<Time> from;              ///< inclusive
    std::optional<Time> until;             ///< exclusive
    std::vector<SourceId> sources;         ///< empty = all
    std::vector<TieKind> kinds;            ///< empty = all
    std::optional<ConcernId> concern;      ///< only messages that speak of it, and their ties
    std::optional<CommunityId> community;  ///< only ties among its present members
    double minWeight = 0;                  ///< ties whose summed weight is below are left out
    Layer layer = Layer::Interaction;

    friend bool operator==(const Selection&, const Selection&) = default;
};

}  // namespace kith
