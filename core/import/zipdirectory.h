#pragma once

#include "core/import/source.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

inline constexpr std::uint16_t zipStored = 0;
inline constexpr std::uint16_t zipDeflated = 8;

/// One entry of a zip archive's table of contents, as it stands there.
struct ZipEntry {
    std::string rawName;           ///< bytes, in whatever code page
    std::string unicodeName;       ///< of the field that Info-ZIP adds; empty without it
    std::uint64_t size = 0;        ///< declared
    std::uint64_t compressed = 0;  ///< declared
    std::uint64_t header = 0;      ///< offset of the local header
    std::uint64_t data = 0;        ///< offset of the packed bytes
    std::uint32_t sum = 0;         ///< CRC-32 of the bytes when unpacked
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t attributes = 0;  ///< of the system that made it
    bool fromUnix = false;
};

/// The little-endian number of `width` bytes (1 to 8) at `at`; the caller has checked the length.
std::uint64_t zipNumber(std::string_view bytes, std::size_t at, std::size_t width);

/// Takes from an entry's extra field what it says of sizes beyond 4 GB and of the name in UTF-8.
void takeZipExtra(ZipEntry& entry, std::string_view extra);

/// Reads the table of contents of a zip archive and holds it against the archive itself: every
/// local header must agree with it, and no two entries may share bytes.
/// @return nullopt when the archive is cut off, so that its table of contents is not there
/// @throws Error BadInput (overlapping, disagreeing), AnswerNeeded About::Limits (more than `most`
///         entries)
std::optional<std::vector<ZipEntry>> readZipDirectory(const std::filesystem::path& path,
                                                      std::size_t most);

/// The entries of a zip archive whose end is missing, from the front as far as they are whole.
/// @throws AnswerNeeded About::Limits
std::vector<ZipEntry> salvageZip(const std::filesystem::path& path, const Limits& limits);

}  // namespace kith
