#include "core/graph/xml.h"

#include "core/base/text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace kith {
namespace {

bool allowedInXml(char32_t c)
{
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    if (c >= 0x7f && c < 0xa0) return c == 0x85;  // discouraged controls
    return (c < 0xd800 || c > 0xdfff) && (c & 0xfffeU) != 0xfffeU;
}

}  // namespace

std::string xmlText(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 8);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        case '\t': out += "&#9;"; break;
        case '\n': out += "&#10;"; break;
        case '\r': out += "&#13;"; break;
        default: appendUtf8(out, allowedInXml(c) ? c : U'\ufffd');
        }
    }
    return out;
}

std::string numberText(double number)
{
    if (!std::isfinite(number)) return "0";
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

std::string numberText(double number, int digits)
{
    if (!std::isfinite(number)) return "0";
    std::array<char, 400> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::fixed, digits)
                         .ptr;
    std::string out(buffer.data(), end);
    if (out.find('.') != std::string::npos) {
        while (out.back() == '0') out.pop_back();
        if (out.back() == '.') out.pop_back();
    }
    return out == "-0" ? "0" : out;
}

}  // namespace kith
