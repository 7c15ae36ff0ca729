#pragma once

#include "core/import/readahead.h"

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
    /// Behind it stands a NUL, and somewhere a seal (readahead.h).
    std::optional<std::string_view> next();

    std::uint64_t line() const { return line_; }              ///< of the line given last, from 1
    std::uint64_t byte() const { return byte_; }              ///< where that line starts
    std::uint64_t consumed() const { return ahead_.used(); }  ///< behind that line and its end
    /// True once the byte-order mark of UTF-16 was found.
    bool isUtf16() const
    {
        return encoding_ == Encoding::Utf16Little || encoding_ == Encoding::Utf16Big;
    }

private:
    /// Where the next of one sign stands. Every byte is looked at once, however often one asks.
    class Mark {
    public:
        explicit Mark(char sign) : sign_(sign) {}

        /// @param from offset of text.front() in the source
        /// @return its place in the text; npos = not in it
        std::size_t find(std::string_view text, std::uint64_t from);

    private:
        char sign_;
        bool known_ = false;
        std::uint64_t at_ = 0;        ///< offset of the one found
        std::uint64_t searched_ = 0;  ///< offset behind what has been looked through
    };

    std::string_view give(std::size_t length, std::size_t end);
    bool fill();
    bool decide();
    void appendUtf16();

    enum class Encoding { Undecided, Utf8, Utf16Little, Utf16Big };

    ByteSource& source_;
    std::string name_;
    std::size_t longest_;
    ReadAhead ahead_;  ///< UTF-8, not yet given
    Mark feed_{'\n'};
    Mark return_{'\r'};
    std::vector<char> chunk_;  ///< of UTF-16
    std::string raw_;          ///< UTF-16 bytes not yet converted
    bool ended_ = false;
    Encoding encoding_ = Encoding::Undecided;
    std::uint64_t line_ = 0;
    std::uint64_t byte_ = 0;
};

}  // namespace kith
