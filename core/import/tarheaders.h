#pragma once

#include "core/import/source.h"

#include <cstdint>
#include <optional>
#include <string>

namespace kith {

/// One file of a tar archive.
struct TarEntry {
    std::string rawName;   ///< bytes as they stand there, without a leading "./"
    std::uint64_t at = 0;  ///< of its content, counted from the archive's first byte
    std::uint64_t size = 0;
    bool folder = false;
};

/// Walks through a tar archive from front to back and hands out its entries.
class TarHeaders {
public:
    TarHeaders(ByteSource& source, Place place);

    /// The next file or folder; nullopt at the end, or where the archive breaks off: see cut().
    /// @throws Error BadInput: a damaged header; a link, device or sparse file
    std::optional<TarEntry> next();

    /// How the archive ended.
    enum class End {
        Marked,        ///< with the two empty blocks that belong there, or one
        Unmarked,      ///< between two entries, without the mark
        BetweenFiles,  ///< cut off behind the last entry, which is whole
        InsideFile     ///< cut off inside the last entry
    };
    End end() const { return end_; }

private:
    std::size_t block(std::string& into);
    std::optional<std::string> content(std::uint64_t size);
    bool skip(std::uint64_t count);
    void takePax(const std::string& records);
    TarEntry entry(const std::string& header);
    std::uint64_t sizeOf(const std::string& header) const;
    [[noreturn]] void damaged() const;

    ByteSource& source_;
    Place place_;
    std::vector<char> buffer_;
    std::uint64_t at_ = 0;
    std::uint64_t toSkip_ = 0;
    std::string longName_;               ///< of pax or GNU, for the next entry
    std::optional<std::uint64_t> size_;  ///< of pax, for the next entry
    bool sparse_ = false;
    End end_ = End::BetweenFiles;
};

}  // namespace kith
