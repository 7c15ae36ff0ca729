#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/filesource.h"
#include "core/import/packing.h"
#include "core/import/zipdirectory.h"

#include <optional>

namespace kith {
namespace {

constexpr std::size_t localSize = 30;
constexpr std::string_view localSignature("PK\x03\x04", 4);
constexpr std::string_view descriptorSignature("PK\x07\x08", 4);
constexpr std::uint16_t sizesBehind = 8;  ///< flag: the sizes stand behind the data

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t width)
{
    return static_cast<std::uint32_t>(zipNumber(bytes, at, width));
}

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

    std::vector<ZipEntry> entries()
    {
        std::vector<ZipEntry> all;
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

    std::optional<ZipEntry> next()
    {
        const auto header = bytes(at_, localSize);
        if (header.size() < localSize || !header.starts_with(localSignature)) return std::nullopt;
        ZipEntry one;
        one.header = at_;
        one.flags = static_cast<std::uint16_t>(little(header, 6, 2));
        one.method = static_cast<std::uint16_t>(little(header, 8, 2));
        one.sum = little(header, 14, 4);
        one.compressed = little(header, 18, 4);
        one.size = little(header, 22, 4);
        const std::size_t name = little(header, 26, 2);
        const std::size_t extra = little(header, 28, 2);
        const auto rest = bytes(at_ + localSize, name + extra);
        if (rest.size() < name + extra) return std::nullopt;
        one.rawName = rest.substr(0, name);
        takeZipExtra(one, std::string_view(rest).substr(name));
        one.data = at_ + localSize + name + extra;
        if ((one.flags & sizesBehind) != 0 && !measure(one)) return std::nullopt;
        if (one.compressed > size_ || one.data > size_ - one.compressed) {
            return std::nullopt;
        }
        at_ = one.data + one.compressed + behind_;
        behind_ = 0;
        return one;
    }

    /// Finds where a deflated entry ends whose sizes stand behind it.
    bool measure(ZipEntry& one)
    {
        if (one.method != zipDeflated) return false;
        std::uint64_t read = 0;
        try {
            FileSource file(path_, place_, one.data);
            const auto end = deflateEnd(file, [&](std::size_t count) {
                produced_ += count;
                read += count;
                limit_.check(produced_, repairUtf8(one.rawName));
            });
            one.compressed = end.packed;
            one.sum = end.sum;
        } catch (const CutOff&) {
            return false;
        }
        one.size = read;
        const auto tail = bytes(one.data + one.compressed, 24);
        const std::size_t sign = tail.starts_with(descriptorSignature) ? 4 : 0;
        if (tail.size() < sign + 12 || little(tail, sign, 4) != one.sum) return false;
        // Sizes of eight bytes each leave zeros where the next entry would begin.
        const auto after = bytes(one.data + one.compressed + sign + 12, 2);
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

}  // namespace

std::vector<ZipEntry> salvageZip(const std::filesystem::path& path, const Limits& limits)
{
    return Salvage(path, limits).entries();
}

}  // namespace kith
