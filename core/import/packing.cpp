#include "core/import/packing.h"

#include "core/base/text.h"
#include "core/import/filesource.h"
#include "core/import/packagenames.h"
#include "core/import/question.h"
#include "core/import/tar.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace kith {
namespace {

using namespace std::string_view_literals;

/// Passes bytes on and counts them.
class CountedSource final : public ByteSource {
public:
    CountedSource(std::unique_ptr<ByteSource> inner, const UnpackLimit& limit, std::string entry)
        : inner_(std::move(inner)), limit_(limit), entry_(std::move(entry))
    {}

    std::size_t read(std::span<char> buffer) override
    {
        const auto count = inner_->read(buffer);
        produced_ += count;
        limit_.check(produced_, entry_);
        return count;
    }

private:
    std::unique_ptr<ByteSource> inner_;
    UnpackLimit limit_;
    std::string entry_;
    std::uint64_t produced_ = 0;
};

std::unique_ptr<ByteSource> unpacked(const std::filesystem::path& path, Packing packing,
                                     const Limits& limits, const Place& place)
{
    auto file = std::make_unique<FileSource>(path, place);
    auto bytes = packing == Packing::Gzip ? gunzipped(std::move(file), place)
                                          : unzstd(std::move(file), limits.windowLog, place);
    const UnpackLimit limit(limits, std::filesystem::file_size(path), place.file);
    return std::make_unique<CountedSource>(std::move(bytes), limit, std::string());
}

/// "2016-April.txt" of "2016-April.txt.gz".
std::string withoutEnding(std::string name)
{
    const auto lower = asciiLower(name);
    for (const auto ending : {".gz"sv, ".gzip"sv, ".zst"sv, ".zstd"sv}) {
        if (lower.size() > ending.size() && lower.ends_with(ending)) {
            name.resize(name.size() - ending.size());
            break;
        }
    }
    return name;
}

/// gzip keeps the size (of its last member, below 4 GB) in its last four bytes.
std::uint64_t declaredSize(const std::filesystem::path& path, Packing packing)
{
    constexpr std::uint64_t usualRatio = 5;
    const auto packed = std::filesystem::file_size(path);
    if (packing != Packing::Gzip || packed < 18) return packed * usualRatio;
    FileSource tail(path, {}, packed - 4);
    const auto bytes = headOf(tail, 4);
    std::uint64_t size = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        size = size << 8U | static_cast<unsigned char>(bytes[i]);
    }
    return std::max(size, packed);
}

class PackedFile final : public Package {
public:
    PackedFile(const std::filesystem::path& path, Packing packing, const Limits& limits)
        : path_(path), packing_(packing), limits_(limits)
    {
        name_ = fileNameOf(path);
        entries_.push_back({withoutEnding(name_), declaredSize(path, packing)});
    }

    std::unique_ptr<ByteSource> open(std::size_t) const override
    {
        return unpacked(path_, packing_, limits_, {name_, {}, {}, {}});
    }

private:
    std::filesystem::path path_;
    Packing packing_;
    Limits limits_;
};

}  // namespace

Packing packingOf(std::string_view head)
{
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return Packing::Zip;
    if (head.starts_with("\x1F\x8B")) return Packing::Gzip;
    if (head.starts_with("\x28\xB5\x2F\xFD")) return Packing::Zstandard;
    // A skippable frame in front of the first one.
    if (head.size() >= 4 && head.substr(1).starts_with("\x2A\x4D\x18") &&
        (static_cast<unsigned char>(head[0]) & 0xf0U) == 0x50) {
        return Packing::Zstandard;
    }
    return beginsLikeTar(head) ? Packing::Tar : Packing::Plain;
}

std::string_view nameOf(Packing packing)
{
    switch (packing) {
    case Packing::Zip: return "a zip archive";
    case Packing::Gzip: return "a gzip archive";
    case Packing::Zstandard: return "a Zstandard archive";
    case Packing::Tar: return "a tar archive";
    case Packing::Plain: break;
    }
    return "a plain file";
}

