#include "core/import/json.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <unordered_set>

namespace kith {
namespace {

constexpr std::size_t deepest = 64;
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

/// Objects of exports are small; a set pays only in the large ones.
std::optional<std::string> keyTwice(std::span<const Json::Member> members)
{
    constexpr std::size_t few = 24;
    if (members.size() <= few) {
        for (std::size_t i = 1; i < members.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (members[i].key == members[j].key) return members[i].key;
            }
        }
        return std::nullopt;
    }
    std::unordered_set<std::string_view> seen;
    for (const auto& member : members) {
        if (!seen.insert(member.key).second) return member.key;
    }
    return std::nullopt;
}

}  // namespace

/// Recursive descent; the depth is bounded, so is the stack.
class JsonParser {
public:
    JsonParser(std::string_view text, const Place& where) : text_(text), where_(where) {}

    Json whole()
    {
        skipSpace();
        Json result = value(0);
        skipSpace();
        if (at_ < text_.size()) fail("there is more text behind the end of the value");
        return result;
    }

private:
    Json value(std::size_t depth)
    {
        if (at_ >= text_.size()) fail("the text ends where a value should stand");
        switch (text_[at_]) {
        case '{': return object(depth + 1);
        case '[': return array(depth + 1);
        case '"': return stringValue();
        case 't': return word("true", Json::Kind::True);
        case 'f': return word("false", Json::Kind::False);
        case 'n': return word("null", Json::Kind::Null);
        default: return number();
        }
    }

    Json object(std::size_t depth)
    {
        const auto start = at_;
        enter(depth);
        Json result;
        result.kind_ = Json::Kind::Object;
        while (!closes('}', result.members_.empty())) {
            if (at_ >= text_.size() || text_[at_] != '"') fail("a key in quotes should stand here");
            std::string key = string();
            skipSpace();
            if (at_ >= text_.size() || text_[at_] != ':') fail("a colon should stand here");
            ++at_;
            skipSpace();
            if (result.members_.empty()) result.members_.reserve(depth == 1 ? 24 : 8);
            result.members_.push_back({std::move(key), value(depth)});
        }
        if (const auto key = keyTwice(result.members_)) {
            at_ = start;
            fail("the key \"" + shorten(*key, 60) + "\" appears twice in one object");
        }
        return result;
    }

    Json array(std::size_t depth)
    {
        enter(depth);
        Json result;
        result.kind_ = Json::Kind::Array;
        while (!closes(']', result.items_.empty())) result.items_.push_back(value(depth));
        return result;
    }

    void enter(std::size_t depth)
    {
        if (depth > deepest) {
            fail("the nesting is deeper than " + std::to_string(deepest) + " levels",
                 Error::Kind::LimitReached);
        }
        ++at_;
    }

    /// Moves to the next item; true when the container ends instead.
    bool closes(char close, bool first)
    {
        skipSpace();
        if (at_ < text_.size() && text_[at_] == close) {
            ++at_;
            return true;
        }
        if (first) return false;
        if (at_ >= text_.size()) fail("the text ends inside a list or object");
        if (text_[at_] != ',') fail("a comma should stand here");
        ++at_;
        skipSpace();
        return false;
    }

    Json stringValue()
    {
        Json result;
        result.kind_ = Json::Kind::String;
        result.text_ = string();
        return result;
    }

    std::string string()
    {
        const auto start = at_++;
        std::string out;
        bool ascii = true;
        for (;;) {
            const auto stop = plainEnd(ascii);
            if (stop >= text_.size()) {
                at_ = start;
                fail("the text that begins here has no closing quote");
            }
            out.append(text_, at_, stop - at_);
            at_ = stop + 1;
            if (out.size() > longestString) {
                at_ = start;
                fail("the text that begins here is longer than 1 MB", Error::Kind::LimitReached);
            }
            if (text_[stop] == '"') break;
            escape(out);
        }
        // Escapes make whole code points, so only bytes that stood in the file can be bad.
        return !ascii && firstBadUtf8(out) ? repairUtf8(out) : out;
    }

