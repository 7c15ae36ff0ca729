#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/filesource.h"
#include "core/import/packagenames.h"
#include "core/import/packing.h"
#include "core/import/zip.h"
#include "core/import/zipdirectory.h"

#include <algorithm>
#include <optional>
#include <zlib.h>

namespace kith {
namespace {

constexpr std::size_t localSize = 30;
constexpr std::string_view localSignature("PK\x03\x04", 4);
constexpr std::string_view descriptorSignature("PK\x07\x08", 4);
constexpr std::uint16_t sizesBehind = 8;  ///< flag: the sizes stand behind the data
constexpr std::uint16_t stored = 0;
constexpr std::uint16_t deflated = 8;

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t width)
{
    std::uint32_t value = 0;
    for (std::size_t i = width; i-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

uLong sumOf(uLong sum, std::span<const char> bytes)
{
    return crc32(sum, reinterpret_cast<const Bytef*>(bytes.data()),
                 static_cast<uInt>(bytes.size()));
}

/// A whole entry, as its own header has it.
struct WholeEntry {
    ZipEntry entry;
    std::uint64_t data = 0;  ///< offset of the packed bytes
    std::uint32_t sum = 0;
};

/// Passes bytes on and holds their checksum against the one that was stated.
class CheckedSource final : public ByteSource {
public:
    CheckedSource(std::unique_ptr<ByteSource> inner, std::uint32_t stated, UnpackLimit limit,
                  Place place)
        : inner_(std::move(inner)),
          stated_(stated),
          limit_(std::move(limit)),
          place_(std::move(place))
    {}

    std::size_t read(std::span<char> buffer) override
    {
        const auto count = inner_->read(buffer);
        sum_ = sumOf(sum_, buffer.first(count));
        produced_ += count;
        limit_.check(produced_, place_.entry);
        if (count == 0 && sum_ != stated_) {
            throw Error(Error::Kind::BadInput, "the file's checksum is wrong", place_,
                        "Nothing of it was kept. Export or download the archive again.");
        }
        return count;
    }

private:
    std::unique_ptr<ByteSource> inner_;
    std::uint32_t stated_;
    UnpackLimit limit_;
    Place place_;
    uLong sum_ = 0;
    std::uint64_t produced_ = 0;
};

/// Walks through the local headers from the front, as far as the entries are whole.
class Salvage {
public:
    Salvage(const std::filesystem::path& path, const Limits& limits)
        : path_(path),
          place_{fileNameOf(path), {}, {}, {}},
          size_(std::filesystem::file_size(path)),
          limit_(limits, size_, place_.file),
          most_(limits.entries)
    {}

    std::vector<WholeEntry> entries()
    {
        std::vector<WholeEntry> all;
        while (auto one = next()) {
            if (all.size() == most_) tooManyEntries(most_, place_);
            all.push_back(std::move(*one));
        }
        return all;
    }

private:
    std::string bytes(std::uint64_t at, std::size_t count) const
    {
        FileSource source(path_, place_, at, count);
        return headOf(source, count);
    }

    std::optional<WholeEntry> next()
    {
        const auto header = bytes(at_, localSize);
        if (header.size() < localSize || !header.starts_with(localSignature)) return std::nullopt;
        WholeEntry one;
        one.entry.header = at_;
        one.entry.flags = static_cast<std::uint16_t>(little(header, 6, 2));
        one.entry.method = static_cast<std::uint16_t>(little(header, 8, 2));
        one.sum = little(header, 14, 4);
        one.entry.compressed = little(header, 18, 4);
        one.entry.size = little(header, 22, 4);
        const std::size_t name = little(header, 26, 2);
        const std::size_t extra = little(header, 28, 2);
        const auto rest = bytes(at_ + localSize, name + extra);
        if (rest.size() < name + extra) return std::nullopt;
        one.entry.rawName = rest.substr(0, name);
        takeZipExtra(one.entry, std::string_view(rest).substr(name));
        one.data = at_ + localSize + name + extra;
        if ((one.entry.flags & sizesBehind) != 0 && !measure(one)) return std::nullopt;
        if (one.entry.compressed > size_ || one.data > size_ - one.entry.compressed) {
            return std::nullopt;
        }
        at_ = one.data + one.entry.compressed + behind_;
        behind_ = 0;
        return one;
    }

    /// Finds where a deflated entry ends whose sizes stand behind it.
    bool measure(WholeEntry& one)
    {
        if (one.entry.method != deflated) return false;
        std::uint64_t read = 0;
        try {
            FileSource file(path_, place_, one.data);
            const auto end = deflateEnd(file, [&](std::size_t count) {
                produced_ += count;
                read += count;
                limit_.check(produced_, repairUtf8(one.entry.rawName));
            });
            one.entry.compressed = end.packed;
            one.sum = end.sum;
        } catch (const CutOff&) {
            return false;
        }
        one.entry.size = read;
        const auto tail = bytes(one.data + one.entry.compressed, 24);
        const std::size_t sign = tail.starts_with(descriptorSignature) ? 4 : 0;
        if (tail.size() < sign + 12 || little(tail, sign, 4) != one.sum) return false;
        // Sizes of eight bytes each leave zeros where the next entry would begin.
        const auto after = bytes(one.data + one.entry.compressed + sign + 12, 2);
        behind_ = sign + (after.empty() || after == "PK" ? 12 : 20);
        return true;
    }

    std::filesystem::path path_;
    Place place_;
    std::uint64_t size_;
    UnpackLimit limit_;
    std::size_t most_;
    std::uint64_t at_ = 0;
    std::uint64_t behind_ = 0;
    std::uint64_t produced_ = 0;
};

class CutZipPackage final : public Package {
public:
    CutZipPackage(const std::filesystem::path& path, const Limits& limits,
                  const std::set<std::string>& wanted)
        : path_(path), limit_(limits, std::filesystem::file_size(path), fileNameOf(path))
    {
        name_ = fileNameOf(path);
        collection_ = true;
        partial_ = true;
        NameCheck names(name_);
        for (auto& one : Salvage(path, limits).entries()) {
            auto name = zipEntryName(one.entry, name_, notes_);
            names.check(name, one.entry.header);
            requirePlainFile(one.entry, name, {name_, {}, {}, {}});
            const bool known = one.entry.method == stored || one.entry.method == deflated;
            if (name.ends_with('/') || isHidden(name) || !known) continue;
            entries_.push_back({std::move(name), one.entry.size});
            places_.push_back(std::move(one));
        }
        keepChosen(entries_, places_, wanted, {name_, {}, {}, {}});
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        const auto& one = places_.at(entry);
        const Place place{name_, entries_[entry].name, {}, {}};
        std::unique_ptr<ByteSource> bytes =
            std::make_unique<FileSource>(path_, place, one.data, one.entry.compressed);
        if (one.entry.method == deflated) bytes = inflated(std::move(bytes), place);
        return std::make_unique<CheckedSource>(std::move(bytes), one.sum, limit_, place);
    }

private:
    std::filesystem::path path_;
    UnpackLimit limit_;
    std::vector<WholeEntry> places_;
};

}  // namespace

std::unique_ptr<Package> openCutZip(const std::filesystem::path& path, const Limits& limits,
                                    const std::set<std::string>& wanted)
{
    return std::make_unique<CutZipPackage>(path, limits, wanted);
}

}  // namespace kith
