#pragma once

#include "core/base/place.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
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

/// How far an archive may go before the user is asked (RELIABILITY 3.4).
struct Limits {
    std::size_t entries = 20'000;
    std::uint64_t bytes = 2ULL << 30U;  ///< that may come out of one archive
    std::uint64_t ratio = 200;          ///< bytes out for one byte in, once past `alwaysAllowed`
    std::uint64_t alwaysAllowed = 1U << 20U;
    unsigned windowLog = 25;  ///< of Zstandard: unpacking may take 2^windowLog bytes of memory

    /// For a file that the user trusts: 1,000,000 entries, 4 TB, any ratio, 2 GB of memory.
    static Limits raised();
};

/// What the user dropped: one file, a folder, or an archive, seen as a list of files. Entries of
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

    /// The archive that this entry of a folder is, opened; nullptr for a plain file, and for every
    /// entry of an archive: an archive inside an archive is not opened.
    virtual std::unique_ptr<Package> inside(std::size_t entry) const;

    /// What the user should know of the archive itself; place.entry says of which entry, if of one.
    struct Note {
        Place place;
        std::string what;  ///< a clause
    };
    const std::vector<Note>& notes() const { return notes_; }

    /// True when only the whole entries of an archive that is cut off are listed, by the user's
    /// choice.
    bool isPartial() const { return partial_; }

    /// Opens a file, a folder (its regular files, sorted by name; hidden files and __MACOSX left
    /// out) or an archive, recognised by content: zip, tar, tar.gz and tar.zst are lists of files;
    /// gzip and Zstandard alone are one file, named without the ending.
    /// @param wanted of an archive that is cut off, the whole entries to read; "*" = all of them
    /// @throws Error FileUnreadable, BadInput (unsafe or ambiguous names, overlapping entries,
    ///         links, password, wrong checksum), as listed in RELIABILITY 3.4 and 3.6 Z;
    ///         AnswerNeeded About::Limits where a limit stops it, also while entries are read;
    ///         AnswerNeeded About::Chats with the entries that are whole, when it is cut off
    static std::unique_ptr<Package> open(const std::filesystem::path& path,
                                         const Limits& limits = {},
                                         const std::set<std::string>& wanted = {});

protected:
    std::string name_;
    std::vector<Entry> entries_;
    bool collection_ = false;
    std::vector<Note> notes_;
    bool partial_ = false;
};

/// The start of a place in an entry: file, and the entry when the file is a collection.
Place placeIn(const Package& package, std::size_t entry);

/// A package of texts in memory, for tests.
std::unique_ptr<Package> packageOf(std::string name,
                                   std::vector<std::pair<std::string, std::string>> files);

}  // namespace kith
