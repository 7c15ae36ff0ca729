#include "core/import/tarheaders.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/packagenames.h"
#include "core/import/tar.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

// Fields of a header: POSIX.1-1988 (ustar), with GNU's numbers in base 256.
constexpr std::size_t blockBytes = 512;
constexpr std::size_t nameSize = 100;
constexpr std::size_t sizeAt = 124;
constexpr std::size_t sumAt = 148;
constexpr std::size_t sumSize = 8;
constexpr std::size_t typeAt = 156;
constexpr std::size_t magicAt = 257;
constexpr std::size_t prefixAt = 345;
constexpr std::size_t prefixSize = 155;
constexpr std::uint64_t longestExtra = 1U << 20U;

std::string_view textField(std::string_view header, std::size_t at, std::size_t size)
{
    const auto field = header.substr(at, size);
    return field.substr(0, field.find('\0'));
}

std::optional<std::uint64_t> numberField(std::string_view header, std::size_t at, std::size_t size)
{
    const auto field = header.substr(at, size);
    std::uint64_t value = 0;
    if ((static_cast<unsigned char>(field[0]) & 0x80U) != 0) {
        value = static_cast<unsigned char>(field[0]) & 0x7fU;
        for (const char c : field.substr(1)) {
            if (value >> 55U != 0) return std::nullopt;
            value = value << 8U | static_cast<unsigned char>(c);
        }
        return value;
    }
    const auto digits = trim(field.substr(0, field.find('\0')));
    for (const char c : digits) {
        if (c < '0' || c > '7') return std::nullopt;
        value = value << 3U | static_cast<unsigned>(c - '0');
    }
    return value;
}

bool checksumIsRight(std::string_view header)
{
    const auto stated = numberField(header, sumAt, sumSize);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < blockBytes; ++i) {
        const bool own = i >= sumAt && i < sumAt + sumSize;
        sum += static_cast<unsigned char>(own ? ' ' : header[i]);
    }
    return stated && *stated == sum;
}

bool isBlank(std::string_view block)
{
    return block.find_first_not_of('\0') == std::string_view::npos;
}

std::uint64_t padded(std::uint64_t size)
{
    return (size + blockBytes - 1) / blockBytes * blockBytes;
}

}  // namespace

bool beginsLikeTar(std::string_view head)
{
    if (head.size() < blockBytes) return false;
    head = head.substr(0, blockBytes);
    return head[0] != '\0' && checksumIsRight(head);
}

TarHeaders::TarHeaders(ByteSource& source, Place place)
    : source_(source), place_(std::move(place)), buffer_(1U << 16U)
{}

std::optional<TarEntry> TarHeaders::next()
{
    std::string header;
    for (;;) {
        end_ = End::InsideFile;
        if (!skip(std::exchange(toSkip_, 0))) return std::nullopt;
        end_ = End::BetweenFiles;
        const auto got = block(header);
        if (got == 0) end_ = End::Unmarked;
        if (got < blockBytes) return std::nullopt;
        if (isBlank(header)) {
            end_ = End::Marked;
            return std::nullopt;
        }
        if (!checksumIsRight(header)) damaged();
        const char type = header[typeAt];
        const auto size = sizeOf(header);
        if (type != 'x' && type != 'g' && type != 'L' && type != 'K' && type != 'V') {
            return entry(header);
        }
        const auto text = content(size);
        if (!text) return std::nullopt;
        if (type == 'x') takePax(*text);
        if (type == 'L') longName_ = textField(*text, 0, text->size());
    }
}

TarEntry TarHeaders::entry(const std::string& header)
{
    TarEntry entry;
    entry.rawName = std::exchange(longName_, {});
    if (entry.rawName.empty()) {
        entry.rawName = textField(header, 0, nameSize);
        const auto prefix = textField(header, prefixAt, prefixSize);
        if (header.compare(magicAt, 6, std::string_view("ustar\0", 6)) == 0 && !prefix.empty()) {
            entry.rawName = std::string(prefix) + "/" + entry.rawName;
        }
    }
    while (entry.rawName.starts_with("./")) entry.rawName.erase(0, 2);
    const char type = header[typeAt];
    const bool file = type == '0' || type == '\0' || type == '7';
    entry.folder = type == '5' || (file && (entry.rawName.ends_with('/') || entry.rawName.empty()));
    if ((!file && !entry.folder) || std::exchange(sparse_, false)) {
        throw Error(Error::Kind::BadInput,
                    "\"" + visibleName(repairUtf8(entry.rawName)) +
                        "\" is a link or device or the like, not a file",
                    place_, "Ask for an archive that holds the files themselves.");
    }
    entry.size = entry.folder ? 0 : size_.value_or(sizeOf(header));
    size_.reset();
    entry.at = at_;
    toSkip_ = padded(entry.size);
    return entry;
}

std::uint64_t TarHeaders::sizeOf(const std::string& header) const
{
    constexpr std::uint64_t most = 1ULL << 60U;
    const auto size = numberField(header, sizeAt, 12);
    if (!size || *size > most) damaged();
    return *size;
}

/// "27 path=folder/a long name\n", one after the other.
void TarHeaders::takePax(const std::string& records)
{
    std::string_view rest = records;
    while (!rest.empty() && rest.front() != '\0') {
        const auto space = rest.find(' ');
        const auto length = parseInteger(rest.substr(0, space));
        if (space == std::string_view::npos || !length || *length < 0 ||
            static_cast<std::uint64_t>(*length) > rest.size() ||
            static_cast<std::uint64_t>(*length) < space + 2) {
            damaged();
        }
        const auto record = rest.substr(space + 1, static_cast<std::size_t>(*length) - space - 2);
        rest.remove_prefix(static_cast<std::size_t>(*length));
        const auto equals = record.find('=');
        if (equals == std::string_view::npos) damaged();
        const auto key = record.substr(0, equals);
        const auto value = record.substr(equals + 1);
        if (key == "path") longName_ = value;
        if (key.starts_with("GNU.sparse")) sparse_ = true;
        if (key != "size") continue;
        const auto size = parseInteger(value);
        if (!size || *size < 0 || *size > std::int64_t{1} << 60) damaged();
        size_ = static_cast<std::uint64_t>(*size);
    }
}

/// The text of a header that stands for the next one.
std::optional<std::string> TarHeaders::content(std::uint64_t size)
{
    if (size > longestExtra) damaged();
    std::string all;
    std::string one;
    while (all.size() < padded(size)) {
        if (block(one) < blockBytes) return std::nullopt;
        all += one;
    }
    all.resize(size);
    return all;
}

std::size_t TarHeaders::block(std::string& into)
{
    into.assign(blockBytes, '\0');
    std::size_t filled = 0;
    while (filled < blockBytes) {
        const auto count = source_.read({into.data() + filled, blockBytes - filled});
        if (count == 0) break;
        filled += count;
    }
    at_ += filled;
    return filled;
}

bool TarHeaders::skip(std::uint64_t count)
{
    while (count > 0) {
        const auto step = std::min<std::uint64_t>(count, buffer_.size());
        const auto got = source_.read({buffer_.data(), static_cast<std::size_t>(step)});
        if (got == 0) return false;
        at_ += got;
        count -= got;
    }
    return true;
}

void TarHeaders::damaged() const
{
    Place place = place_;
    place.byte = at_;
    throw Error(Error::Kind::BadInput, "the archive is damaged: a header in it makes no sense",
                place, "Export or download it again.");
}

}  // namespace kith
