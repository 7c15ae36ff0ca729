#pragma once

#include "core/base/time.h"
#include "core/model/ids.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith {

/// One edit by an organiser, in words: "Adopted “Damp homes” with 24 people".
struct Step {
    StepId id;
    Time time;
    std::string what;
    bool undone = false;      ///< can be redone
    std::uint64_t bytes = 0;  ///< of what it changed; many take as long as an import to take back
};

/// Oldest first; undone steps stand at the end until a new edit drops them.
std::vector<Step> history(const Workspace& workspace);

/// Takes back the newest step that stands; says what it was; nullopt when there is none.
/// @throws Error BadInput when later imports changed the same rows, naming the step; nothing is
/// done
std::optional<Step> undo(Workspace& workspace);
std::optional<Step> redo(Workspace& workspace);

}  // namespace kith
