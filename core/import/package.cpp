#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/packagenames.h"
#include "core/import/source.h"
#include "core/import/zip.h"

#include <algorithm>
#include <fstream>

namespace kith {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostFiles = 200'000;

std::string nameOf(const fs::path& path)
{
    auto last = path.filename();
    if (last.empty() || last == "." || last == "..") last = fs::absolute(path).lexically_normal();
    if (last.filename().empty()) last = last.parent_path();
    return repairUtf8(last.filename().string());
}

[[noreturn]] void unreadable(const std::string& what, const Place& place)
{
    throw Error(Error::Kind::FileUnreadable, what, place,
                "Check that it exists and that you may read it.");
}

class FileSource final : public ByteSource {
public:
    FileSource(const fs::path& path, Place place)
        : file_(path, std::ios::binary), place_(std::move(place))
    {
        if (!file_) unreadable("the file cannot be opened", place_);
    }

    std::size_t read(std::span<char> buffer) override
    {
        file_.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        if (file_.bad()) unreadable("the file cannot be read to its end", place_);
        return static_cast<std::size_t>(file_.gcount());
    }

private:
    std::ifstream file_;
    Place place_;
};

class FilePackage final : public Package {
public:
    explicit FilePackage(const fs::path& path) : path_(path)
    {
        name_ = nameOf(path);
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
    explicit FolderPackage(const fs::path& path)
    {
        name_ = nameOf(path);
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

    std::vector<std::pair<std::string, fs::path>> files_;
};

bool beginsLikeZip(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string head(4, '\0');
    file.read(head.data(), 4);
    return file.gcount() == 4 && (head == "PK\x03\x04" || head == "PK\x05\x06");
}

}  // namespace

std::unique_ptr<Package> Package::open(const std::filesystem::path& path)
{
    const Place place{repairUtf8(path.filename().string()), {}, {}, {}};
    std::error_code failure;
    const auto status = fs::status(path, failure);
    if (!fs::exists(status)) unreadable("there is no such file", place);
    if (failure) unreadable("the file cannot be opened", place);
    if (fs::is_directory(status)) return std::make_unique<FolderPackage>(path);
    if (!fs::is_regular_file(status)) unreadable("this is neither a file nor a folder", place);
    if (beginsLikeZip(path)) return openZip(path);
    return std::make_unique<FilePackage>(path);
}

Place placeIn(const Package& package, std::size_t entry)
{
    if (!package.isCollection()) return {package.name(), {}, {}, {}};
    return {package.name(), package.entries()[entry].name, {}, {}};
}

}  // namespace kith
