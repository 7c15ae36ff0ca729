#include "core/import/lines.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t chunkBytes = 1U << 18U;

unsigned unitAt(const std::string& raw, std::size_t at, bool big)
{
    const auto first = static_cast<unsigned char>(raw[at]);
    const auto second = static_cast<unsigned char>(raw[at + 1]);
    return big ? (unsigned{first} << 8U) + second : (unsigned{second} << 8U) + first;
}

}  // namespace

LineReader::LineReader(ByteSource& source, std::string name, std::size_t longest)
    : source_(source), name_(std::move(name)), longest_(longest), ahead_(source)
{}

std::size_t LineReader::Mark::find(std::string_view text, std::uint64_t from)
{
    if (!known_ || at_ < from) {
        const auto start = searched_ > from ? static_cast<std::size_t>(searched_ - from) : 0;
        const auto found = text.find(sign_, start);
        known_ = found != std::string_view::npos;
        at_ = from + found;
        searched_ = from + (known_ ? found + 1 : text.size());
    }
    return known_ ? static_cast<std::size_t>(at_ - from) : std::string_view::npos;
}

std::optional<std::string_view> LineReader::next()
{
    if (encoding_ == Encoding::Undecided) ended_ = !decide();
    for (;;) {
        const auto text = ahead_.text();
        const auto end =
            std::min(feed_.find(text, ahead_.used()), return_.find(text, ahead_.used()));
        const bool found = end != std::string_view::npos;
        // A \r at the very end may be half of \r\n: look further before deciding.
        if (found && (text[end] == '\n' || end + 1 < text.size() || ended_)) {
            const bool pair = text.substr(end).starts_with("\r\n");
            return give(end, end + (pair ? 2 : 1));
        }
        if (ended_) break;
        if (text.size() > longest_) {
            throw Error(Error::Kind::LimitReached,
                        "the line is longer than " + std::to_string(longest_) + " bytes",
                        {name_, {}, line_ + 1, {}}, "This does not look like a text export.");
        }
        ended_ = !fill();
    }
    const auto rest = ahead_.text().size();
    if (rest == 0) return std::nullopt;
    return give(rest, rest);
}

/// The first bytes of what is ahead are a line, and up to `end` they belong to it.
std::string_view LineReader::give(std::size_t length, std::size_t end)
{
    char* const start = ahead_.data();
    start[length] = '\0';
    byte_ = ahead_.used();
    ahead_.use(end);
    ++line_;
    return {start, length};
}

/// Finds out how the text is written and passes over its mark. @return false when it has ended
bool LineReader::decide()
{
    bool more = true;
    while (more && ahead_.text().size() < 3) more = ahead_.more();
    const auto text = ahead_.text();
    if (text.starts_with("\xEF\xBB\xBF")) ahead_.use(3);
    encoding_ = text.starts_with("\xFF\xFE")   ? Encoding::Utf16Little
                : text.starts_with("\xFE\xFF") ? Encoding::Utf16Big
                                               : Encoding::Utf8;
    if (!isUtf16()) return more;
    raw_ = text.substr(2);
    ahead_.restart();
    appendUtf16();
    return more;
}

bool LineReader::fill()
{
    if (!isUtf16()) return ahead_.more();
    chunk_.resize(chunkBytes);
    const auto count = source_.read(chunk_);
    raw_.append(chunk_.data(), count);
    appendUtf16();
    return count > 0;
}

void LineReader::appendUtf16()
{
    std::string text;
    const bool big = encoding_ == Encoding::Utf16Big;
    std::size_t at = 0;
    while (at + 1 < raw_.size()) {
        const unsigned unit = unitAt(raw_, at, big);
        if (unit >= 0xd800 && unit < 0xdc00) {
            if (at + 3 >= raw_.size()) break;
            const unsigned low = unitAt(raw_, at + 2, big);
            const bool pair = low >= 0xdc00 && low < 0xe000;
            appendUtf8(text, pair ? char32_t{0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00)}
                                  : U'\uFFFD');
            at += pair ? 4 : 2;
            continue;
        }
        appendUtf8(text, unit >= 0xdc00 && unit < 0xe000 ? U'\uFFFD' : char32_t{unit});
        at += 2;
    }
    raw_.erase(0, at);
    ahead_.append(text);
}

}  // namespace kith
