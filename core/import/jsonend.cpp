#include "core/import/jsonend.h"

#include <algorithm>
#include <bit>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace kith {
namespace {

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

bool endsScalar(char one)
{
    return one == ',' || one == ']' || one == '}' || one == ' ' || one == '\n' || one == '\r' ||
           one == '\t';
}

}  // namespace

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

std::size_t JsonValueEnd::feed(std::string_view text, bool& done)
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

std::size_t JsonValueEnd::insideString(std::string_view text, std::size_t at, bool& done)
{
    at = quoteOrSlash(text, at);
    if (at == text.size()) return at;
    escaped_ = text[at] == '\\';
    inString_ = escaped_;
    done = !inString_ && depth_ == 0;
    return at + 1;
}

bool JsonValueEnd::outside(char one)
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

}  // namespace kith
