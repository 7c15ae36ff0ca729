#include "core/import/tabledates.h"

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/question.h"

#include <algorithm>
#include <array>
#include <vector>

namespace kith {
namespace {

enum class Style { Bad, Instant, Iso, Words, Slashes };

struct Parts {
    Style style = Style::Bad;
    Time instant{};                   ///< Instant
    std::array<int, 3> numbers{};     ///< Slashes: as written; Iso, Words: year, month, day
    bool points = false;              ///< Slashes: written with points
    bool shortYear = false;           ///< Slashes: a year of two digits
    std::array<unsigned, 4> clock{};  ///< hour, minute, second, milliseconds
    bool dateOnly = true;
    std::optional<std::chrono::minutes> offset;
    std::optional<WallTime> wall;  ///< Iso
};

/// "18:04", "18:04:09.5", with the hours of "6:04 PM" still to be corrected.
bool readClock(std::string_view text, Parts& parts)
{
    const auto pieces = split(text, ':');
    if (pieces.size() < 2 || pieces.size() > 3) return false;
    for (std::size_t at = 0; at < pieces.size(); ++at) {
        const auto whole =
            pieces[at].substr(0, at == 2 ? pieces[at].find_first_of(".,") : pieces[at].npos);
        if (!isDigits(whole) || whole.size() > 2) return false;
        parts.clock[at] = static_cast<unsigned>(*parseInteger(whole));
    }
    parts.dateOnly = false;
    return true;
}

bool readHalf(std::string_view text, Parts& parts)
{
    const auto lower = replaceAll(asciiLower(text), ".", "");
    if (lower != "am" && lower != "pm") return false;
    if (parts.dateOnly || parts.clock[0] > 12) return false;
    parts.clock[0] = parts.clock[0] % 12 + (lower == "pm" ? 12 : 0);
    return true;
}

bool readOffset(std::string_view text, Parts& parts)
{
    if (text == "UTC" || text == "GMT" || text == "Z") {
        parts.offset = std::chrono::minutes(0);
        return true;
    }
    const bool sign = text.starts_with('+') || text.starts_with('-');
    if (!sign || text.size() != 5 || !isDigits(text.substr(1))) return false;
    const auto number = *parseInteger(text.substr(1));
    const auto minutes = std::chrono::minutes(number / 100 * 60 + number % 100);
    parts.offset = text.front() == '-' ? -minutes : minutes;
    return true;
}

/// 1 to 12 for an English month's name or its first three letters.
int monthNamed(std::string_view text)
{
    constexpr std::array<std::string_view, 12> months{
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    const auto lower = asciiLower(text);
    for (std::size_t at = 0; at < months.size() && lower.size() >= 3; ++at) {
        if (months[at].starts_with(lower)) return static_cast<int>(at) + 1;
    }
    return 0;
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> out;
    std::size_t start = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool gap =
            at == text.size() || text[at] == ' ' || text[at] == ',' || text[at] == '\t';
        if (!gap) continue;
        if (at > start) out.push_back(text.substr(start, at - start));
        start = at + 1;
    }
    return out;
}

bool readInstant(std::string_view text, Parts& parts)
{
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    if (!isDigits(whole) || (point != text.npos && !isDigits(text.substr(point + 1)))) return false;
    const auto number = parseInteger(whole);
    if (!number) return false;
    // Nine digits of seconds begin in 1973, thirteen are milliseconds, sixteen microseconds.
    switch (whole.size()) {
    case 9:
    case 10: parts.instant = fromMillis(*number * 1000); break;
    case 13: parts.instant = fromMillis(*number); break;
    case 16: parts.instant = fromMillis(*number / 1000); break;
    default: return false;
    }
    parts.style = Style::Instant;
    return true;
}

bool readSlashes(const std::vector<std::string_view>& all, Parts& parts)
{
    const auto date = all.front();
    const auto sign = date.find_first_of("/.-");
    if (sign == date.npos) return false;
    const auto pieces = split(date, date[sign]);
    if (pieces.size() != 3) return false;
    for (std::size_t at = 0; at < 3; ++at) {
        if (!isDigits(pieces[at]) || pieces[at].size() > 4) return false;
        parts.numbers[at] = static_cast<int>(*parseInteger(pieces[at]));
    }
    parts.points = date[sign] == '.';
    const bool yearFirst = pieces[0].size() == 4;
    if (!yearFirst && (pieces[0].size() > 2 || pieces[1].size() > 2)) return false;
    if (!yearFirst && pieces[2].size() != 4 && pieces[2].size() != 2) return false;
    parts.shortYear = pieces[2].size() == 2 && !yearFirst;
    if (parts.shortYear) parts.numbers[2] += parts.numbers[2] < 70 ? 2000 : 1900;
    for (std::size_t at = 1; at < all.size(); ++at) {
        if (!readClock(all[at], parts) && !readHalf(all[at], parts) &&
            !readOffset(all[at], parts)) {
            return false;
        }
    }
    parts.style = yearFirst ? Style::Words : Style::Slashes;
    return true;
}

/// "Tue Jan 21 23:07:15 +0000 2020", "21 January 2020", "Jan 21, 2020, 11:07 PM".
bool readWords(const std::vector<std::string_view>& all, Parts& parts)
{
    constexpr std::string_view days = "mon tue wed thu fri sat sun";
    for (std::size_t at = 0; at < all.size(); ++at) {
        const auto word = all[at];
        const auto month = monthNamed(word);
        if (month != 0) {
            parts.numbers[1] = month;
        } else if (isDigits(word) && word.size() == 4) {
            parts.numbers[0] = static_cast<int>(*parseInteger(word));
        } else if (isDigits(word) && word.size() <= 2) {
            parts.numbers[2] = static_cast<int>(*parseInteger(word));
        } else if (!readClock(word, parts) && !readHalf(word, parts) && !readOffset(word, parts)) {
            const bool day = at == 0 && word.size() >= 3 &&
                             days.find(asciiLower(word.substr(0, 3))) != days.npos;
            if (!day) return false;
        }
    }
    parts.style = Style::Words;
    return std::ranges::all_of(parts.numbers, [](int number) { return number != 0; });
}

Parts partsOf(std::string_view cell)
{
    Parts parts;
    cell = trim(cell);
    if (cell.empty() || readInstant(cell, parts)) return parts;
    if (const auto iso = parseIso(cell)) {
        parts.style = Style::Iso;
        parts.wall = iso->wall;
        parts.offset = iso->offset;
        parts.dateOnly = iso->dateOnly;
        return parts;
    }
    // Spreadsheets put a narrow no-break space before AM and PM.
    const auto spaced = replaceAll(replaceAll(std::string(cell), "\u202f", " "), "\u00a0", " ");
    const auto all = words(spaced);
    if (all.empty()) return parts;
    if (readSlashes(all, parts)) return parts;
    parts = {};
    if (!readWords(all, parts)) parts = {};
    return parts;
}

std::optional<WallTime> wallOf(const Parts& parts, DateOrder order)
{
    if (parts.wall) return parts.wall;
    auto [year, month, day] = parts.numbers;
    if (parts.style == Style::Slashes) {
        const bool dayFirst = parts.points || order != DateOrder::MonthDayYear;
        day = parts.numbers[dayFirst ? 0 : 1];
        month = parts.numbers[dayFirst ? 1 : 0];
        year = parts.numbers[2];
    }
    const auto& clock = parts.clock;
    return wallTime(year, static_cast<unsigned>(month), static_cast<unsigned>(day), clock[0],
                    clock[1], clock[2], clock[3]);
}

}  // namespace

bool TableDates::isDate(std::string_view cell)
{
    return partsOf(cell).style != Style::Bad;
}

void TableDates::survey(std::string_view cell, std::uint64_t line)
{
    const auto first = [line](std::uint64_t& seen) {
        if (seen == 0) seen = line;
    };
    const auto parts = partsOf(cell);
    if (parts.style == Style::Bad || parts.style == Style::Instant) return;
    if (!parts.offset && !parts.dateOnly) wall_ = true;
    if (parts.style != Style::Slashes) return first(isoLine_);
    if (parts.shortYear && shortYearLine_ == 0) {
        shortYearLine_ = line;
        shortYear_ = trim(cell);
    }
    if (parts.points) return;
    first(slashLine_);
    if (example_.empty()) example_ = trim(cell);
    if (parts.numbers[0] > 12) first(dayLine_);
    if (parts.numbers[1] > 12) first(monthLine_);
}

void TableDates::decide(std::optional<DateOrder> answer, const OneFile& file)
{
    if (slashLine_ == 0) return;
    const auto clash = [&](std::uint64_t a, std::uint64_t b, const std::string& what) {
        throw Error(Error::Kind::BadInput,
                    what + " (the first in line " + std::to_string(std::min(a, b)) + ")",
                    file.line(std::max(a, b)), "Write all dates as 2024-03-01.");
    };
    if (isoLine_ != 0) clash(isoLine_, slashLine_, "the dates are written in two styles");
    if (dayLine_ != 0 && monthLine_ != 0) {
        clash(dayLine_, monthLine_, "some dates have the day first and some the month");
    }
    if (dayLine_ != 0 || monthLine_ != 0) {
        order_ = dayLine_ != 0 ? DateOrder::DayMonthYear : DateOrder::MonthDayYear;
        return;
    }
    if (answer) {
        order_ = *answer;
        return;
    }
    const auto parts = partsOf(example_);
    const auto read = [&](DateOrder order) {
        const auto wall = wallOf(parts, order);
        return wall ? dateText(Time(wall->time_since_epoch())) : std::string("no date");
    };
    const Question question{
        Question::About::Dates,
        example_,
        {{"dmy", read(DateOrder::DayMonthYear)}, {"mdy", read(DateOrder::MonthDayYear)}}};
    throw AnswerNeeded(question,
                       "nothing tells day and month apart: \"" + example_ + "\" can be " +
                           question.choices[0].meaning + " or " + question.choices[1].meaning,
                       file.line(slashLine_), "Pass --dates dmy or --dates mdy.");
}

std::optional<TableDates::Moment> TableDates::read(std::string_view cell, const Zone& zone) const
{
    const auto parts = partsOf(cell);
    if (parts.style == Style::Bad) return std::nullopt;
    if (parts.style == Style::Instant) return Moment{parts.instant, TimeCertainty::Exact};
    const auto wall = wallOf(parts, order_);
    if (!wall) return std::nullopt;
    // A date without a time of day stays that date whatever the zone.
    if (parts.dateOnly) return Moment{Time(wall->time_since_epoch()), TimeCertainty::DateOnly};
    if (parts.offset) {
        return Moment{Time(wall->time_since_epoch() - *parts.offset), TimeCertainty::Exact};
    }
    const auto resolved = zone.toUtc(*wall);
    return Moment{resolved.time, resolved.certainty};
}

}  // namespace kith
