#include "core/import/zipdirectory.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/packing.h"

#include <algorithm>
#include <fstream>
#include <zlib.h>

namespace kith {
namespace {

constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t centralSignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t locatorSignature = 0x07064b50;
constexpr std::uint32_t end64Signature = 0x06064b50;
constexpr std::size_t localSize = 30;
constexpr std::size_t centralSize = 46;
constexpr std::size_t endSize = 22;
constexpr std::size_t locatorSize = 20;
constexpr std::size_t end64Size = 56;
constexpr std::uint64_t bytesAnEntry = 1024;  ///< of the directory, generously
constexpr std::uint32_t see64 = 0xffffffff;

std::uint16_t u16(std::string_view bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(zipNumber(bytes, at, 2));
}

std::uint32_t u32(std::string_view bytes, std::size_t at)
{
    return static_cast<std::uint32_t>(zipNumber(bytes, at, 4));
}

class Archive {
public:
    explicit Archive(const std::filesystem::path& path)
        : file_(path, std::ios::binary), name_(repairUtf8(path.filename().string()))
    {
        if (!file_) {
            throw Error(Error::Kind::FileUnreadable, "the archive cannot be opened", place(),
                        "Check that it exists and that you may read it.");
        }
        file_.seekg(0, std::ios::end);
        size_ = static_cast<std::uint64_t>(file_.tellg());
    }

    std::string bytes(std::uint64_t at, std::uint64_t count)
    {
        if (at > size_ || count > size_ - at) damaged("its table of contents points outside of it");
        std::string all(count, '\0');
        file_.clear();
        file_.seekg(static_cast<std::streamoff>(at));
        file_.read(all.data(), static_cast<std::streamsize>(count));
        if (static_cast<std::uint64_t>(file_.gcount()) != count) {
            throw Error(Error::Kind::FileUnreadable, "the archive cannot be read to its end",
                        place(), "Copy or download the archive again.");
        }
        return all;
    }

    std::uint64_t size() const { return size_; }
    Place place(std::string entry = {}) const { return {name_, std::move(entry), {}, {}}; }

