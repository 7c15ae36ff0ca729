#pragma once

#include "core/analysis/sentences.h"
#include "core/measure/roles.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace kith {

/// One person as a bridge, with the name of the role.
struct PersonBridge {
    BridgeFinding finding;
    double normalised = 0;  ///< betweenness over that of the middle of a star, 0..1
    Role role = Role::Inside;
    bool cut = false;  ///< without this person some others would not be connected
};

/// Who crosses (METHODS f).
struct BridgeStudy {
    std::shared_ptr<const Analysis> analysis;
    std::vector<PersonBridge> people;  ///< who has ties into two groups, best first; then, when
                                       ///< everybody was asked for, the rest by betweenness
    Betweenness betweenness;           ///< by vertex
    std::size_t localBridges = 0;      ///< ties whose ends have no contact in common
    std::size_t cutTies = 0;           ///< ties without which some would not be connected
    std::size_t cutPeople = 0;
};

/// @param everyone people whose ties all stay in one group too
/// Time: betweenness() above all; the rest is linear, but for sums of squared degrees.
/// @throws Cancelled, Error
BridgeStudy studyBridges(const Workspace& workspace, const AnalysisOptions& options, bool everyone,
                         Task& task);

/// What happens when a few people leave, and how the figures were made.
std::vector<EvidenceSentence> bridgeStudySentences(const BridgeStudy& study);

}  // namespace kith
