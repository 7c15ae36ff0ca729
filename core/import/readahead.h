#pragma once

#include "core/import/source.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace kith {

/// What stands behind text that Json parses where it stands: a NUL, a quote and more NULs, so that
/// neither a number nor a string runs on, and whole registers may be read at its end.
inline constexpr std::size_t sealBytes = 64;
inline void seal(char* end)
{
    std::memset(end, 0, sealBytes);
    end[1] = '"';
}

/// The bytes of a source that have been read and not yet used, in one piece and sealed. Read
/// straight to where they stay: at most a quarter of a megabyte, or what is wanted in one piece.
class ReadAhead {
public:
    explicit ReadAhead(ByteSource& source) : source_(source) { reserve(0); }

    std::string_view text() const { return {buffer_.get() + at_, end_ - at_}; }
    /// The same, to be changed: what has been used need not stay as it was.
    char* data() { return buffer_.get() + at_; }

    /// Moves behind the first bytes of text(). They stay where they are until the next more() or
    /// append().
    void use(std::size_t count) { at_ += count; }
    std::uint64_t used() const { return base_ + at_; }  ///< how many bytes, all in all

    /// Reads on. @return false at the end of the source
    bool more();

    /// For bytes that have to be converted first: puts them behind the others.
    void append(std::string_view bytes);
    /// Forgets all that is there and counts from 0 again.
    void restart() { at_ = end_ = base_ = 0; }

private:
    void reserve(std::size_t count);

    ByteSource& source_;
    std::unique_ptr<char[]> buffer_;
    std::size_t room_ = 0;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    std::uint64_t base_ = 0;  ///< offset of buffer_[0]
};

}  // namespace kith
