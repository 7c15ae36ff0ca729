#include "core/import/readahead.h"

#include <algorithm>

namespace kith {
namespace {

constexpr std::uint64_t mostBytes = 1U << 18U;
constexpr std::uint64_t fewestBytes = 1U << 14U;  ///< all that a small file needs

}  // namespace

bool ReadAhead::more()
{
    // As much as was read so far: one line by itself is read as cheaply as a line of a large file.
    const auto bytes = std::clamp(base_ + end_, fewestBytes, mostBytes);
    reserve(bytes);
    const auto count = source_.read({buffer_.get() + end_, bytes});
    end_ += count;
    seal(buffer_.get() + end_);
    return count > 0;
}

void ReadAhead::append(std::string_view bytes)
{
    reserve(bytes.size());
    std::ranges::copy(bytes, buffer_.get() + end_);
    end_ += bytes.size();
    seal(buffer_.get() + end_);
}

/// Forgets what has been used, and makes room for so many bytes behind the rest.
void ReadAhead::reserve(std::size_t count)
{
    const auto kept = end_ - at_;
    const auto needed = kept + count + sealBytes;
    if (needed > room_) {
        const auto room = std::max(needed, 2 * room_);
        auto larger = std::make_unique_for_overwrite<char[]>(room);
        std::copy_n(buffer_.get() + at_, kept, larger.get());
        buffer_ = std::move(larger);
        room_ = room;
    } else if (at_ > 0) {
        std::memmove(buffer_.get(), buffer_.get() + at_, kept);
    }
    base_ += at_;
    at_ = 0;
    end_ = kept;
    seal(buffer_.get() + end_);
}

}  // namespace kith