    /// Where the next quote or backslash stands, eight bytes at a time: a byte of `word` equals a
    /// sign where the difference is zero, which borrows into its highest bit.
    std::size_t plainEnd(bool& ascii) const
    {
        constexpr std::uint64_t ones = 0x0101010101010101;
        constexpr std::uint64_t highs = ones * 0x80;
        std::size_t at = at_;
        for (; at + 8 <= text_.size(); at += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text_.data() + at, 8);
            const std::uint64_t quote = word ^ (ones * '"');
            const std::uint64_t slash = word ^ (ones * '\\');
            const std::uint64_t found =
                ((quote - ones) & ~quote & highs) | ((slash - ones) & ~slash & highs);
            if (found != 0) break;
            ascii = ascii && (word & highs) == 0;
        }
        for (; at < text_.size() && text_[at] != '"' && text_[at] != '\\'; ++at) {
            ascii = ascii && (static_cast<unsigned char>(text_[at]) & 0x80U) == 0;
        }
        return at;
    }

    void escape(std::string& out)
    {
        if (at_ >= text_.size()) fail("the text ends inside an escape");
        const char kind = text_[at_++];
        switch (kind) {
        case '"':
        case '\\':
        case '/': out += kind; return;
        case 'b': out += '\b'; return;
        case 'f': out += '\f'; return;
        case 'n': out += '\n'; return;
        case 'r': out += '\r'; return;
        case 't': out += '\t'; return;
        case 'x': appendUtf8(out, hex(2)); return;  // not JSON, but Telegram has written it
        case 'u': unicode(out); return;
        default: --at_; fail("the escape is none of JSON's");
        }
    }

    void unicode(std::string& out)
    {
        const char32_t unit = hex(4);
        if (!isSurrogate(unit)) {
            appendUtf8(out, unit);
            return;
        }
        const auto back = at_;
        if (!isLowSurrogate(unit) && text_.substr(at_).starts_with("\\u")) {
            at_ += 2;
            const char32_t low = hex(4);
            if (isLowSurrogate(low)) {
                appendUtf8(out, 0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00));
                return;
            }
            at_ = back;
        }
        appendUtf8(out, U'\uFFFD');
    }

    char32_t hex(std::size_t digits)
    {
        char32_t all = 0;
        for (std::size_t i = 0; i < digits; ++i, ++at_) {
            const auto one = at_ < text_.size() ? hexValue(text_[at_]) : std::nullopt;
            if (!one) fail("the escape needs " + std::to_string(digits) + " hexadecimal digits");
            all = all * 16 + *one;
        }
        return all;
    }

    Json word(std::string_view word, Json::Kind kind)
    {
        if (!text_.substr(at_).starts_with(word)) fail("this is no JSON value");
        at_ += word.size();
        Json result;
        result.kind_ = kind;
        return result;
    }

    Json number()
    {
        const auto start = at_;
        if (at_ < text_.size() && text_[at_] == '-') ++at_;
        const auto whole = digits();
        bool good = whole > 0 && !(whole > 1 && text_[at_ - whole] == '0');
        if (good && at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            good = digits() > 0;
        }
        if (good && at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            ++at_;
            if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
            good = digits() > 0;
        }
        const auto literal = text_.substr(start, at_ - start);
        if (!good) {
            at_ = start;
            fail("this is no JSON value");
        }
        // Without an exponent it takes more than three hundred digits to leave a double's range.
        const bool plain = literal.size() < 300 && literal.find_first_of("eE") == literal.npos;
        if (!plain && !parseReal(literal)) {
            at_ = start;
            fail("the number " + shorten(literal, 30) + " is out of range");
        }
        Json result;
        result.kind_ = Json::Kind::Number;
        result.text_ = literal;
        return result;
    }

    std::size_t digits()
    {
        const auto start = at_;
        while (at_ < text_.size() && isDigit(text_[at_])) ++at_;
        return at_ - start;
    }

    void skipSpace()
    {
        while (at_ < text_.size() && isSpace(text_[at_])) ++at_;
    }

    [[noreturn]] void fail(const std::string& what, Error::Kind kind = Error::Kind::BadInput) const
    {
        Place place = where_;
        const auto before = text_.substr(0, at_);
        place.byte = where_.byte.value_or(0) + at_;
        place.line = where_.line.value_or(1) +
                     static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
        throw Error(kind, what, place, "Export the file again, or repair it in a text editor.");
    }

    std::string_view text_;
    const Place& where_;
    std::size_t at_ = 0;
};

Json Json::parse(std::string_view text, const Place& where)
{
    return JsonParser(text, where).whole();
}

std::optional<std::int64_t> Json::integer() const
{
    return kind_ == Kind::Number || kind_ == Kind::String ? parseInteger(text_) : std::nullopt;
}

std::optional<double> Json::real() const
{
    return kind_ == Kind::Number || kind_ == Kind::String ? parseReal(text_) : std::nullopt;
}

std::span<const Json::Member> Json::members() const
{
    return members_;
}

bool Json::has(std::string_view key) const
{
    return std::ranges::any_of(members_, [&](const Member& one) { return one.key == key; });
}

const Json& Json::operator[](std::string_view key) const
{
    static const Json null;
    const auto found =
        std::ranges::find_if(members_, [&](const Member& one) { return one.key == key; });
    return found == members_.end() ? null : found->value;
}

}  // namespace kith
