#include "core/import/filesource.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>

namespace kith {
namespace {

[[noreturn]] void unreadable(const std::string& what, const Place& place)
{
    throw Error(Error::Kind::FileUnreadable, what, place,
                "Check that it exists and that you may read it.");
}

}  // namespace

FileSource::FileSource(const std::filesystem::path& path, Place place, std::uint64_t from,
                       std::uint64_t length)
    : file_(path, std::ios::binary), place_(std::move(place)), left_(length)
{
    if (!file_) unreadable("the file cannot be opened", place_);
    if (from > 0) file_.seekg(static_cast<std::streamoff>(from));
}

std::size_t FileSource::read(std::span<char> buffer)
{
    const auto wanted = std::min<std::uint64_t>(buffer.size(), left_);
    file_.read(buffer.data(), static_cast<std::streamsize>(wanted));
    if (file_.bad()) unreadable("the file cannot be read to its end", place_);
    const auto count = static_cast<std::size_t>(file_.gcount());
    left_ -= count;
    return count;
}

std::string fileNameOf(const std::filesystem::path& path)
{
    auto last = path.filename();
    if (last.empty() || last == "." || last == "..") {
        last = std::filesystem::absolute(path).lexically_normal();
    }
    if (last.filename().empty()) last = last.parent_path();
    return repairUtf8(last.filename().string());
}

}  // namespace kith
