#include "core/base/error.h"
#include "core/import/json.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace kith {
namespace {

constexpr std::size_t chunkBytes = 1U << 18U;
constexpr std::size_t longestScalar = 1U << 16U;
constexpr std::size_t deepest = 64;
constexpr std::size_t mostScalars = 1000;  ///< that are kept; no format has a tenth of that

/// Where the next quote or backslash stands, or the end.
std::size_t quoteOrSlash(std::string_view text, std::size_t at)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i slash = _mm_set1_epi8('\\');
    for (; at + sizeof(__m128i) <= text.size(); at += sizeof(__m128i)) {
        const auto here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        const auto found = static_cast<unsigned>(_mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(here, quote), _mm_cmpeq_epi8(here, slash))));
        if (found != 0) return at + static_cast<unsigned>(std::countr_zero(found));
    }
#endif
    while (at < text.size() && text[at] != '"' && text[at] != '\\') ++at;
    return at;
}

std::uint64_t lineEnds(std::string_view text)
{
    std::uint64_t count = 0;
    std::size_t at = 0;
#ifdef __SSE2__
    constexpr std::size_t most = 255;  // that one byte can count
    const __m128i feed = _mm_set1_epi8('\n');
    while (at + sizeof(__m128i) <= text.size()) {
        __m128i counts = _mm_setzero_si128();
        const auto steps = std::min(most, (text.size() - at) / sizeof(__m128i));
        for (std::size_t i = 0; i < steps; ++i, at += sizeof(__m128i)) {
            const auto here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
            counts = _mm_sub_epi8(counts, _mm_cmpeq_epi8(here, feed));
        }
        const __m128i sums = _mm_sad_epu8(counts, _mm_setzero_si128());
        count += static_cast<std::uint64_t>(_mm_cvtsi128_si64(sums)) +
                 static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
    }
#endif
    const auto rest = text.substr(at);
    return count + static_cast<std::uint64_t>(std::count(rest.begin(), rest.end(), '\n'));
}

bool endsScalar(char one)
{
    return one == ',' || one == ']' || one == '}' || one == ' ' || one == '\n' || one == '\r' ||
           one == '\t';
}

/// Finds where one value ends: brackets outside of strings.
class ValueEnd {
public:
    /// Looks through the next bytes of the value.
    /// @param done becomes true when it ends in them
    /// @return how many of them belong to the value
    std::size_t feed(std::string_view text, bool& done)
    {
        std::size_t at = 0;
        while (at < text.size() && !done) {
            if (std::exchange(escaped_, false)) {
                ++at;
            } else if (inString_) {
                at = insideString(text, at, done);
            } else if (scalar_) {
                done = endsScalar(text[at]);
                at += done ? 0 : 1;
            } else {
                done = outside(text[at++]);
            }
        }
        return at;
    }

private:
    std::size_t insideString(std::string_view text, std::size_t at, bool& done)
    {
        at = quoteOrSlash(text, at);
        if (at == text.size()) return at;
        escaped_ = text[at] == '\\';
        inString_ = escaped_;
        done = !inString_ && depth_ == 0;
        return at + 1;
    }

    bool outside(char one)
    {
        switch (one) {
        case '"': inString_ = true; return false;
        case '{':
        case '[': ++depth_; return false;
        case '}':
        case ']': return --depth_ == 0;
        default: scalar_ = depth_ == 0; return false;
        }
    }

    std::size_t depth_ = 0;
    bool inString_ = false;
    bool escaped_ = false;
    bool scalar_ = false;
};

}  // namespace

JsonElements::JsonElements(ByteSource& source, Place where, std::vector<std::string> paths,
                           std::size_t longest)
    : source_(source),
      where_(std::move(where)),
      paths_(std::move(paths)),
      longest_(longest),
      entered_(paths_.size()),
      chunk_(chunkBytes)
{}

std::optional<JsonElements::Element> JsonElements::next()
{
    if (broken_) return std::nullopt;
    if (!started_ && !start()) return std::nullopt;
    while (!frames_.empty()) {
        const bool object = frames_.back().object;
        if (!separator(object ? '}' : ']')) {
            if (broken_) return std::nullopt;
            continue;
        }
        if (object) {
            if (!member()) return std::nullopt;
            continue;
        }
        const auto path = frames_.back().wanted;
        if (!path) {
            if (!value(frames_.back().path + "[]")) return std::nullopt;
            continue;
        }
        const Place place = here();
        bool tooLong = false;
        const auto raw = capture(longest_, tooLong);
        if (!raw) return breakOff("the file ends in the middle of a record", place);
        return Element{tooLong ? std::string_view() : *raw, *path, place};
    }
    skipSpace();
    if (peek() >= 0) return breakOff("there is more text behind the end of the document");
    return std::nullopt;
}

std::optional<std::string> JsonElements::scalar(const std::string& path) const
{
    const auto found = scalars_.find(path);
    return found == scalars_.end() ? std::nullopt : std::optional(found->second);
}

