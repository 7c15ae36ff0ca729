#pragma once

#include "core/base/task.h"
#include "core/import/onefile.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith {

/// A word or sign of the DOT language.
struct DotToken {
    enum class Kind { End, Id, Sign, Arrow, Line, Bad };
    Kind kind = Kind::End;
    std::string text;     ///< of an Id, without quotes; of a Sign, the sign; of Bad, why
    bool quoted = false;  ///< an Id that cannot be a keyword
    std::uint64_t line = 1;
};

/// Cuts a DOT file into words and signs, in constant memory. Comments are passed over; quoted parts
/// joined by "+" are one word. Bytes that are no UTF-8 become U+FFFD.
class DotTokens {
public:
    DotTokens(const OneFile& file, Task& task);

    /// @throws Error LimitReached for a word over 1 MB; Cancelled
    DotToken next();

private:
    static constexpr int end = -1;

    int peek();
    int take();
    bool takeIf(char wanted);
    void passOver();
    void passComment();
    DotToken word();
    DotToken quoted();
    DotToken markup();
    void quotedPart(std::string& text, bool& closed);
    void keep(std::string& text, char c) const;
    DotToken made(DotToken::Kind kind, std::string text) const;

    const OneFile& file_;
    Task& task_;
    std::unique_ptr<ByteSource> source_;
    std::vector<char> chunk_;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::uint64_t line_ = 1;
    std::uint64_t begin_ = 1;  ///< line of the word at hand
    bool lineStart_ = true;
};

}  // namespace kith
