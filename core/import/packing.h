#pragma once

#include "core/base/error.h"
#include "core/import/source.h"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

/// How a file's bytes are packed.
enum class Packing { Plain, Zip, Gzip, Zstandard, Tar };

inline constexpr std::size_t packingHead = 512;  ///< bytes that packingOf() likes to see

/// Decides by the first bytes; a tar archive also without its magic, by its first header's
/// checksum.
Packing packingOf(std::string_view head);

/// "a gzip archive", for sentences.
std::string_view nameOf(Packing packing);

/// The first bytes of a source, fewer only at its end.
std::string headOf(ByteSource& source, std::size_t most = packingHead);

/// The end of a packed stream is missing; what came before it is whole.
class CutOff : public Error {
public:
    explicit CutOff(Place where)
        : Error(Kind::BadInput, "the packed file is cut off", std::move(where),
                "Nothing of it was kept. Export or download it again.")
    {}
};

/// Counts what comes out of one archive against its limits.
class UnpackLimit {
public:
    /// @param packed size of the archive in bytes
    UnpackLimit(const Limits& limits, std::uint64_t packed, std::string archive);

    /// @param produced all bytes that have come out of the archive so far
    /// @throws AnswerNeeded About::Limits
    void check(std::uint64_t produced, const std::string& entry) const;

private:
    std::uint64_t most_;
    std::string archive_;
};

/// @throws AnswerNeeded About::Limits: the archive holds more than `most` files
[[noreturn]] void tooManyEntries(std::size_t most, const Place& place);

/// Whole entries of an archive that is cut off: those that the user chose of them.
/// @param whole names of the entries that can still be read
/// @throws AnswerNeeded About::Chats when nothing was chosen; Error BadInput when none is whole, or
///         a name was chosen that is not among them
std::set<std::string> chosenOfWhole(const std::vector<std::string>& whole,
                                    const std::set<std::string>& wanted, const Place& place);

/// Leaves of the entries of an archive that is cut off only those that the user chose.
/// @param where where each entry stands, in the same order
/// @throws as chosenOfWhole()
template <class Where>
void keepChosen(std::vector<Package::Entry>& entries, std::vector<Where>& where,
                const std::set<std::string>& wanted, const Place& place)
{
    std::vector<std::string> whole;
    for (const auto& entry : entries) whole.push_back(entry.name);
    const auto chosen = chosenOfWhole(whole, wanted, place);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!chosen.contains(entries[i].name)) continue;
        std::swap(entries[kept], entries[i]);
        std::swap(where[kept++], where[i]);
    }
    entries.resize(kept);
    where.resize(kept);
}

/// A gzip file's bytes, all of its members one after the other.
/// @throws Error BadInput while reading: damaged, wrong checksum; CutOff
std::unique_ptr<ByteSource> gunzipped(std::unique_ptr<ByteSource> packed, Place place);

/// A raw deflate stream's bytes (of a zip entry).
std::unique_ptr<ByteSource> inflated(std::unique_ptr<ByteSource> packed, Place place);

/// Reads a raw deflate stream to its end.
struct DeflateEnd {
    std::uint64_t packed = 0;  ///< bytes it takes
    std::uint32_t sum = 0;     ///< CRC-32 of what comes out
};
/// @param produced told how many bytes came out, as they do
/// @throws Error BadInput; CutOff
DeflateEnd deflateEnd(ByteSource& packed, const std::function<void(std::size_t)>& produced);

/// A Zstandard file's bytes, all of its frames one after the other.
/// @throws Error BadInput and CutOff while reading; AnswerNeeded About::Limits when it needs too
/// much memory
std::unique_ptr<ByteSource> unzstd(std::unique_ptr<ByteSource> packed, unsigned windowLog,
                                   Place place);

/// A file packed as gzip or Zstandard, seen as the one file in it, or as the list of files when
/// that is a tar archive.
std::unique_ptr<Package> openPacked(const std::filesystem::path& path, Packing packing,
                                    const Limits& limits, const std::set<std::string>& wanted);

}  // namespace kith
