#include "core/import/lines.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <utility>

namespace kith {
namespace {

constexpr std::size_t chunkBytes = 1U << 18U;
constexpr std::size_t firstBytes = 1U << 14U;  ///< all that a small file needs

unsigned unitAt(const std::string& raw, std::size_t at, bool big)
{
    const auto first = static_cast<unsigned char>(raw[at]);
    const auto second = static_cast<unsigned char>(raw[at + 1]);
    return big ? (unsigned{first} << 8U) + second : (unsigned{second} << 8U) + first;
}

/// The first \r or \n at or after `from`. Two searches for one byte are far faster than one for
/// two; in steps, so that a file without \n is not searched to its end for every line.
std::size_t lineEnd(std::string_view text, std::size_t from)
{
    constexpr std::size_t step = 512;
    for (; from < text.size(); from += step) {
        const auto part = text.substr(from, step);
        const auto feed = part.find('\n');
        const auto before = part.substr(0, feed).find('\r');
        const auto found = before == std::string_view::npos ? feed : before;
        if (found != std::string_view::npos) return from + found;
    }
    return std::string_view::npos;
}

}  // namespace

LineReader::LineReader(ByteSource& source, std::string name, std::size_t longest)
    : source_(source), name_(std::move(name)), longest_(longest), chunk_(firstBytes)
{}

std::optional<std::string_view> LineReader::next()
{
    std::size_t search = at_;
    for (;;) {
        const auto end = lineEnd(buffer_, search);
        // A \r at the very end may be half of \r\n: look further before deciding.
        const bool decided = end != std::string::npos &&
                             (buffer_[end] == '\n' || end + 1 < buffer_.size() || ended_);
        if (decided) {
            const bool pair =
                buffer_[end] == '\r' && end + 1 < buffer_.size() && buffer_[end + 1] == '\n';
            const std::string_view found(buffer_.data() + at_, end - at_);
            byte_ = base_ + at_;
            at_ = end + (pair ? 2 : 1);
            ++line_;
            return found;
        }
        if (ended_) break;
        if (buffer_.size() - at_ > longest_) {
            throw Error(Error::Kind::LimitReached,
                        "the line is longer than " + std::to_string(longest_) + " bytes",
                        {name_, {}, line_ + 1, {}}, "This does not look like a text export.");
        }
        search = end == std::string::npos ? buffer_.size() : end;
        search -= at_;
        base_ += at_;
        buffer_.erase(0, at_);
        at_ = 0;
        fill();
    }
    if (at_ >= buffer_.size()) return std::nullopt;
    const std::string_view rest(buffer_.data() + at_, buffer_.size() - at_);
    byte_ = base_ + at_;
    at_ = buffer_.size();
    ++line_;
    return rest;
}

bool LineReader::fill()
{
    const auto count = source_.read(chunk_);
    if (count == 0) {
        ended_ = true;
        if (encoding_ == Encoding::Undecided) append({});
        return false;
    }
    append({chunk_.data(), count});
    if (count == chunk_.size()) chunk_.resize(chunkBytes);
    return true;
}

void LineReader::append(std::string_view bytes)
{
    if (encoding_ == Encoding::Undecided) {
        raw_ += bytes;
        if (raw_.size() < 3 && !ended_) return;
        const bool mark = raw_.starts_with("\xEF\xBB\xBF");
        encoding_ = raw_.starts_with("\xFF\xFE")   ? Encoding::Utf16Little
                    : raw_.starts_with("\xFE\xFF") ? Encoding::Utf16Big
                                                   : Encoding::Utf8;
        raw_.erase(0, mark ? 3 : encoding_ == Encoding::Utf8 ? 0 : 2);
        base_ = mark ? 3 : 0;
        if (encoding_ == Encoding::Utf8) buffer_ += std::exchange(raw_, {});
    } else if (encoding_ == Encoding::Utf8) {
        buffer_ += bytes;
        return;
    } else {
        raw_ += bytes;
    }
    if (encoding_ != Encoding::Utf8) appendUtf16();
}

void LineReader::appendUtf16()
{
    const bool big = encoding_ == Encoding::Utf16Big;
    std::size_t at = 0;
    while (at + 1 < raw_.size()) {
        const unsigned unit = unitAt(raw_, at, big);
        if (unit >= 0xd800 && unit < 0xdc00) {
            if (at + 3 >= raw_.size()) break;
            const unsigned low = unitAt(raw_, at + 2, big);
            const bool pair = low >= 0xdc00 && low < 0xe000;
            appendUtf8(buffer_, pair ? char32_t{0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00)}
                                     : U'\uFFFD');
            at += pair ? 4 : 2;
            continue;
        }
        appendUtf8(buffer_, unit >= 0xdc00 && unit < 0xe000 ? U'\uFFFD' : char32_t{unit});
        at += 2;
    }
    raw_.erase(0, at);
}

}  // namespace kith
