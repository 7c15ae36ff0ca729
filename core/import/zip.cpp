#include "core/import/zip.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/packagenames.h"
#include "core/import/zipdirectory.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <zip.h>

namespace kith {
namespace {

constexpr std::size_t mostEntries = 20'000;
constexpr std::uint64_t mostBytes = 2ULL << 30U;
constexpr std::uint64_t alwaysAllowed = 1U << 20U;
constexpr std::uint64_t mostRatio = 200;

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
    std::uint64_t limit = 0;
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
        if (unpacker_->produced > unpacker_->limit) {
            throw Error(Error::Kind::LimitReached,
                        "the archive unpacks to more than " +
                            withSeparators(static_cast<std::int64_t>(unpacker_->limit)) +
                            " bytes, far more than a conversation would",
                        {unpacker_->name, entry_, {}, {}},
                        "If you trust it, unpack it yourself and open the folder.");
        }
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

/// Bytes that are not UTF-8 are of the old DOS code page, which is what libzip makes of them.
std::string readableName(zip_t* archive, std::size_t index, const std::string& raw)
{
    if (!firstBadUtf8(raw)) return raw;
    const char* guessed = zip_get_name(archive, index, ZIP_FL_ENC_GUESS);
    return guessed != nullptr ? repairUtf8(guessed) : repairUtf8(raw);
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

class ZipPackage final : public Package {
public:
    explicit ZipPackage(const std::filesystem::path& path) : unpacker_(std::make_shared<Unpacker>())
    {
        name_ = repairUtf8(path.filename().string());
        collection_ = true;
        const auto directory = readZipDirectory(path, mostEntries);
        int code = 0;
        unpacker_->archive.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
        if (!unpacker_->archive) {
            throw Error(Error::Kind::BadInput, "the archive is damaged", {name_, {}, {}, {}},
                        "Export or download it again.");
        }
        unpacker_->name = name_;
        const auto packed = std::filesystem::file_size(path);
        unpacker_->limit = std::min(mostBytes, std::max(alwaysAllowed, packed * mostRatio));
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
            auto name = readableName(unpacker_->archive.get(), i, one.rawName);
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

std::unique_ptr<Package> openZip(const std::filesystem::path& path)
{
    return std::make_unique<ZipPackage>(path);
}

}  // namespace kith
