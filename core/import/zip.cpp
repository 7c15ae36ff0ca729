#include "core/import/zip.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/filesource.h"
#include "core/import/packagenames.h"
#include "core/import/packing.h"
#include "core/import/zipdirectory.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <zip.h>

namespace kith {
namespace {

struct CloseArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

/// libzip's handle and the bytes that have come out so far; shared with the streams over it.
struct Unpacker {
    std::unique_ptr<zip_t, CloseArchive> archive;
    std::mutex mutex;
    std::string name;
    std::optional<UnpackLimit> limit;
    std::uint64_t produced = 0;
    std::vector<std::uint64_t> farthest;  ///< of each entry: reading one twice counts once
};

class ZipSource final : public ByteSource {
public:
    ZipSource(std::shared_ptr<Unpacker> unpacker, std::size_t index, std::size_t slot,
              std::string entry)
        : unpacker_(std::move(unpacker)), slot_(slot), entry_(std::move(entry))
    {
        const std::lock_guard lock(unpacker_->mutex);
        file_.reset(zip_fopen_index(unpacker_->archive.get(), index, 0));
        if (!file_) fail(zip_error_code_zip(zip_get_error(unpacker_->archive.get())));
    }

    ~ZipSource() override
    {
        const std::lock_guard lock(unpacker_->mutex);
        file_.reset();
    }

    ZipSource(const ZipSource&) = delete;
    ZipSource& operator=(const ZipSource&) = delete;

    std::size_t read(std::span<char> buffer) override
    {
        const std::lock_guard lock(unpacker_->mutex);
        const auto count = zip_fread(file_.get(), buffer.data(), buffer.size());
        if (count < 0) fail(zip_error_code_zip(zip_file_get_error(file_.get())));
        const auto bytes = static_cast<std::size_t>(count);
        at_ += bytes;
        auto& farthest = unpacker_->farthest[slot_];
        if (at_ > farthest) {
            unpacker_->produced += at_ - farthest;
            farthest = at_;
        }
        unpacker_->limit->check(unpacker_->produced, entry_);
        return bytes;
    }

private:
    [[noreturn]] void fail(int code) const
    {
        const Place place{unpacker_->name, entry_, {}, {}};
        switch (code) {
        case ZIP_ER_CRC:
            throw Error(Error::Kind::BadInput, "the file's checksum is wrong", place,
                        "Nothing of it was kept. Export or download the archive again.");
        case ZIP_ER_COMPNOTSUPP:
            throw Error(Error::Kind::BadInput, "the file is packed in a way that is not supported",
                        place, "Unpack the archive yourself and open the folder.");
        case ZIP_ER_NOPASSWD:
        case ZIP_ER_WRONGPASSWD:
            throw Error(Error::Kind::BadInput, "the archive has a password", place,
                        "Unpack it yourself and open the folder.");
        default:
            throw Error(Error::Kind::BadInput, "the packed file is damaged", place,
                        "Export or download the archive again.");
        }
    }

    std::shared_ptr<Unpacker> unpacker_;
    std::size_t slot_;
    std::string entry_;
    std::unique_ptr<zip_file_t, CloseFile> file_;
    std::uint64_t at_ = 0;
};

class ZipPackage final : public Package {
public:
    ZipPackage(const std::filesystem::path& path, const std::vector<ZipEntry>& directory,
               const Limits& limits)
        : unpacker_(std::make_shared<Unpacker>())
    {
        name_ = fileNameOf(path);
        collection_ = true;
        int code = 0;
        unpacker_->archive.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
        if (!unpacker_->archive) {
            throw Error(Error::Kind::BadInput, "the archive is damaged", {name_, {}, {}, {}},
                        "Export or download it again.");
        }
        unpacker_->name = name_;
        unpacker_->limit.emplace(limits, std::filesystem::file_size(path), name_);
        list(directory);
        unpacker_->farthest.resize(entries_.size());
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        return std::make_unique<ZipSource>(unpacker_, indexes_.at(entry), entry,
                                           entries_.at(entry).name);
    }

private:
    void list(const std::vector<ZipEntry>& directory)
    {
        NameCheck names(name_);
        for (std::size_t i = 0; i < directory.size(); ++i) {
            const auto& one = directory[i];
            const Place place{name_, {}, {}, {}};
            auto name = zipEntryName(one, name_, notes_);
            names.check(name, one.header);
            requirePlainFile(one, name, place);
            if (name.ends_with('/') || isHidden(name)) continue;
            entries_.push_back({std::move(name), one.size});
            indexes_.push_back(i);
        }
    }

    std::shared_ptr<Unpacker> unpacker_;
    std::vector<std::size_t> indexes_;  ///< libzip's, of each entry
};

}  // namespace

std::string zipEntryName(const ZipEntry& entry, const std::string& archive,
                         std::vector<Package::Note>& notes)
{
    if (!entry.unicodeName.empty()) return entry.unicodeName;
    if (!firstBadUtf8(entry.rawName)) return entry.rawName;
    auto readings = oldCodePageReadings(entry.rawName);
    notes.push_back({{archive, visibleName(readings.dos), {}, {}},
                     twoReadings(readings.dos, readings.windows)});
    return readings.dos;
}

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

std::unique_ptr<Package> openZip(const std::filesystem::path& path, const Limits& limits,
                                 const std::set<std::string>& wanted)
{
    const auto directory = readZipDirectory(path, limits.entries);
    if (!directory) return openCutZip(path, limits, wanted);
    return std::make_unique<ZipPackage>(path, *directory, limits);
}

}  // namespace kith
