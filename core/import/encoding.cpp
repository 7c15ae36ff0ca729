#include "core/import/encoding.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/latin.h"
#include "core/import/lines.h"
#include "core/import/question.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {
namespace {

bool isAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

/// The words around a byte, not cut inside a UTF-8 character as far as there are any.
std::string around(std::string_view line, std::size_t at)
{
    constexpr std::size_t reach = 24;
    auto from = at > reach ? at - reach : 0;
    auto to = std::min(line.size(), at + reach);
    const auto gap = line.find(' ', from);
    if (from > 0 && gap != line.npos && gap < at) from = gap + 1;
    const auto last = line.rfind(' ', to);
    if (to < line.size() && last != line.npos && last > at) to = last;
    return std::string(trim(line.substr(from, to - from)));
}

/// The reading of a sample with what cannot be shown on a line taken out.
std::string shown(std::string text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return text;
}

}  // namespace

std::optional<TextEncoding> encodingNamed(std::string_view name)
{
    constexpr std::array<std::string_view, 6> western{"windows-1252", "cp1252",     "latin-1",
                                                      "latin1",       "iso-8859-1", "windows1252"};
    if (name.empty()) return std::nullopt;
    const auto lower = asciiLower(trim(name));
    if (lower == "utf-8" || lower == "utf8") return TextEncoding::Utf8;
    if (lower == "utf-8-twice") return TextEncoding::Utf8Twice;
    if (std::ranges::find(western, lower) != western.end()) return TextEncoding::Windows1252;
    throw Error(Error::Kind::Usage,
                "there is no encoding \"" + shorten(repairUtf8(name), 60) + "\"", {},
                "Kith knows windows-1252, utf-8 and utf-8-twice.");
}

std::string decoded(std::string_view text, TextEncoding encoding, bool& repaired)
{
    if (encoding == TextEncoding::Windows1252) return fromLatin(text);
    if (encoding == TextEncoding::Utf8Twice) {
        if (auto once = undoDoubleUtf8(text)) return *std::move(once);
    }
    if (!firstBadUtf8(text)) return std::string(text);
    repaired = true;
    return repairUtf8(text);
}

void EncodingSurvey::look(std::string_view line, std::uint64_t number,
                          std::optional<std::uint64_t> byte)
{
    for (std::size_t at = 0; at < line.size();) {
        if (isAscii(line[at])) {
            ++at;
            continue;
        }
        const auto start = at;
        const bool fffd = line.substr(at).starts_with("\xEF\xBF\xBD");
        if (nextCodePoint(line, at) != U'\uFFFD' || fffd) {
            ++good_;
            continue;
        }
        if (bad_++ > 0) continue;
        line_ = number;
        if (byte) byte_ = *byte + start;
        sample_ = around(line, start);
    }
}

EncodingSurvey encodingSurvey(const OneFile& file, Task& task)
{
    EncodingSurvey survey;
    task.begin("Looking through " + file.name(), file.size());
    const auto source = file.open();
    LineReader lines(*source, file.name());
    for (std::uint64_t reported = 0; const auto line = lines.next();) {
        survey.look(*line, lines.line(), lines.byte());
        task.advance(lines.consumed() - std::exchange(reported, lines.consumed()));
    }
    return survey;
}

TextEncoding EncodingSurvey::decide(std::string_view answer, const OneFile& file) const
{
    const auto given = encodingNamed(answer);
    if (isUtf8()) return given == TextEncoding::Utf8Twice ? *given : TextEncoding::Utf8;
    if (given) return *given;
    if (isDamagedUtf8()) return TextEncoding::Utf8;
    const auto western = shown(fromLatin(sample_));
    const auto marked = shown(repairUtf8(sample_));
    auto place = file.line(line_);
    place.byte = byte_;
    throw AnswerNeeded(
        {Question::About::Encoding, marked, {{"windows-1252", western}, {"utf-8", marked}}},
        "the text is not UTF-8, and the file does not say what it is; read as Windows-1252 this "
        "line says \"" +
            western + "\"",
        std::move(place),
        "Pass --encoding windows-1252 if that reads right, or --encoding utf-8 to mark each byte "
        "that cannot be read.");
}

}  // namespace kith