bool JsonElements::start()
{
    started_ = true;
    while (buffer_.size() < 3 && more()) {
    }
    if (buffer_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    skipSpace();
    const int first = peek();
    if (first == '{' || first == '[') {
        enter({});
        return true;
    }
    breakOff(first < 0 ? "the file is empty" : "the document begins with neither { nor [");
    return false;
}

/// Moves to the next item of the innermost container; false when it ended, or broken_ is set.
bool JsonElements::separator(char close)
{
    skipSpace();
    const int found = peek();
    if (found < 0) {
        breakOff("the file ends before its list of records is closed");
        return false;
    }
    if (found == close) {
        advance(1);
        frames_.pop_back();
        return false;
    }
    auto& frame = frames_.back();
    if (std::exchange(frame.first, false)) return true;
    if (found != ',') {
        breakOff("a comma should stand here");
        return false;
    }
    advance(1);
    skipSpace();
    if (peek() < 0) {
        breakOff("the file ends before its list of records is closed");
        return false;
    }
    return true;
}

bool JsonElements::member()
{
    bool tooLong = false;
    if (peek() != '"') {
        breakOff("a key in quotes should stand here");
        return false;
    }
    const Place place = here();
    const auto raw = capture(longestScalar, tooLong);
    if (!raw || tooLong) {
        breakOff("the key that begins here has no end", place);
        return false;
    }
    std::string key;
    try {
        key = Json::parse(*raw, place).text();
    } catch (const Error& error) {
        breakOff(error.cause(), error.where());
        return false;
    }
    skipSpace();
    if (peek() != ':') {
        breakOff(peek() < 0 ? "the file ends in the middle of a record"
                            : "a colon should stand here");
        return false;
    }
    advance(1);
    skipSpace();
    const auto& outer = frames_.back().path;
    return value(outer.empty() ? key : outer + "." + key);
}

/// Enters the value, notes it when it is a scalar, or passes over it.
bool JsonElements::value(const std::string& path)
{
    const int first = peek();
    const bool container = first == '{' || first == '[';
    if (container && interesting(path)) {
        enter(path);
        return true;
    }
    const Place place = here();
    bool tooLong = false;
    const auto raw = capture(container ? 0 : longestScalar, tooLong);
    if (!raw) {
        breakOff(first < 0 ? "the file ends before its list of records is closed"
                           : "the file ends in the middle of a record",
                 place);
        return false;
    }
    if (container || tooLong) return true;
    if (scalars_.size() >= mostScalars && !scalars_.contains(path)) return true;
    try {
        const auto value = Json::parse(*raw, place);
        const std::string_view text = value.text();
        scalars_[path] = value.kind() == Json::Kind::True    ? "true"
                         : value.kind() == Json::Kind::False ? "false"
                                                             : text;
    } catch (const Error& error) {
        breakOff(error.cause(), error.where());
        return false;
    }
    return true;
}

void JsonElements::enter(const std::string& path)
{
    const bool object = peek() == '{';
    advance(1);
    if (frames_.size() >= deepest) {
        breakOff("the nesting is deeper than 64 levels");
        return;
    }
    // A new object of a list: forget what its predecessor said.
    if (object && path.ends_with("[]")) {
        const auto from = scalars_.lower_bound(path + ".");
        const auto to = scalars_.lower_bound(path + "/");
        scalars_.erase(from, to);
    }
    const auto which = object ? std::nullopt : wanted(path);
    if (which) ++entered_[*which];
    frames_.push_back({object, true, path, which});
}

std::optional<std::size_t> JsonElements::wanted(const std::string& path) const
{
    const auto found = std::ranges::find(paths_, path);
    if (found == paths_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - paths_.begin());
}

bool JsonElements::interesting(const std::string& path) const
{
    return std::ranges::any_of(paths_, [&](const std::string& one) {
        if (!one.starts_with(path)) return false;
        return one.size() == path.size() || one[path.size()] == '.' || one[path.size()] == '[';
    });
}

/// The bytes of the value that starts here; nullopt when the file ends before it does. At the end
/// of the file a scalar is not whole either. With a limit of 0 nothing is kept.
std::optional<std::string_view> JsonElements::capture(std::size_t limit, bool& tooLong)
{
    ValueEnd end;
    std::size_t length = 0;
    bool done = false;
    while (!done) {
        if (at_ + length >= buffer_.size()) {
            if (length > limit) {
                tooLong = true;
                advance(length);
                length = 0;
            }
            if (!more()) return std::nullopt;
            continue;
        }
        length += end.feed(std::string_view(buffer_).substr(at_ + length), done);
    }
    tooLong = tooLong || length > limit;
    const auto from = at_;
    advance(length);
    return std::string_view(buffer_).substr(from, length);
}

bool JsonElements::more()
{
    if (ended_) return false;
    base_ += at_;
    buffer_.erase(0, at_);
    at_ = 0;
    const auto count = source_.read(chunk_);
    if (count == 0) {
        ended_ = true;
        return false;
    }
    buffer_.append(chunk_.data(), count);
    return true;
}

int JsonElements::peek()
{
    if (at_ >= buffer_.size() && !more()) return -1;
    return static_cast<unsigned char>(buffer_[at_]);
}

void JsonElements::skipSpace()
{
    for (int one = peek(); one == ' ' || one == '\n' || one == '\r' || one == '\t'; one = peek()) {
        advance(1);
    }
}

void JsonElements::advance(std::size_t count)
{
    line_ += lineEnds(std::string_view(buffer_).substr(at_, count));
    at_ += count;
}

Place JsonElements::here() const
{
    Place place = where_;
    place.line = line_;
    place.byte = base_ + at_;
    return place;
}

std::nullopt_t JsonElements::breakOff(std::string what, Place place)
{
    broken_ = Break{std::move(what), std::move(place)};
    return std::nullopt;
}

}  // namespace kith
