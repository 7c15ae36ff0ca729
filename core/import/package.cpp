#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/filesource.h"
#include "core/import/packagenames.h"
#include "core/import/packing.h"
#include "core/import/question.h"
#include "core/import/tar.h"
#include "core/import/zip.h"

#include <algorithm>
#include <fstream>

namespace kith {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostFiles = 200'000;

[[noreturn]] void unreadable(const std::string& what, const Place& place)
{
    throw Error(Error::Kind::FileUnreadable, what, place,
                "Check that it exists and that you may read it.");
}

class FilePackage final : public Package {
public:
    explicit FilePackage(const fs::path& path) : path_(path)
    {
        name_ = fileNameOf(path);
        entries_.push_back({name_, fs::file_size(path)});
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        return std::make_unique<FileSource>(path_, Place{entries_.at(entry).name, {}, {}, {}});
    }

private:
    fs::path path_;
};

class FolderPackage final : public Package {
public:
    FolderPackage(const fs::path& path, const Limits& limits) : limits_(limits)
    {
        name_ = fileNameOf(path);
        collection_ = true;
        std::error_code failure;
        for (fs::recursive_directory_iterator one(path, failure), end; !failure && one != end;
             one.increment(failure)) {
            take(path, one);
        }
        if (failure) unreadable("the folder cannot be listed", {name_, {}, {}, {}});
        std::ranges::sort(files_);
        for (const auto& [name, file] : files_) entries_.push_back({name, fs::file_size(file)});
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        return std::make_unique<FileSource>(files_.at(entry).second,
                                            Place{name_, entries_.at(entry).name, {}, {}});
    }

    std::unique_ptr<Package> inside(std::size_t entry) const override
    {
        const auto& path = files_.at(entry).second;
        FileSource file(path, placeIn(*this, entry));
        if (packingOf(headOf(file)) == Packing::Plain) return nullptr;
        return Package::open(path, limits_);
    }

private:
    void take(const fs::path& folder, fs::recursive_directory_iterator& one)
    {
        const auto name = repairUtf8(one->path().lexically_relative(folder).generic_string());
        if (isHidden(name)) {
            if (one->is_directory()) one.disable_recursion_pending();
            return;
        }
        if (one->is_symlink() || !one->is_regular_file()) return;
        if (files_.size() == mostFiles) {
            throw Error(Error::Kind::LimitReached, "the folder holds more than 200,000 files",
                        {name_, {}, {}, {}}, "Open only the part that holds the conversations.");
        }
        files_.emplace_back(name, one->path());
    }

    Limits limits_;
    std::vector<std::pair<std::string, fs::path>> files_;
};

/// A program or script with an archive behind it: unpacks itself when it is run.
bool endsLikeZip(const fs::path& path)
{
    constexpr std::uint64_t endSize = 22;
    const auto size = fs::file_size(path);
    if (size < endSize) return false;
    FileSource tail(path, {}, size - endSize);
    return headOf(tail, endSize).starts_with("PK\x05\x06");
}

[[noreturn]] void refuseName(Packing packing, const Place& place)
{
    throw Error(Error::Kind::FormatUnknown,
                "the file is called a zip archive, but is " + std::string(nameOf(packing)), place,
                "Give it its right name and open it again; do not trust it if you did not expect "
                "this.");
}

std::unique_ptr<Package> openFile(const fs::path& path, const Limits& limits,
                                  const std::set<std::string>& wanted)
{
    const Place place{fileNameOf(path), {}, {}, {}};
    FileSource file(path, place);
    const auto packing = packingOf(headOf(file));
    const bool plain = packing == Packing::Plain;
    if (plain && endsLikeZip(path)) {
        throw Error(Error::Kind::BadInput,
                    "something else stands in front of this archive, as in programs that unpack "
                    "themselves",
                    place, "Do not run it; ask for a plain zip archive.");
    }
    if (plain) return std::make_unique<FilePackage>(path);
    if (packing == Packing::Zip) return openZip(path, limits, wanted);
    if (asciiLower(place.file).ends_with(".zip")) refuseName(packing, place);
    if (packing == Packing::Tar) return openTar(path, {}, limits, wanted);
    return openPacked(path, packing, limits, wanted);
}

}  // namespace

std::unique_ptr<Package> Package::open(const std::filesystem::path& path, const Limits& limits,
                                       const std::set<std::string>& wanted)
{
    const Place place{repairUtf8(path.filename().string()), {}, {}, {}};
    std::error_code failure;
    const auto status = fs::status(path, failure);
    if (!fs::exists(status)) unreadable("there is no such file", place);
    if (failure) unreadable("the file cannot be opened", place);
    if (fs::is_directory(status)) return std::make_unique<FolderPackage>(path, limits);
    if (!fs::is_regular_file(status)) unreadable("this is neither a file nor a folder", place);
    return openFile(path, limits, wanted);
}

Place placeIn(const Package& package, std::size_t entry)
{
    if (!package.isCollection()) return {package.name(), {}, {}, {}};
    return {package.name(), package.entries()[entry].name, {}, {}};
}

}  // namespace kith
