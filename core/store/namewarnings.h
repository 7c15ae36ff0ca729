#pragma once

#include "core/model/ids.h"
#include "core/store/database.h"

#include <string>
#include <vector>

namespace kith {

/// What an import should say of the names it brings, a clause each (RELIABILITY T15): names that
/// look like somebody's of the workspace but are written in letters of another alphabet (UTS 39),
/// and names with hidden characters in them (direction marks, characters of no width). Nobody is
/// joined or kept apart by this. Names of one person are not compared.
/// Names of plain letters cost a scan alone; shapes are worked out only when some other name looks
/// like plain letters.
std::vector<std::string> nameWarnings(const Database& db, SourceId source);

}  // namespace kith
