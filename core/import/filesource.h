#pragma once

#include "core/import/source.h"

#include <fstream>
#include <limits>

namespace kith {

/// A file of the disk, or a stretch of it.
class FileSource final : public ByteSource {
public:
    /// @throws Error FileUnreadable
    explicit FileSource(const std::filesystem::path& path, Place place, std::uint64_t from = 0,
                        std::uint64_t length = std::numeric_limits<std::uint64_t>::max());

    std::size_t read(std::span<char> buffer) override;

private:
    std::ifstream file_;
    Place place_;
    std::uint64_t left_;
};

/// The file's own name as UTF-8, without the folders above it.
std::string fileNameOf(const std::filesystem::path& path);

}  // namespace kith
