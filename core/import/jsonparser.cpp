#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsondocument.h"
#include "core/import/jsonstart.h"

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

}  // namespace

/// Recursive descent over sealed text; the depth is bounded, so is the stack. Where it stands is
/// handed from step to step rather than kept, so that it stays in a register.
class JsonParser {
public:
    /// @param document that holds the text, or will hold what cannot be a view of it
    JsonParser(std::string_view text, const Place& where, Json::Document::Holder document)
        : where_(where),
          document_(std::move(document)),
          start_(text.data()),
          end_(start_ + text.size())
    {}

    Json whole()
    {
        Node node;
        const auto* at = skipSpace(value(skipSpace(start_), node, 0, 0));
        if (at < end_) fail(at, "there is more text behind the end of the value");
        return Json(node, document_.release());
    }

    Json front(std::size_t& length)
    {
        Node node;
        length = static_cast<std::size_t>(value(start_, node, 0, 0) - start_);
        return Json(node, document_.release());
    }

private:
    using Node = Json::Node;
    using Kind = Json::Kind;

    /// Reads the value at `at`. @param free the first place where items may be pending
    /// @return behind it
    const char* value(const char* at, Node& node, std::size_t free, std::size_t depth)
    {
        if (++values_ > mostValues) {
            fail(at, "the value holds more than 1,500,000 others", Error::Kind::LimitReached);
        }
        switch (*at) {
        case '{': return object(at, node, free, depth + 1);
        case '[': return array(at, node, free, depth + 1);
        case '"': {
            std::string_view text;
            at = string(at, text);
            node = nodeOf(text);
            return at;
        }
        case 't': return word(at, "true", node, Kind::True);
        case 'f': return word(at, "false", node, Kind::False);
        case 'n': return word(at, "null", node, Kind::Null);
        default: return number(at, node);
        }
    }

    const char* object(const char* at, Node& node, std::size_t free, std::size_t depth)
    {
        const auto* const open = at;
        at = enter(at, depth);
        std::size_t next = free;
        for (bool first = true; !closes(at, '}', first); first = false) {
            if (*at != '"') fail(at, "a key in quotes should stand here");
            std::string_view key;
            at = skipSpace(string(at, key));
            if (*at != ':') fail(at, "a colon should stand here");
            at = skipSpace(at + 1);
            Node inner;
            at = value(at, inner, next, depth);
            document_->pending(next++) = {key, inner};
        }
        const auto made = document_->closeObject(free, next);
        if (!made) {
            const auto key = document_->keyTwice(free, next).value_or("");
            fail(open, "the key \"" + shorten(key, 60) + "\" appears twice in one object");
        }
        node = *made;
        return at;
    }

    const char* array(const char* at, Node& node, std::size_t free, std::size_t depth)
    {
        at = enter(at, depth);
        std::size_t next = free;
        for (bool first = true; !closes(at, ']', first); first = false) {
            Node inner;
            at = value(at, inner, next, depth);
            document_->pending(next++) = {{}, inner};
        }
        node = document_->closeArray(free, next);
        return at;
    }

    const char* enter(const char* at, std::size_t depth) const
    {
        if (depth > deepest) {
            fail(at, "the nesting is deeper than " + std::to_string(deepest) + " levels",
                 Error::Kind::LimitReached);
        }
        return at + 1;
    }

    /// Moves to the next item; true when the container ends instead.
    bool closes(const char*& at, char close, bool first) const
    {
        at = skipSpace(at);
        if (*at == ',' && !first) {
            at = skipSpace(at + 1);
            return false;
        }
        if (*at == close) {
            ++at;
            return true;
        }
        if (first) return false;
        fail(at,
             at >= end_ ? "the text ends inside a list or object" : "a comma should stand here");
    }

    /// The string that begins at `at`. @return behind it
    const char* string(const char* at, std::string_view& text)
    {
        constexpr std::ptrdiff_t plain = 4096;
        const auto* const stop = asciiEnd(at + 1);
        if (*stop == '"' && stop < end_ && stop - at <= plain) {
            text = {at + 1, static_cast<std::size_t>(stop - at) - 1};
            return stop + 1;
        }
        return longString(at, text);
    }

    /// The string that begins at `open`; what is escaped is put together in the document.
    const char* longString(const char* const open, std::string_view& text)
    {
        const auto* at = open + 1;
        auto& out = document_->scratch();
        bool ascii = true;
        for (;;) {
            const auto* const stop = plainEnd(at, ascii);
            if (stop >= end_) fail(open, "the text that begins here has no closing quote");
            const std::string_view part(at, static_cast<std::size_t>(stop - at));
            at = stop + 1;
            if (out.size() + part.size() > longestString) {
                fail(open, "the text that begins here is longer than 1 MB",
                     Error::Kind::LimitReached);
            }
            if (*stop == '"') {
                text = out.empty() ? part : document_->kept(out.append(part));
                break;
            }
            out += part;
            escape(at, out);
        }
        // Escapes make whole code points, so only bytes that stood in the file can be bad.
        if (!ascii && !simdjson::validate_utf8(text.data(), text.size()))
            text = document_->kept(repairUtf8(text));
        return at;
    }