std::string headOf(ByteSource& source, std::size_t most)
{
    std::string head(most, '\0');
    std::size_t filled = 0;
    while (filled < most) {
        const auto count = source.read({head.data() + filled, most - filled});
        if (count == 0) break;
        filled += count;
    }
    head.resize(filled);
    return head;
}

UnpackLimit::UnpackLimit(const Limits& limits, std::uint64_t packed, std::string archive)
    : most_(limits.bytes), archive_(std::move(archive))
{
    const auto byRatio =
        packed > limits.bytes / limits.ratio ? limits.bytes : packed * limits.ratio;
    most_ = std::min(limits.bytes, std::max(limits.alwaysAllowed, byRatio));
}

void UnpackLimit::check(std::uint64_t produced, const std::string& entry) const
{
    if (produced <= most_) return;
    throw AnswerNeeded(
        {Question::About::Limits, {}, {}},
        "the archive unpacks to more than " + withSeparators(static_cast<std::int64_t>(most_)) +
            " bytes, far more than a conversation would",
        {archive_, entry, {}, {}}, "If you trust it, pass --raise-limits to read it all the same.");
}

void tooManyEntries(std::size_t most, const Place& place)
{
    throw AnswerNeeded(
        {Question::About::Limits, {}, {}},
        "the archive holds more than " + withSeparators(static_cast<std::int64_t>(most)) + " files",
        place,
        "If you trust it, pass --raise-limits; or unpack it and open only the part "
        "you need.");
}

std::set<std::string> chosenOfWhole(const std::vector<std::string>& whole,
                                    const std::set<std::string>& wanted, const Place& place)
{
    constexpr std::size_t mostNamed = 10;
    if (whole.empty()) {
        throw Error(Error::Kind::BadInput,
                    "the archive is damaged: it is cut off, and no file in it is whole", place,
                    "Export or download it again.");
    }
    std::vector<std::string> named;
    for (const auto& name : whole) {
        if (named.size() < mostNamed) named.push_back("\"" + visibleName(name) + "\"");
    }
    if (whole.size() > mostNamed) named.push_back(fmt::format("{} more", whole.size() - mostNamed));
    if (wanted.contains("*")) return {whole.begin(), whole.end()};
    std::set<std::string> chosen;
    for (const auto& name : wanted) {
        if (std::ranges::find(whole, name) == whole.end()) {
            throw Error(Error::Kind::BadInput,
                        "the archive is cut off, and \"" + visibleName(name) +
                            "\" is not among the files that are whole: " + join(named, ", "),
                        place, "Export or download the archive again.");
        }
        chosen.insert(name);
    }
    if (!chosen.empty()) return chosen;
    Question question{Question::About::Chats, {}, {}};
    question.choices.push_back({"*", fmt::format("all {} files that are whole", whole.size())});
    for (const auto& name : whole) question.choices.push_back({name, visibleName(name)});
    throw AnswerNeeded(
        std::move(question),
        fmt::format("the archive is damaged: it is cut off; {} of its files {} whole: {}",
                    whole.size(), whole.size() == 1 ? "is" : "are", join(named, ", ")),
        place,
        "Export or download it again; or pass --chat '*' to read what is whole, or --chat NAME for "
        "one of the files.");
}

std::unique_ptr<Package> openPacked(const std::filesystem::path& path, Packing packing,
                                    const Limits& limits, const std::set<std::string>& wanted)
{
    const Place place{fileNameOf(path), {}, {}, {}};
    const auto source = unpacked(path, packing, limits, place);
    if (!beginsLikeTar(headOf(*source))) return std::make_unique<PackedFile>(path, packing, limits);
    return openTar(
        path, [path, packing, limits, place] { return unpacked(path, packing, limits, place); },
        limits, wanted);
}

}  // namespace kith
