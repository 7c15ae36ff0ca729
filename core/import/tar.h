#pragma once

#include "core/import/source.h"

#include <functional>
#include <string_view>

namespace kith {

/// True when the first 512 bytes are a tar header whose checksum is right.
bool beginsLikeTar(std::string_view head);

/// Makes a fresh stream over all of a tar archive, unpacked.
using TarBytes = std::function<std::unique_ptr<ByteSource>()>;

/// A tar archive (ustar, with the long names of pax and GNU) as a package. Streams have no way
/// back: an entry is reached by reading on from an earlier one, or else from the start; walking
/// through the entries in the archive's order reads it once. An archive that is not packed is
/// addressed directly.
/// @param path  the file, for its name and, when `bytes` is empty, its content
/// @param bytes how to read the archive from the start; empty = the file itself, not packed
/// @throws Error as Package::open says
std::unique_ptr<Package> openTar(const std::filesystem::path& path, TarBytes bytes,
                                 const Limits& limits, const std::set<std::string>& wanted);

}  // namespace kith
