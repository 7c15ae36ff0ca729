#pragma once

#include "core/import/source.h"

namespace kith {

/// A zip archive as a package. Its entries are unpacked as they are read, and counted as they come
/// out. Of an archive whose end is missing, those of the whole entries that are `wanted`.
///
/// Its table of contents is read by us, and so the entries are unpacked where that says (zlib does
/// it): a library that looks for the table once more may find another, and libzip, which tries
/// every place where one might be, takes seconds where there are hundreds.
/// @throws Error as Package::open says
std::unique_ptr<Package> openZip(const std::filesystem::path& path, const Limits& limits,
                                 const std::set<std::string>& wanted);

}  // namespace kith
