#include "core/import/googlechatdate.h"

#include "core/base/ascii.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace kith {
namespace {

using Names = std::array<std::string_view, 12>;

constexpr std::array<Names, 7> months{{
    {"january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december"},
    {"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
     "november", "dezember"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
     "octobre", "novembre", "décembre"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"},
    {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
     "outubro", "novembro", "dezembro"},
    {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
     "ottobre", "novembre", "dicembre"},
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
     "oktober", "november", "december"},
}};

unsigned monthNamed(const std::string& word)
{
    for (const auto& names : months) {
        const auto found = std::ranges::find(names, word);
        if (found != names.end()) return static_cast<unsigned>(found - names.begin()) + 1;
    }
    return 0;
}

struct Sentence {
    std::vector<unsigned> numbers;     ///< in order, with the clock's
    std::vector<std::size_t> lengths;  ///< digits of each
    std::vector<std::string> words;    ///< in small letters
    std::optional<std::size_t> clock;  ///< first number of "15:04"
};

Sentence sentenceOf(std::string_view text)
{
    Sentence out;
    for (std::size_t at = 0; at < text.size();) {
        const auto from = at;
        if (isDigit(text[at])) {
            while (at < text.size() && isDigit(text[at])) ++at;
            const auto number = parseInteger(text.substr(from, at - from));
            constexpr std::int64_t most = 9999;
            out.numbers.push_back(number && *number <= most ? static_cast<unsigned>(*number)
                                                            : 10'000U);
            out.lengths.push_back(at - from);
            const bool colon = at + 1 < text.size() && text[at] == ':' && isDigit(text[at + 1]);
            if (colon && !out.clock) out.clock = out.numbers.size() - 1;
            continue;
        }
        const auto letter = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   static_cast<unsigned char>(c) >= 0x80;
        };
        while (at < text.size() && letter(text[at])) ++at;
        if (at > from) out.words.push_back(asciiLower(text.substr(from, at - from)));
        if (at == from) ++at;
    }
    return out;
}

struct Day {
    unsigned year = 0, month = 0, day = 0;
};

std::optional<Day> dayOf(const Sentence& all)
{
    Day day;
    for (const auto& word : all.words) {
        if (const auto month = monthNamed(word); month != 0) day.month = month;
    }
    std::vector<unsigned> rest;
    bool yearFirst = false;
    for (std::size_t i = 0; i < all.numbers.size() && i < *all.clock; ++i) {
        if (all.lengths[i] == 4 && day.year == 0) {
            day.year = all.numbers[i];
            yearFirst = rest.empty();
        } else {
            rest.push_back(all.numbers[i]);
        }
    }
    if (day.year == 0) return std::nullopt;
    if (day.month != 0) {
        if (rest.size() != 1) return std::nullopt;
        day.day = rest[0];
        return day;
    }
    if (rest.size() != 2) return std::nullopt;
    if (yearFirst || rest[1] > 12) {
        day.month = rest[0];
        day.day = rest[1];
    } else if (rest[0] > 12 || rest[0] == rest[1]) {
        day.month = rest[1];
        day.day = rest[0];
    } else {
        return std::nullopt;
    }
    return day;
}

/// "pm", "p.m." and "p. m.": -1 before noon, 1 after, 0 for a clock of 24 hours.
int halfOf(const Sentence& all)
{
    for (std::size_t i = 0; i < all.words.size(); ++i) {
        const auto& word = all.words[i];
        const bool spread = i + 1 < all.words.size() && all.words[i + 1] == "m";
        if (word == "am" || (word == "a" && spread)) return -1;
        if (word == "pm" || (word == "p" && spread)) return 1;
    }
    return 0;
}

}  // namespace

std::optional<Time> googleChatTime(std::string_view text)
{
    const auto spaced = replaceAll(replaceAll(std::string(text), "\u202f", " "), "\u00a0", " ");
    const auto all = sentenceOf(spaced);
    if (!all.clock || *all.clock + 1 >= all.numbers.size()) return std::nullopt;
    const auto day = dayOf(all);
    if (!day) return std::nullopt;
    auto hour = all.numbers[*all.clock];
    const auto minute = all.numbers[*all.clock + 1];
    const auto second = *all.clock + 2 < all.numbers.size() ? all.numbers[*all.clock + 2] : 0;
    if (const auto half = halfOf(all); half != 0) {
        if (hour == 0 || hour > 12) return std::nullopt;
        hour = hour % 12 + (half > 0 ? 12 : 0);
    }
    const auto wall =
        wallTime(static_cast<int>(day->year), day->month, day->day, hour, minute, second);
    return wall ? std::optional(Time(wall->time_since_epoch())) : std::nullopt;
}

}  // namespace kith
