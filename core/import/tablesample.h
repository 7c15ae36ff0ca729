#pragma once

#include "core/import/reader.h"

#include <filesystem>
#include <string>
#include <vector>

namespace kith {

/// The columns of a table by its first rows, with the roles that their names suggest, for mapping
/// them before the table can be read. Empty when it is no table of text.
/// @param entry of an archive, the one that is the table; empty = a single file
/// @throws Error FileUnreadable, LimitReached, BadInput as Package::open does
std::vector<ColumnSample> columnSamples(const std::filesystem::path& path,
                                        const std::string& entry = {});

}  // namespace kith
