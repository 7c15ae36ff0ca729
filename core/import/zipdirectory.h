#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kith {

/// One entry of a zip archive's table of contents, as it stands there.
struct ZipEntry {
    std::string rawName;           ///< bytes, in whatever code page
    std::uint64_t size = 0;        ///< declared
    std::uint64_t compressed = 0;  ///< declared
    std::uint64_t header = 0;      ///< offset of the local header
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t attributes = 0;  ///< of the system that made it
    bool fromUnix = false;
};

/// Reads the table of contents of a zip archive and holds it against the archive itself: every
/// local header must agree with it, and no two entries may share bytes. The unpacking itself is
/// libzip's.
/// @throws Error BadInput (cut off, overlapping, disagreeing), LimitReached (too many entries)
std::vector<ZipEntry> readZipDirectory(const std::filesystem::path& path, std::size_t most);

}  // namespace kith
