#pragma once

#include "core/analysis/analysis.h"
#include "core/store/communities.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith {

/// One cell of the board: a community in one characteristic.
struct JourneyCell {
    Characteristic characteristic = Characteristic::Sponsorship;
    std::optional<Assessment> latest;  ///< absent = not rated yet
    int trend = 0;                     ///< -1, 0, 1 against the rating before
    std::size_t supporting = 0;        ///< evidence kept for it
    std::size_t opposing = 0;
};

struct JourneyRow {
    Community community;
    std::vector<JourneyCell> cells;  ///< nine, in order
};

/// The board, by community id.
std::vector<JourneyRow> journeyBoard(const Workspace& workspace);

/// Adopts a cluster of an analysis, in its colour.
CommunityId adoptCluster(Workspace& workspace, const Analysis& analysis, std::uint32_t cluster,
                         const std::string& name);

/// Messages of the community that may speak for a characteristic: found by the words of METHODS l
/// ("agenda", "by Friday", "depends on" ...). An offer to read, never a rating.
struct OfferedEvidence {
    MessageId message;
    PersonId author;
    std::string text;
    std::string why;  ///< the words that were found
};
std::vector<OfferedEvidence> offerEvidence(const Workspace& workspace, CommunityId community,
                                           Characteristic characteristic, std::size_t limit,
                                           Task& task);

}  // namespace kith