    static Node nodeOf(std::string_view text, Kind kind = Kind::String)
    {
        return {text.data(), static_cast<std::uint32_t>(text.size()), kind};
    }

    /// Where the next quote, backslash or byte beyond ASCII stands; behind the text's end there is
    /// one at any rate.
    static const char* asciiEnd(const char* at)
    {
#ifdef __SSE2__
        const __m128i quote = _mm_set1_epi8('"');
        const __m128i slash = _mm_set1_epi8('\\');
        for (;; at += sizeof(__m128i)) {
            const auto here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
            const auto either =
                _mm_or_si128(_mm_cmpeq_epi8(here, quote), _mm_cmpeq_epi8(here, slash));
            const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(either, here)));
            if (found != 0) return at + std::countr_zero(found);
        }
#else
        while (*at != '"' && *at != '\\' && (static_cast<unsigned char>(*at) & 0x80U) == 0) ++at;
        return at;
#endif
    }

    /// Where the next quote or backslash stands; behind the text's end there is one at any rate.
    static const char* plainEnd(const char* at, bool& ascii)
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

    /// Puts behind `out` what an escape stands for.
    /// @param at behind the backslash; is moved behind the escape
    void escape(const char*& at, std::string& out) const
    {
        if (at >= end_) fail(at, "the text ends inside an escape");
        switch (const char kind = *at++) {
        case '"':
        case '\\':
        case '/': out += kind; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'x': appendUtf8(out, hex(at, 2)); break;  // not JSON, but Telegram has written it
        case 'u': appendUtf8(out, unicode(at)); break;
        default: fail(at - 1, "the escape is none of JSON's");
        }
    }

    char32_t unicode(const char*& at) const
    {
        const char32_t unit = hex(at, 4);
        if (!isSurrogate(unit)) return unit;
        if (!isLowSurrogate(unit) && at[0] == '\\' && at[1] == 'u') {
            const auto* behind = at + 2;
            const char32_t low = hex(behind, 4);
            if (isLowSurrogate(low)) {
                at = behind;
                return 0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00);
            }
        }
        return U'\uFFFD';
    }

    char32_t hex(const char*& at, std::size_t digits) const
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

    const char* word(const char* at, std::string_view word, Node& node, Kind kind) const
    {
        if (std::memcmp(at, word.data(), word.size()) != 0) fail(at, std::string(noJsonValue));
        node = {nullptr, 0, kind};
        return at + word.size();
    }

    const char* number(const char* const open, Node& node) const
    {
        if (open >= end_) fail(open, "the text ends where a value should stand");
        const auto* at = *open == '-' ? open + 1 : open;
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
        if (!good) fail(open, std::string(noJsonValue));
        const std::string_view literal(open, static_cast<std::size_t>(at - open));
        // Without an exponent it takes more than three hundred digits to leave a double's range.
        if ((!plain || literal.size() >= 300) && !parseReal(literal))
            fail(open, "the number " + shorten(literal, 30) + " is out of range");
        node = nodeOf(literal, Kind::Number);
        return at;
    }

    /// Moves behind the digits. @return how many
    static std::ptrdiff_t digits(const char*& at)
    {
        const auto* const from = at;
        while (isDigit(*at)) ++at;
        return at - from;
    }

    static const char* skipSpace(const char* at)
    {
        while (static_cast<unsigned char>(*at) <= ' ' && isSpace(*at)) ++at;
        return at;
    }

    [[noreturn, gnu::cold]] void fail(const char* at, const std::string& what,
                                      Error::Kind kind = Error::Kind::BadInput) const
    {
        Place place = where_;
        const std::string_view before(start_, static_cast<std::size_t>(at - start_));
        place.byte = where_.byte.value_or(0) + before.size();
        place.line = where_.line.value_or(1) +
                     static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
        throw Error(kind, what, place, "Export the file again, or repair it in a text editor.");
    }

    std::size_t values_ = 0;
    const Place& where_;
    Json::Document::Holder document_;
    const char* start_;
    const char* end_;
};

Json Json::parse(std::string_view text, const Place& where)
{
    auto document = Document::taken();
    const auto copy = document->hold(text);
    return JsonParser(copy, where, std::move(document)).whole();
}

Json Json::parseInPlace(std::string_view text, const Place& where)
{
    return JsonParser(text, where, Document::taken()).whole();
}

Json Json::parseFront(std::string_view text, std::size_t& length)
{
    try {
        return JsonParser(text, {}, Document::taken()).front(length);
    } catch (const Error&) {
        length = 0;
        return {};
    }
}

}  // namespace kith
