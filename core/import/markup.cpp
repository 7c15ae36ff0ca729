#include "core/import/markup.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace kith {
namespace {

constexpr std::array<std::pair<std::string_view, char32_t>, 20> named{
    {{"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},      {"apos", '\''},
     {"nbsp", 0xa0},    {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026}, {"lsquo", 0x2018},
     {"rsquo", 0x2019}, {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"euro", 0x20ac},   {"pound", 0xa3},
     {"copy", 0xa9},    {"eacute", 0xe9},  {"auml", 0xe4},    {"ouml", 0xf6},     {"uuml", 0xfc}}};

constexpr std::array<std::string_view, 14> blocks{
    "p", "div", "br", "tr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "hr", "blockquote", "table"};

/// 0 = unknown.
char32_t reference(std::string_view name)
{
    if (!name.starts_with('#')) {
        const auto found = std::ranges::find(named, name, &decltype(named)::value_type::first);
        return found == named.end() ? 0 : found->second;
    }
    name.remove_prefix(1);
    const bool hex = name.starts_with('x') || name.starts_with('X');
    if (hex) name.remove_prefix(1);
    std::uint32_t code = 0;
    const auto end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data(), end, code, hex ? 16 : 10);
    const bool character = code > 0 && code < 0x110000 && (code < 0xd800 || code >= 0xe000);
    return error == std::errc{} && stop == end && character ? char32_t{code} : 0;
}

std::string tagName(std::string_view tag)
{
    if (tag.starts_with('/')) tag.remove_prefix(1);
    return asciiLower(tag.substr(0, tag.find_first_of(" \t\r\n/>")));
}

/// The address in `<a href="...">`; empty for addresses that are not worth reading.
std::string address(std::string_view tag)
{
    const auto lower = asciiLower(tag);
    auto at = lower.find("href=");
    if (at == std::string::npos) return {};
    at += 5;
    if (at >= tag.size()) return {};
    const char quote = tag[at];
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted) ++at;
    const auto end = quoted ? tag.find(quote, at) : tag.find_first_of(" \t\r\n>", at);
    auto found = decodeEntities(tag.substr(at, end == std::string_view::npos ? end : end - at));
    return found.starts_with("http") ? found : std::string();
}

/// Where "</name" stands, or the end.
std::size_t endTag(std::string_view html, std::size_t at, std::string_view name)
{
    for (at = html.find("</", at); at != std::string_view::npos; at = html.find("</", at + 2)) {
        if (asciiEqual(html.substr(at + 2, name.size()), name)) return at;
    }
    return html.size();
}

/// Line ends and spaces as they would show on a page.
std::string tidy(std::string_view text)
{
    std::string out;
    for (const auto raw : split(text, '\n')) {
        const auto line = trim(raw);
        if (line.empty() && (out.empty() || out.ends_with("\n\n"))) continue;
        out += line;
        out += '\n';
    }
    return std::string(trim(out));
}

}  // namespace

std::string decodeEntities(std::string_view text)
{
    std::string out;
    decodeEntities(text, out);
    return out;
}

void decodeEntities(std::string_view text, std::string& out)
{
    constexpr std::size_t longest = 10;
    out.reserve(out.size() + text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto start = text.find('&', at);
        out += text.substr(at, start - at);
        if (start == std::string_view::npos) break;
        // Looked for nearby only: a text of nothing but "&" would be gone through again and again.
        const auto length = text.substr(start, longest + 1).find(';');
        const bool closed = length != std::string_view::npos;
        const auto end = closed ? start + length : start;
        const char32_t found = closed ? reference(text.substr(start + 1, length - 1)) : 0;
        if (found != 0) appendUtf8(out, found);
        if (found == 0) out += '&';
        at = found != 0 ? end + 1 : start + 1;
    }
}

std::string htmlToText(std::string_view html)
{
    std::string out;
    std::string link;
    std::size_t words = 0;  // where the open link's words start
    for (std::size_t at = 0; at < html.size();) {
        const auto open = html.find('<', at);
        for (const char c : decodeEntities(html.substr(at, open - at))) {
            out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
        }
        if (open == std::string_view::npos) break;
        const bool comment = html.substr(open).starts_with("<!--");
        const auto close = html.find(comment ? "-->" : ">", open);
        if (close == std::string_view::npos) break;
        const auto tag = html.substr(open + 1, close - open - 1);
        const auto name = tagName(tag);
        at = close + (comment ? 3 : 1);
        if (name == "script" || name == "style" || name == "head") {
            if (tag.starts_with('/')) continue;
            at = endTag(html, at, name);
        } else if (name == "a" && !tag.starts_with('/')) {
            link = address(tag);
            words = out.size();
        } else if (name == "a" && !link.empty()) {
            if (out.find(link, words) == std::string::npos) out += " (" + link + ")";
            link.clear();
        } else if (std::ranges::find(blocks, name) != blocks.end()) {
            out += '\n';
        }
    }
    return tidy(out);
}

}  // namespace kith
