#pragma once

#include "core/analysis/structurestudy.h"

#include <nlohmann/json_fwd.hpp>

namespace kith::cli {

/// The fields that `info --graph` and `retention` share: shape, returned ties, cores.
nlohmann::ordered_json structureObject(const StructureStudy& study, const PeopleGraph& people);

}  // namespace kith::cli
