#pragma once

#include "core/base/task.h"
#include "core/scenario/scenario.h"

#include <filesystem>
#include <string_view>

namespace kith {

/// Writes a scenario's exports beside `workspace`, imports them all and its members, and leaves the
/// workspace there whole, or nothing.
/// @return `workspace`
/// @throws Error; Cancelled
std::filesystem::path buildTown(std::string_view scenario, const std::filesystem::path& workspace,
                                const ScenarioOptions& options, Task& task);

}  // namespace kith
