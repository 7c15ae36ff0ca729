#include "core/import/zip.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/filesource.h"
#include "core/import/packagenames.h"
#include "core/import/packing.h"
#include "core/import/zipdirectory.h"

#include <mutex>
#include <utility>
#include <zlib.h>

namespace kith {
namespace {

/// What has come out of an archive so far; shared by the streams over it.
class Unpacked {
public:
    Unpacked(UnpackLimit limit, std::size_t entries) : limit_(std::move(limit)), farthest_(entries)
    {}

    /// An entry was read up to `at`: reading one twice counts once.
    void reached(std::size_t entry, std::uint64_t at, const std::string& name)
    {
        const std::lock_guard lock(mutex_);
        auto& farthest = farthest_[entry];
        if (at <= farthest) return;
        produced_ += at - farthest;
        farthest = at;
        limit_.check(produced_, name);
    }

private:
    std::mutex mutex_;
    UnpackLimit limit_;
    std::uint64_t produced_ = 0;
    std::vector<std::uint64_t> farthest_;
};

/// An entry's bytes, held against the checksum that was stated.
class ZipSource final : public ByteSource {
public:
    ZipSource(std::unique_ptr<ByteSource> bytes, std::uint32_t stated,
              std::shared_ptr<Unpacked> unpacked, std::size_t entry, Place place)
        : bytes_(std::move(bytes)),
          stated_(stated),
          unpacked_(std::move(unpacked)),
          entry_(entry),
          place_(std::move(place))
    {}

    std::size_t read(std::span<char> buffer) override
    {
        const auto count = bytes_->read(buffer);
        sum_ = crc32_z(sum_, reinterpret_cast<const Bytef*>(buffer.data()), count);
        at_ += count;
        unpacked_->reached(entry_, at_, place_.entry);
        if (count == 0 && !buffer.empty() && sum_ != stated_) {
            throw Error(Error::Kind::BadInput, "the file's checksum is wrong", place_,
                        "Nothing of it was kept. Export or download the archive again.");
        }
        return count;
    }

private:
    std::unique_ptr<ByteSource> bytes_;
    std::uint32_t stated_;
    std::shared_ptr<Unpacked> unpacked_;
    std::size_t entry_;
    Place place_;
    uLong sum_ = 0;
    std::uint64_t at_ = 0;
};

/// The entry's name in UTF-8, whatever the locale; a name with two readings is noted.
std::string nameOf(const ZipEntry& entry, const std::string& archive,
                   std::vector<Package::Note>& notes)
{
    if (!entry.unicodeName.empty()) return entry.unicodeName;
    if (!firstBadUtf8(entry.rawName)) return entry.rawName;
    auto readings = oldCodePageReadings(entry.rawName);
    notes.push_back({{archive, visibleName(readings.dos), {}, {}},
                     twoReadings(readings.dos, readings.windows)});
    return readings.dos;
}

/// @throws Error BadInput for links, devices and entries with a password
void requirePlainFile(const ZipEntry& entry, const std::string& name, const Place& place)
{
    constexpr std::uint32_t kindMask = 0170000;
    constexpr std::uint32_t regular = 0100000;
    constexpr std::uint32_t folder = 0040000;
    const auto kind = (entry.attributes >> 16U) & kindMask;
    if (entry.fromUnix && kind != 0 && kind != regular && kind != folder) {
        throw Error(Error::Kind::BadInput,
                    "\"" + visibleName(name) + "\" is a link or device, not a file", place,
                    "Ask for an archive that holds the files themselves.");
    }
    if ((entry.flags & 1U) != 0) {
        throw Error(Error::Kind::BadInput, "this archive has a password", place,
                    "Unpack it yourself and open the folder.");
    }
}

class ZipPackage final : public Package {
public:
    ZipPackage(const std::filesystem::path& path, const Limits& limits,
               const std::set<std::string>& wanted)
        : path_(path)
    {
        name_ = fileNameOf(path);
        collection_ = true;
        auto directory = readZipDirectory(path, limits.entries);
        partial_ = !directory;
        list(partial_ ? salvageZip(path, limits) : std::move(*directory));
        if (partial_) keepChosen(entries_, places_, wanted, {name_, {}, {}, {}});
        const UnpackLimit limit(limits, std::filesystem::file_size(path), name_);
        unpacked_ = std::make_shared<Unpacked>(limit, entries_.size());
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        const auto& one = places_.at(entry);
        const Place place{name_, entries_[entry].name, {}, {}};
        if (one.method != zipStored && one.method != zipDeflated) {
            throw Error(Error::Kind::BadInput, "the file is packed in a way that is not supported",
                        place, "Unpack the archive yourself and open the folder.");
        }
        std::unique_ptr<ByteSource> bytes =
            std::make_unique<FileSource>(path_, place, one.data, one.compressed);
        if (one.method == zipDeflated) bytes = inflated(std::move(bytes), place);
        return std::make_unique<ZipSource>(std::move(bytes), one.sum, unpacked_, entry, place);
    }

private:
    void list(std::vector<ZipEntry> all)
    {
        NameCheck names(name_);
        for (auto& one : all) {
            auto name = nameOf(one, name_, notes_);
            names.check(name, one.header);
            requirePlainFile(one, name, {name_, {}, {}, {}});
            if (name.ends_with('/') || isHidden(name)) continue;
            entries_.push_back({std::move(name), one.size});
            places_.push_back(std::move(one));
        }
    }

    std::filesystem::path path_;
    std::vector<ZipEntry> places_;  ///< of each entry
    std::shared_ptr<Unpacked> unpacked_;
};

}  // namespace

std::unique_ptr<Package> openZip(const std::filesystem::path& path, const Limits& limits,
                                 const std::set<std::string>& wanted)
{
    return std::make_unique<ZipPackage>(path, limits, wanted);
}

}  // namespace kith