    [[noreturn]] void damaged(const std::string& what) const
    {
        throw Error(Error::Kind::BadInput, "the archive is damaged: " + what, place(),
                    "Export or download it again, or unpack it yourself and open the folder.");
    }

private:
    std::ifstream file_;
    std::string name_;
    std::uint64_t size_ = 0;
};

struct Directory {
    std::uint64_t at = 0;
    std::uint64_t size = 0;
    std::uint64_t entries = 0;
};

Directory find64(Archive& archive, std::uint64_t end)
{
    if (end < locatorSize) archive.damaged("its end is missing");
    const auto locator = archive.bytes(end - locatorSize, locatorSize);
    if (u32(locator, 0) != locatorSignature) archive.damaged("its end is missing");
    const auto record = archive.bytes(zipNumber(locator, 8, 8), end64Size);
    if (u32(record, 0) != end64Signature) archive.damaged("its end is missing");
    return {zipNumber(record, 48, 8), zipNumber(record, 40, 8), zipNumber(record, 32, 8)};
}

std::optional<Directory> findDirectory(Archive& archive)
{
    const auto tail = std::min<std::uint64_t>(archive.size(), endSize + 0xffff);
    const auto bytes = archive.bytes(archive.size() - tail, tail);
    for (std::size_t at = bytes.size() < endSize ? 0 : bytes.size() - endSize + 1; at-- > 0;) {
        if (u32(bytes, at) != endSignature) continue;
        Directory found{u32(bytes, at + 16), u32(bytes, at + 12), u16(bytes, at + 10)};
        if (found.at == see64 || found.size == see64 || found.entries == 0xffff) {
            found = find64(archive, archive.size() - tail + at);
        }
        return found;
    }
    return std::nullopt;
}

/// Sizes and offsets beyond 4 GB, in this order, each only when needed.
void take64(ZipEntry& entry, std::string_view field)
{
    for (auto* value : {&entry.size, &entry.compressed, &entry.header}) {
        if (*value != see64 || field.size() < 8) continue;
        *value = zipNumber(field, 0, 8);
        field.remove_prefix(8);
    }
}

/// Version, checksum of the name that this belongs to, and the name in UTF-8.
void takeName(ZipEntry& entry, std::string_view field)
{
    if (field.size() < 6 || field[0] != 1) return;
    const std::string raw = entry.rawName;
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(raw.data()), static_cast<uInt>(raw.size()));
    if (sum == u32(field, 1) && !firstBadUtf8(field.substr(5))) entry.unicodeName = field.substr(5);
}

std::vector<ZipEntry> parse(const Archive& archive, std::string_view bytes, std::size_t most)
{
    std::vector<ZipEntry> entries;
    std::size_t at = 0;
    while (at + centralSize <= bytes.size() && u32(bytes, at) == centralSignature) {
        const auto one = bytes.substr(at);
        const std::size_t name = u16(one, 28);
        const std::size_t extra = u16(one, 30);
        const std::size_t whole = centralSize + name + extra + u16(one, 32);
        if (whole > one.size()) archive.damaged("its table of contents is cut off");
        if (entries.size() == most) tooManyEntries(most, archive.place());
        ZipEntry entry;
        entry.fromUnix = (u16(one, 4) >> 8U) == 3;
        entry.flags = u16(one, 8);
        entry.method = u16(one, 10);
        entry.sum = u32(one, 16);
        entry.compressed = u32(one, 20);
        entry.size = u32(one, 24);
        entry.attributes = u32(one, 38);
        entry.header = u32(one, 42);
        entry.rawName = one.substr(centralSize, name);
        takeZipExtra(entry, one.substr(centralSize + name, extra));
        entries.push_back(std::move(entry));
        at += whole;
    }
    return entries;
}

/// Finds where the entry's bytes begin, as the local header has it.
void checkLocal(Archive& archive, ZipEntry& entry)
{
    const auto header = archive.bytes(entry.header, localSize);
    if (u32(header, 0) != localSignature) archive.damaged("an entry is not where it should be");
    const auto length = u16(header, 26);
    const auto name = archive.bytes(entry.header + localSize, length);
    if (name != entry.rawName || u16(header, 8) != entry.method) {
        throw Error(Error::Kind::BadInput,
                    "the archive contradicts itself: its table of contents says \"" +
                        shorten(repairUtf8(entry.rawName), 100) +
                        "\" where the file itself says \"" + shorten(repairUtf8(name), 100) + "\"",
                    archive.place(), "Do not trust this archive; ask for another copy.");
    }
    entry.data = entry.header + localSize + length + u16(header, 28);
    if (entry.compressed > archive.size()) archive.damaged("a file is longer than all of it");
}

void checkOverlaps(Archive& archive, std::vector<ZipEntry>& entries, std::uint64_t directory)
{
    std::vector<ZipEntry*> sorted;
    sorted.reserve(entries.size());
    for (auto& one : entries) sorted.push_back(&one);
    std::ranges::sort(sorted, {}, &ZipEntry::header);
    const ZipEntry* before = nullptr;
    std::uint64_t end = 0;
    for (auto* one : sorted) {
        if (before != nullptr && one->header < end) {
            throw Error(Error::Kind::BadInput,
                        "two files of the archive share the same bytes: \"" +
                            shorten(repairUtf8(before->rawName), 100) + "\" and \"" +
                            shorten(repairUtf8(one->rawName), 100) + "\"",
                        archive.place(), "Such an archive is made to do harm; do not trust it.");
        }
        checkLocal(archive, *one);
        end = one->data + one->compressed;
        before = one;
    }
    if (end > directory) archive.damaged("a file runs into the table of contents");
}

}  // namespace

std::uint64_t zipNumber(std::string_view bytes, std::size_t at, std::size_t width)
{
    std::uint64_t value = 0;
    for (std::size_t i = width; i-- > 0;) {
        value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

void takeZipExtra(ZipEntry& entry, std::string_view extra)
{
    constexpr std::uint16_t long64 = 0x0001;
    constexpr std::uint16_t unicodePath = 0x7075;
    for (std::size_t at = 0; at + 4 <= extra.size();) {
        const std::size_t length = u16(extra, at + 2);
        if (at + 4 + length > extra.size()) return;
        const auto field = extra.substr(at + 4, length);
        if (u16(extra, at) == long64) take64(entry, field);
        if (u16(extra, at) == unicodePath) takeName(entry, field);
        at += 4 + length;
    }
}

std::optional<std::vector<ZipEntry>> readZipDirectory(const std::filesystem::path& path,
                                                      std::size_t most)
{
    Archive archive(path);
    const auto directory = findDirectory(archive);
    if (!directory) return std::nullopt;
    if (directory->entries > most) tooManyEntries(most, archive.place());
    if (directory->size / bytesAnEntry > std::max<std::uint64_t>(directory->entries, 64)) {
        archive.damaged("its table of contents is too long");
    }
    auto entries = parse(archive, archive.bytes(directory->at, directory->size), most);
    if (entries.size() != directory->entries) {
        archive.damaged("its table of contents does not hold as many files as it says");
    }
    checkOverlaps(archive, entries, directory->at);
    return entries;
}

}  // namespace kith
