#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// One entry of a zip archive's table of contents, as it stands there.
struct ZipEntry {
    std::string rawName;           ///< bytes, in whatever code page
    std::string unicodeName;       ///< of the field that Info-ZIP adds; empty without it
    std::uint64_t size = 0;        ///< declared
    std::uint64_t compressed = 0;  ///< declared
    std::uint64_t header = 0;      ///< offset of the local header
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t attributes = 0;  ///< of the system that made it
    bool fromUnix = false;
};

/// Takes from an entry's extra field what it says of sizes beyond 4 GB and of the name in UTF-8.
void takeZipExtra(ZipEntry& entry, std::string_view extra);

/// Reads the table of contents of a zip archive and holds it against the archive itself: every
/// local header must agree with it, and no two entries may share bytes. The unpacking itself is
/// libzip's.
/// @return nullopt when the archive is cut off, so that its table of contents is not there
/// @throws Error BadInput (overlapping, disagreeing), AnswerNeeded About::Limits (more than `most`
///         entries)
std::optional<std::vector<ZipEntry>> readZipDirectory(const std::filesystem::path& path,
                                                      std::size_t most);

}  // namespace kith
