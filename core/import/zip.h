#pragma once

#include "core/import/source.h"

namespace kith {

/// A zip archive as a package. Its entries are unpacked as they are read, counted as they come out.
/// @throws Error as Package::open says
std::unique_ptr<Package> openZip(const std::filesystem::path& path, const Limits& limits,
                                 const std::set<std::string>& wanted);

/// A zip archive whose end is missing, as a package of the entries that are whole and `wanted`.
/// @throws Error as chosenOfWhole() says
std::unique_ptr<Package> openCutZip(const std::filesystem::path& path, const Limits& limits,
                                    const std::set<std::string>& wanted);

struct ZipEntry;

/// The entry's name in UTF-8, whatever the locale; a name with two readings is noted.
std::string zipEntryName(const ZipEntry& entry, const std::string& archive,
                         std::vector<Package::Note>& notes);

/// @throws Error BadInput for links, devices and entries with a password
void requirePlainFile(const ZipEntry& entry, const std::string& name, const Place& place);

}  // namespace kith
