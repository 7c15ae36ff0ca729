#include "core/import/mailtext.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <vector>

namespace kith {
namespace {

bool endsWithColon(std::string_view line)
{
    return line.ends_with(':');
}

/// "... wrote:" in the languages that mail programs speak most.
bool introduces(std::string_view line)
{
    constexpr std::array<std::string_view, 12> words{
        "wrote",   "writes",  "schrieb", "a écrit",  "escribió", "ha scritto",
        "scrisse", "schreef", "skrev",   "escreveu", "napisał",  "kirjoitti"};
    if (!endsWithColon(line)) return false;
    return std::ranges::any_of(words, [&](auto word) { return line.find(word) != line.npos; });
}

bool opensIntroduction(std::string_view line)
{
    constexpr std::array<std::string_view, 8> starts{"On ", "Am ", "Le ",  "El ",
                                                     "Il ", "Op ", "Den ", "Em "};
    return std::ranges::any_of(starts, [&](auto start) { return line.starts_with(start); });
}

bool isQuoted(std::string_view line)
{
    return trim(line).starts_with('>');
}

/// A line after which nothing of the author's own follows.
bool endsOwnWords(std::string_view line)
{
    constexpr std::array<std::string_view, 5> ends{
        "--", "-----BEGIN PGP SIGNATURE-----", "-----Original Message-----",
        "-------------- next part --------------",
        "_______________________________________________"};
    return std::ranges::find(ends, trim(line)) != ends.end();
}

/// How many lines from `at` on introduce a quotation: "On Monday,\nAnn wrote:" is two.
std::size_t introduction(const std::vector<std::string_view>& lines, std::size_t at)
{
    constexpr std::size_t most = 3;
    const bool opens = opensIntroduction(trim(lines[at]));
    for (std::size_t length = 1; length <= most && at + length <= lines.size(); ++length) {
        const auto line = trim(lines[at + length - 1]);
        if (line.empty() || isQuoted(line)) return 0;
        if (introduces(line)) {
            auto behind = at + length;
            while (behind < lines.size() && trim(lines[behind]).empty()) ++behind;
            const bool quotes = behind < lines.size() && isQuoted(lines[behind]);
            const bool english = opens && line.ends_with("wrote:");
            return quotes || english ? length : 0;
        }
        if (!opens) return 0;
    }
    return 0;
}

/// Skips "-----BEGIN PGP SIGNED MESSAGE-----" and the lines of its header.
std::size_t armour(const std::vector<std::string_view>& lines)
{
    std::size_t at = 0;
    while (at < lines.size() && trim(lines[at]).empty()) ++at;
    if (at == lines.size() || trim(lines[at]) != "-----BEGIN PGP SIGNED MESSAGE-----") return 0;
    while (at < lines.size() && !trim(lines[at]).empty()) ++at;
    return at;
}

/// "ann at example.org" -> "ann@example.org": only ever applied to a header.
std::string plainAddress(std::string_view text)
{
    constexpr std::array<std::string_view, 9> ats{" at ", " AT ",   " bei ", " chez ", " en ",
                                                  " a ",  " (at) ", "(at)",  " na "};
    std::string address(trim(text));
    if (address.find('@') != std::string::npos) return replaceAll(std::move(address), " ", "");
    for (const auto at : ats) {
        const auto found = address.find(at);
        if (found == std::string::npos) continue;
        address.replace(found, at.size(), "@");
        return address.find(' ') == std::string::npos ? address : std::string();
    }
    return {};
}

std::string unquoted(std::string_view name)
{
    name = trim(name);
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') {
        name = name.substr(1, name.size() - 2);
    }
    return std::string(trim(replaceAll(replaceAll(std::string(name), "\\\"", "\""), "\\\\", "\\")));
}

/// Where the name of "ann at example.org (Ann (Lee))" opens; "(at)" belongs to the address.
std::size_t nameBracket(std::string_view from)
{
    const auto masked = from.find("(at)");
    return from.find('(', masked == from.npos ? 0 : masked + 4);
}

MailAddress parts(std::string_view from)
{
    MailAddress found;
    const auto open = from.rfind('<');
    const auto close = from.find('>', open == from.npos ? 0 : open);
    if (open != from.npos && close != from.npos) {
        found.address = plainAddress(from.substr(open + 1, close - open - 1));
        found.name = unquoted(from.substr(0, open));
    } else if (from.ends_with(')') && from.find('(') != from.npos) {
        const auto bracket = nameBracket(from);
        if (bracket != from.npos) {
            found.address = plainAddress(from.substr(0, bracket));
            auto name = trim(from.substr(bracket));
            name.remove_prefix(1);
            name.remove_suffix(1);
            found.name = unquoted(name);
        }
    } else {
        found.address = plainAddress(from);
        if (found.address.empty()) found.name = unquoted(from);
    }
    return found;
}

}  // namespace

MailAddress mailAddress(std::string_view from, std::string_view replyTo)
{
    auto found = parts(trim(from));
    const auto via = found.name.rfind(" via ");
    if (via != std::string::npos) {
        // The list stands in for its member, so its address is nobody's.
        const auto original = parts(trim(replyTo));
        const bool own = !original.address.empty() && !asciiEqual(original.address, found.address);
        found.name = found.name.substr(0, via);
        found.address = own ? original.address : std::string();
    }
    const bool masked = found.address.find("...") != std::string::npos;
    if (found.address.empty()) {
        found.key = foldForMatching(found.name);
    } else if (masked && !found.name.empty()) {
        // "ann...@gmail.com" may be many people.
        found.key = asciiLower(found.address) + " " + foldForMatching(found.name);
    } else {
        found.key = asciiLower(found.address);
    }
    return found;
}

std::string ownWords(std::string_view text)
{
    const auto lines = split(text, '\n');
    std::string out;
    for (std::size_t at = armour(lines); at < lines.size(); ++at) {
        if (endsOwnWords(lines[at])) break;
        if (isQuoted(lines[at])) continue;
        if (const auto length = introduction(lines, at); length > 0) {
            at += length - 1;
            continue;
        }
        auto line = lines[at];
        while (line.ends_with(' ') || line.ends_with('\r') || line.ends_with('\t'))
            line.remove_suffix(1);
        if (line.empty() && (out.empty() || out.ends_with("\n\n"))) continue;
        out += line;
        out += '\n';
    }
    return std::string(trim(out));
}

std::string subjectTag(std::string_view subject)
{
    const auto open = subject.find('[');
    const auto close = subject.find(']', open == subject.npos ? 0 : open);
    if (open == subject.npos || close == subject.npos || close == open + 1) return {};
    const auto before = trim(subject.substr(0, open));
    if (!before.empty() && !before.ends_with(':')) return {};
    return std::string(subject.substr(open + 1, close - open - 1));
}

std::string cleanSubject(std::string_view subject)
{
    constexpr std::array<std::string_view, 12> prefixes{"re", "fwd", "fw",   "aw", "wg", "sv",
                                                        "vs", "r",   "antw", "tr", "rv", "odp"};
    for (;;) {
        subject = trim(subject);
        const auto tag = subject.starts_with('[') ? subject.find(']') : subject.npos;
        if (tag != subject.npos) {
            subject.remove_prefix(tag + 1);
            continue;
        }
        const auto colon = subject.find(':');
        if (colon == subject.npos) break;
        const auto before = subject.substr(0, colon);
        const auto word = asciiLower(before.substr(0, before.find('[')));
        if (std::ranges::find(prefixes, word) == prefixes.end()) break;
        subject.remove_prefix(colon + 1);
    }
    return std::string(subject);
}

}  // namespace kith
