#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsondocument.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <simdjson.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace kith {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t mostValues = 1'500'000;  ///< in one: 16 MB may hold eight million
constexpr std::size_t longestString = 1U << 20U;

bool isSpace(char one)
{
    return one == ' ' || one == '\n' || one == '\r' || one == '\t';
}

bool isDigit(char one)
{
    return one >= '0' && one <= '9';
}

std::optional<unsigned> hexValue(char one)
{
    if (isDigit(one)) return static_cast<unsigned>(one - '0');
    if (one >= 'a' && one <= 'f') return static_cast<unsigned>(one - 'a' + 10);
    if (one >= 'A' && one <= 'F') return static_cast<unsigned>(one - 'A' + 10);
    return std::nullopt;
}

bool isLowSurrogate(char32_t unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}
bool isSurrogate(char32_t unit)
{
    return unit >= 0xd800 && unit < 0xe000;
}

/// Writes a code point where its escape stood, which was never shorter.
char* putUtf8(char* out, char32_t codePoint)
{
    std::string bytes;
    appendUtf8(bytes, codePoint);
    return std::ranges::copy(bytes, out).out;
}

}  // namespace

/// Recursive descent over the document's copy of the text; the depth is bounded, so is the stack.
/// Where it stands is handed from step to step rather than kept, so that it stays in a register.
class JsonParser {
public:
    JsonParser(std::string_view text, const Place& where)
        : text_(text),
          where_(where),
          document_(Json::Document::taken()),
          start_(document_->hold(text).data()),
          end_(start_ + text.size())
    {}

    Json whole()
    {
        auto* at = value(skipSpace(start_), 0, 0);
        at = skipSpace(at);
        if (at < end_) fail(at, "there is more text behind the end of the value");
        const Node node = document_->pending(0).value;
        return Json(node, document_.release());
    }

private:
    using Node = Json::Node;
    using Kind = Json::Kind;

    /// Reads the value at `at` into what is pending at `slot`. @return behind it
    char* value(char* at, std::size_t slot, std::size_t depth)
    {
        if (++values_ > mostValues) {
            fail(at, "the value holds more than 1,500,000 others", Error::Kind::LimitReached);
        }
        switch (*at) {
        case '{': return object(at, slot, depth + 1);
        case '[': return array(at, slot, depth + 1);
        case '"': {
            std::string_view text;
            at = string(at, text);
            document_->pending(slot).value = nodeOf(text);
            return at;
        }
        case 't': return word(at, "true", slot, Kind::True);
        case 'f': return word(at, "false", slot, Kind::False);
        case 'n': return word(at, "null", slot, Kind::Null);
        default: return number(at, slot);
        }
    }

    char* object(char* at, std::size_t slot, std::size_t depth)
    {
        auto* const open = at;
        at = enter(at, depth);
        std::size_t next = slot + 1;
        for (bool first = true; !closes(at, '}', first); first = false) {
            if (*at != '"') fail(at, "a key in quotes should stand here");
            std::string_view key;
            at = skipSpace(string(at, key));
            if (*at != ':') fail(at, "a colon should stand here");
            at = skipSpace(at + 1);
            document_->pending(next).key = key;
            at = value(at, next++, depth);
        }
        const auto made = document_->closeObject(slot + 1, next);
        if (!made) {
            const auto key = document_->keyTwice(slot + 1, next).value_or("");
            fail(open, "the key \"" + shorten(key, 60) + "\" appears twice in one object");
        }
        document_->pending(slot).value = *made;
        return at;
    }

    char* array(char* at, std::size_t slot, std::size_t depth)
    {
        at = enter(at, depth);
        std::size_t next = slot + 1;
        for (bool first = true; !closes(at, ']', first); first = false)
            at = value(at, next++, depth);
        const auto made = document_->closeArray(slot + 1, next);
        document_->pending(slot).value = made;
        return at;
    }

    char* enter(char* at, std::size_t depth) const
    {
        if (depth > deepest) {
            fail(at, "the nesting is deeper than " + std::to_string(deepest) + " levels",
                 Error::Kind::LimitReached);
        }
        return at + 1;
    }

    /// Moves to the next item; true when the container ends instead.
    bool closes(char*& at, char close, bool first) const
    {
        at = skipSpace(at);
        if (*at == close) {
            ++at;
            return true;
        }
        if (first) return false;
        if (*at != ',') {
            fail(at, at >= end_ ? "the text ends inside a list or object"
                                : "a comma should stand here");
        }
        at = skipSpace(at + 1);
        return false;
    }

    /// The string that begins at `at`; most are short and plain. @return behind it
    char* string(char* at, std::string_view& text)
    {
        bool ascii = true;
        auto* const stop = plainEnd(at + 1, ascii);
        if (*stop == '"' && stop < end_ && ascii && stop - at <= 4096) {
            text = {at + 1, static_cast<std::size_t>(stop - at) - 1};
            return stop + 1;
        }
        return longString(at, stop, ascii, text);
    }

    /// Unescapes the string that begins at `open` where it stands.
    /// @param stop its first quote or backslash
    char* longString(char* const open, char* stop, bool ascii, std::string_view& text)
    {
        auto* at = open + 1;
        auto* out = at;
        for (;; stop = plainEnd(at, ascii)) {
            if (stop >= end_) fail(open, "the text that begins here has no closing quote");
            const auto length = static_cast<std::size_t>(stop - at);
            if (out != at) std::memmove(out, at, length);
            out += length;
            at = stop + 1;
            if (static_cast<std::size_t>(out - open) - 1 > longestString) {
                fail(open, "the text that begins here is longer than 1 MB",
                     Error::Kind::LimitReached);
            }
            if (*stop == '"') break;
            out = escape(at, out);
        }
        text = {open + 1, static_cast<std::size_t>(out - open) - 1};
        // Escapes make whole code points, so only bytes that stood in the file can be bad.
        if (!ascii && !simdjson::validate_utf8(text.data(), text.size())) text = repaired(text);
        return at;
    }

