#include "core/import/tar.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/filesource.h"
#include "core/import/packagenames.h"
#include "core/import/packing.h"
#include "core/import/tarheaders.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace kith {
namespace {

/// One stream over the archive, somewhere in it.
struct Walk {
    std::unique_ptr<ByteSource> bytes;
    std::uint64_t at = 0;
};

/// Streams that nobody reads any more, kept where they stand for whoever comes next.
class Walks {
public:
    explicit Walks(TarBytes bytes) : bytes_(std::move(bytes)) {}

    /// A stream that stands at `at`: the nearest that has not passed it, else a new one.
    Walk at(std::uint64_t at)
    {
        Walk walk = take(at);
        if (!walk.bytes) walk.bytes = bytes_();
        std::vector<char> buffer(1U << 16U);
        while (walk.at < at) {
            const auto step = std::min<std::uint64_t>(at - walk.at, buffer.size());
            const auto got = walk.bytes->read({buffer.data(), static_cast<std::size_t>(step)});
            if (got == 0) break;
            walk.at += got;
        }
        return walk;
    }

    void giveBack(Walk walk)
    {
        constexpr std::size_t kept = 4;
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(walk));
        if (idle_.size() > kept) idle_.erase(idle_.begin());
    }

private:
    Walk take(std::uint64_t at)
    {
        const std::lock_guard lock(mutex_);
        auto best = idle_.end();
        for (auto one = idle_.begin(); one != idle_.end(); ++one) {
            if (one->at <= at && (best == idle_.end() || one->at > best->at)) best = one;
        }
        if (best == idle_.end()) return {};
        Walk walk = std::move(*best);
        idle_.erase(best);
        return walk;
    }

    TarBytes bytes_;
    std::mutex mutex_;
    std::vector<Walk> idle_;
};

class TarSource final : public ByteSource {
public:
    TarSource(std::shared_ptr<Walks> walks, const TarEntry& entry, Place place)
        : walks_(std::move(walks)),
          walk_(walks_->at(entry.at)),
          left_(entry.size),
          place_(std::move(place))
    {}

    ~TarSource() override { walks_->giveBack(std::move(walk_)); }
    TarSource(const TarSource&) = delete;
    TarSource& operator=(const TarSource&) = delete;

    std::size_t read(std::span<char> buffer) override
    {
        const auto wanted = std::min<std::uint64_t>(buffer.size(), left_);
        if (wanted == 0) return 0;
        const auto got = walk_.bytes->read(buffer.first(static_cast<std::size_t>(wanted)));
        if (got == 0) {
            throw Error(Error::Kind::BadInput, "the archive ends in the middle of this file",
                        place_, "Export or download it again.");
        }
        walk_.at += got;
        left_ -= got;
        return got;
    }

private:
    std::shared_ptr<Walks> walks_;
    Walk walk_;
    std::uint64_t left_;
    Place place_;
};

class TarPackage final : public Package {
public:
    TarPackage(const std::filesystem::path& path, TarBytes bytes, const Limits& limits,
               const std::set<std::string>& wanted)
        : path_(path), packed_(bytes != nullptr)
    {
        name_ = fileNameOf(path);
        collection_ = true;
        if (!packed_) {
            bytes = [path, name = name_] {
                return std::make_unique<FileSource>(path, Place{name, {}, {}, {}});
            };
        }
        walks_ = std::make_shared<Walks>(bytes);
        if (list(*bytes(), limits)) keepWhole(wanted);
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        const auto& one = places_.at(entry);
        Place place{name_, entries_[entry].name, {}, {}};
        if (!packed_)
            return std::make_unique<FileSource>(path_, std::move(place), one.at, one.size);
        return std::make_unique<TarSource>(walks_, one, std::move(place));
    }

private:
    /// @return true when the archive is cut off; the entries listed are then whole
    bool list(ByteSource& bytes, const Limits& limits)
    {
        NameCheck names(name_);
        TarHeaders headers(bytes, {name_, {}, {}, {}});
        try {
            std::size_t count = 0;
            while (auto entry = headers.next()) {
                lastListed_ = false;
                if (++count > limits.entries) tooManyEntries(limits.entries, {name_, {}, {}, {}});
                take(std::move(*entry), names);
            }
        } catch (const CutOff&) {
            // What is packed as one stream shows only here that its end is missing.
            return cut(headers.end());
        }
        if (headers.end() == TarHeaders::End::Unmarked) {
            notes_.push_back(
                {{name_, {}, {}, {}},
                 "the archive lacks its end mark: if it was cut off, files are missing"});
            return false;
        }
        return headers.end() != TarHeaders::End::Marked && cut(headers.end());
    }

    bool cut(TarHeaders::End end)
    {
        if (end == TarHeaders::End::InsideFile && lastListed_) {
            entries_.pop_back();
            places_.pop_back();
        }
        return true;
    }

    void take(TarEntry entry, NameCheck& names)
    {
        if (entry.folder && entry.rawName.empty()) return;
        auto name = entry.rawName;
        std::string other;
        if (firstBadUtf8(name)) {
            const auto readings = oldCodePageReadings(entry.rawName);
            name = readings.windows;
            other = readings.dos;
        }
        names.check(name, entry.at);
        if (entry.folder || isHidden(name)) return;
        if (!other.empty()) notes_.push_back({{name_, name, {}, {}}, twoReadings(name, other)});
        lastListed_ = true;
        entries_.push_back({std::move(name), entry.size});
        places_.push_back(std::move(entry));
    }

    void keepWhole(const std::set<std::string>& wanted)
    {
        keepChosen(entries_, places_, wanted, {name_, {}, {}, {}});
        partial_ = true;
    }

    std::filesystem::path path_;
    bool packed_;
    std::shared_ptr<Walks> walks_;
    std::vector<TarEntry> places_;
    bool lastListed_ = false;  ///< the entry met last is the last of entries_
};

}  // namespace

std::unique_ptr<Package> openTar(const std::filesystem::path& path, TarBytes bytes,
                                 const Limits& limits, const std::set<std::string>& wanted)
{
    return std::make_unique<TarPackage>(path, std::move(bytes), limits, wanted);
}

}  // namespace kith
