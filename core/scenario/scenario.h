#pragma once

#include "core/base/task.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

struct ScenarioOptions {
    std::uint64_t seed = 1;
    unsigned people = 300;
    unsigned weeks = 16;
};

struct ScenarioInfo {
    std::string_view id;     ///< "millbrook"
    std::string_view title;  ///< "Millbrook"
    std::string_view about;  ///< one sentence
};
std::span<const ScenarioInfo> scenarios();

struct ScenarioFiles {
    std::vector<std::filesystem::path> exports;  ///< conversation exports, in the order to import
    std::filesystem::path members;               ///< traits table
    std::filesystem::path truth;                 ///< truth.json
};

/// Writes an invented town's exports. The same options give the same bytes.
/// @throws Error NotFound (no such scenario), CannotWrite, Usage (people or weeks out of range)
ScenarioFiles writeScenario(std::string_view id, const std::filesystem::path& folder,
                            const ScenarioOptions& options, Task& task);

}  // namespace kith