    static Node nodeOf(std::string_view text, Kind kind = Kind::String)
    {
        return {text.data(), static_cast<std::uint32_t>(text.size()), kind};
    }

    std::string_view repaired(std::string_view text)
    {
        const auto good = repairUtf8(text);
        auto* room = reinterpret_cast<char*>(document_->room(good.size()));
        std::memcpy(room, good.data(), good.size());
        return {room, good.size()};
    }

    /// Where the next quote or backslash stands; behind the text's end there is one at any rate.
    static char* plainEnd(char* at, bool& ascii)
    {
#ifdef __SSE2__
        const __m128i quote = _mm_set1_epi8('"');
        const __m128i slash = _mm_set1_epi8('\\');
        for (;; at += sizeof(__m128i)) {
            const auto here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
            const auto found = static_cast<unsigned>(_mm_movemask_epi8(
                _mm_or_si128(_mm_cmpeq_epi8(here, quote), _mm_cmpeq_epi8(here, slash))));
            const auto high = static_cast<unsigned>(_mm_movemask_epi8(here));
            // The lowest bit of `found` and all below it: what belongs to the string.
            ascii = ascii && (high & (found ^ (found - 1))) == 0;
            if (found != 0) return at + std::countr_zero(found);
        }
#else
        for (; *at != '"' && *at != '\\'; ++at)
            ascii = ascii && (static_cast<unsigned char>(*at) & 0x80U) == 0;
        return at;
#endif
    }

    /// @param at behind the backslash; is moved behind the escape
    /// @return behind what the escape stands for, which was put at `out`
    char* escape(char*& at, char* out) const
    {
        if (at >= end_) fail(at, "the text ends inside an escape");
        const auto put = [&](char one) {
            *out = one;
            return out + 1;
        };
        switch (const char kind = *at++) {
        case '"':
        case '\\':
        case '/': return put(kind);
        case 'b': return put('\b');
        case 'f': return put('\f');
        case 'n': return put('\n');
        case 'r': return put('\r');
        case 't': return put('\t');
        case 'x': return putUtf8(out, hex(at, 2));  // not JSON, but Telegram has written it
        case 'u': return putUtf8(out, unicode(at));
        default: fail(at - 1, "the escape is none of JSON's");
        }
    }

    char32_t unicode(char*& at) const
    {
        const char32_t unit = hex(at, 4);
        if (!isSurrogate(unit)) return unit;
        if (!isLowSurrogate(unit) && at[0] == '\\' && at[1] == 'u') {
            auto* behind = at + 2;
            const char32_t low = hex(behind, 4);
            if (isLowSurrogate(low)) {
                at = behind;
                return 0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00);
            }
        }
        return U'\uFFFD';
    }

    char32_t hex(char*& at, std::size_t digits) const
    {
        char32_t all = 0;
        for (std::size_t i = 0; i < digits; ++i, ++at) {
            const auto one = hexValue(*at);  // the NUL behind the text is none
            if (!one)
                fail(at, "the escape needs " + std::to_string(digits) + " hexadecimal digits");
            all = all * 16 + *one;
        }
        return all;
    }

    char* word(char* at, std::string_view word, std::size_t slot, Kind kind)
    {
        if (std::memcmp(at, word.data(), word.size()) != 0) fail(at, "this is no JSON value");
        document_->pending(slot).value = {nullptr, 0, kind};
        return at + word.size();
    }

    char* number(char* const open, std::size_t slot)
    {
        if (open >= end_) fail(open, "the text ends where a value should stand");
        auto* at = *open == '-' ? open + 1 : open;
        const bool zero = *at == '0';
        auto whole = digits(at);
        bool good = whole > 0 && !(zero && whole > 1);
        bool plain = true;
        if (good && *at == '.') good = digits(++at) > 0;
        if (good && (*at == 'e' || *at == 'E')) {
            plain = false;
            ++at;
            if (*at == '+' || *at == '-') ++at;
            good = digits(at) > 0;
        }
        if (!good) fail(open, "this is no JSON value");
        const std::string_view literal(open, static_cast<std::size_t>(at - open));
        // Without an exponent it takes more than three hundred digits to leave a double's range.
        if ((!plain || literal.size() >= 300) && !parseReal(literal))
            fail(open, "the number " + shorten(literal, 30) + " is out of range");
        document_->pending(slot).value = nodeOf(literal, Kind::Number);
        return at;
    }

    /// Moves behind the digits. @return how many
    static std::ptrdiff_t digits(char*& at)
    {
        auto* const from = at;
        while (isDigit(*at)) ++at;
        return at - from;
    }

    static char* skipSpace(char* at)
    {
        while (isSpace(*at)) ++at;
        return at;
    }

    [[noreturn, gnu::cold]] void fail(const char* at, const std::string& what,
                                      Error::Kind kind = Error::Kind::BadInput) const
    {
        Place place = where_;
        const auto before = text_.substr(0, static_cast<std::size_t>(at - start_));
        place.byte = where_.byte.value_or(0) + before.size();
        place.line = where_.line.value_or(1) +
                     static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
        throw Error(kind, what, place, "Export the file again, or repair it in a text editor.");
    }

    std::size_t values_ = 0;
    std::string_view text_;  ///< as it came, for errors
    const Place& where_;
    Json::Document::Holder document_;
    char* start_;
    char* end_;
};

Json Json::parse(std::string_view text, const Place& where)
{
    return JsonParser(text, where).whole();
}

}  // namespace kith
