#pragma once

#include "core/import/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// Cuts a source into lines in constant memory. Lines end with \n, \r\n or a lone \r; a UTF-8
/// byte-order mark is dropped; UTF-16 with a byte-order mark is converted (offsets then count the
/// converted bytes). The bytes are not otherwise checked.
class LineReader {
public:
    /// @param name    for error messages
    /// @param longest longest line in bytes; a longer one is an Error LimitReached with its line
    LineReader(ByteSource& source, std::string name, std::size_t longest = 16U << 20U);

    /// The next line without its end, valid until the next call; nullopt at the end of the source.
    std::optional<std::string_view> next();

    std::uint64_t line() const { return line_; }            ///< of the line given last, from 1
    std::uint64_t byte() const { return byte_; }            ///< where that line starts
    std::uint64_t consumed() const { return base_ + at_; }  ///< behind that line and its end
    /// True once the byte-order mark of UTF-16 was found.
    bool isUtf16() const
    {
        return encoding_ == Encoding::Utf16Little || encoding_ == Encoding::Utf16Big;
    }

private:
    bool fill();
    void append(std::string_view bytes);
    void appendUtf16();

    enum class Encoding { Undecided, Utf8, Utf16Little, Utf16Big };

    ByteSource& source_;
    std::string name_;
    std::size_t longest_;
    std::vector<char> chunk_;
    std::string buffer_;      ///< UTF-8, not yet given
    std::string raw_;         ///< UTF-16 bytes not yet converted
    std::size_t at_ = 0;      ///< start of the next line in buffer_
    std::uint64_t base_ = 0;  ///< offset of buffer_[0]
    bool ended_ = false;
    Encoding encoding_ = Encoding::Undecided;
    std::uint64_t line_ = 0;
    std::uint64_t byte_ = 0;
};

}  // namespace kith
