#pragma once

#include "core/import/source.h"

namespace kith {

/// A zip archive as a package. Its entries are unpacked as they are read, counted as they come out.
/// @throws Error as Package::open says
std::unique_ptr<Package> openZip(const std::filesystem::path& path);

}  // namespace kith
