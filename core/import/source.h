#pragma once

#include "core/base/place.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A stream of bytes, read once from front to back.
class ByteSource {
public:
    virtual ~ByteSource() = default;

    /// Fills the front of `buffer`; 0 = the end.
    /// @throws Error FileUnreadable, LimitReached (too many bytes out of an archive)
    virtual std::size_t read(std::span<char> buffer) = 0;
};

/// A source over text that is already in memory (tests, small entries).
std::unique_ptr<ByteSource> sourceOver(std::string text);

/// All of a source, up to `limit` bytes.
/// @throws Error LimitReached
std::string readAll(ByteSource& source, std::size_t limit);

/// What the user dropped: one file, a folder, or a zip archive, seen as a list of files. Entries of
/// archives are streamed and never written to disk.
class Package {
public:
    struct Entry {
        std::string name;    ///< UTF-8, with '/' between folders; for a single file its own name
        std::uint64_t size;  ///< as declared; never trusted for allocation
    };

    virtual ~Package() = default;

    /// The file's or folder's name, without the folders above it.
    const std::string& name() const { return name_; }
    const std::vector<Entry>& entries() const { return entries_; }

    /// True for an archive or folder, even with one entry.
    bool isCollection() const { return collection_; }

    virtual std::unique_ptr<ByteSource> open(std::size_t entry) const = 0;

    /// Opens a file, a folder (its regular files, sorted by name; hidden files and __MACOSX left
    /// out) or a zip archive (recognised by content).
    /// @throws Error FileUnreadable, LimitReached, BadInput (unsafe or ambiguous names, overlapping
    /// entries, password, wrong checksum), as listed in RELIABILITY 3.4 and 3.6 Z
    static std::unique_ptr<Package> open(const std::filesystem::path& path);

protected:
    std::string name_;
    std::vector<Entry> entries_;
    bool collection_ = false;
};

/// The start of a place in an entry: file, and the entry when the file is a collection.
Place placeIn(const Package& package, std::size_t entry);

/// A package of texts in memory, for tests.
std::unique_ptr<Package> packageOf(std::string name,
                                   std::vector<std::pair<std::string, std::string>> files);

}  // namespace kith
