#include "core/import/ircstamp.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/import/tabledates.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

std::optional<unsigned> number(std::string_view text)
{
    if (text.empty() || text.size() > 4 || !std::ranges::all_of(text, isDigit)) return std::nullopt;
    return static_cast<unsigned>(*parseInteger(text));
}

/// "10:36" or "10:36:07", and nothing else.
bool readClock(std::string_view text, IrcStamp& stamp)
{
    const auto parts = split(text, ':');
    if (parts.size() < 2 || parts.size() > 3) return false;
    const auto hour = number(parts[0]);
    const auto minute = number(parts[1]);
    const auto second = parts.size() == 3 ? number(parts[2]) : std::optional(0U);
    if (!hour || !minute || !second || parts[1].size() != 2) return false;
    if (*hour > 23 || *minute > 59 || *second > 59) return false;
    stamp.clock = true;
    stamp.hour = *hour;
    stamp.minute = *minute;
    stamp.second = *second;
    return true;
}

unsigned monthNamed(std::string_view text)
{
    constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
    if (text.size() != 3) return 0;
    const auto found = std::ranges::find(months, asciiLower(text));
    return found == months.end() ? 0 : static_cast<unsigned>(found - months.begin()) + 1;
}

bool readIso(std::string_view text, IrcStamp& stamp)
{
    const auto iso = parseIso(text);
    if (!iso || iso->dateOnly) return false;
    using namespace std::chrono;
    const auto midnight = floor<days>(iso->wall);
    const year_month_day date{midnight};
    const auto clock = floor<seconds>(iso->wall - midnight).count();
    stamp = {true,
             static_cast<int>(date.year()),
             static_cast<unsigned>(date.month()),
             static_cast<unsigned>(date.day()),
             static_cast<unsigned>(clock / 3600),
             static_cast<unsigned>(clock / 60 % 60),
             static_cast<unsigned>(clock % 60),
             iso->offset};
    return true;
}

/// "14 Jan 10:36" or "Jan 14 10:36:07".
bool readNamed(const std::vector<std::string_view>& words, IrcStamp& stamp)
{
    if (words.size() != 3) return false;
    const bool monthFirst = monthNamed(words[0]) != 0;
    const auto month = monthNamed(words[monthFirst ? 0 : 1]);
    const auto day = number(words[monthFirst ? 1 : 0]);
    if (month == 0 || !day || *day < 1 || *day > 31 || !readClock(words[2], stamp)) return false;
    stamp.month = month;
    stamp.day = *day;
    return true;
}

std::vector<std::string_view> wordsOf(std::string_view text, std::size_t most, std::size_t& end)
{
    std::vector<std::string_view> all;
    std::size_t at = 0;
    while (all.size() < most) {
        while (at < text.size() && text[at] == ' ') ++at;
        const auto from = at;
        while (at < text.size() && text[at] != ' ' && text[at] != '\t') ++at;
        if (at == from) break;
        all.push_back(text.substr(from, at - from));
    }
    end = at;
    return all;
}

bool readBare(std::string_view line, IrcStamp& stamp, std::size_t& end)
{
    const auto first = wordsOf(line, 1, end);
    if (first.empty()) return false;
    if (readClock(first[0], stamp) || readIso(first[0], stamp)) return true;
    if (isDigit(line.front()) && first[0].size() == 10) {
        const auto both = wordsOf(line, 2, end);
        return both.size() == 2 && readIso(line.substr(0, end), stamp);
    }
    if (monthNamed(first[0]) == 0) return false;
    return readNamed(wordsOf(line, 3, end), stamp);
}

}  // namespace

std::optional<IrcStamp> takeIrcStamp(std::string_view& line)
{
    constexpr std::size_t longest = 30;
    IrcStamp stamp;
    if (line.empty() || line.front() == ' ') return std::nullopt;
    if (line.front() == '[') {
        const auto close = line.substr(0, longest).find(']');
        if (close == line.npos) return std::nullopt;
        const auto inner = line.substr(1, close - 1);
        std::size_t end = 0;
        if (!readClock(inner, stamp) && !readIso(inner, stamp) &&
            !readNamed(wordsOf(inner, 4, end), stamp)) {
            return std::nullopt;
        }
        line.remove_prefix(close + 1);
        return stamp;
    }
    std::size_t end = 0;
    if (!readBare(line, stamp, end)) return std::nullopt;
    line.remove_prefix(end);
    return stamp;
}

std::optional<IrcStamp> ircDay(std::string_view text)
{
    // Read in UTC, the parts come back as they were written.
    const auto moment = TableDates().read(text, Zone());
    IrcStamp stamp;
    if (!moment || !readIso(isoText(moment->time), stamp)) return std::nullopt;
    stamp.clock = moment->certainty != TimeCertainty::DateOnly;
    stamp.offset.reset();
    return stamp;
}

std::optional<IrcNameDate> dateInName(std::string_view name)
{
    const auto digits = [&](std::size_t at, std::size_t count) -> std::optional<unsigned> {
        return at + count <= name.size() ? number(name.substr(at, count)) : std::nullopt;
    };
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (at > 0 && isDigit(name[at - 1])) continue;
        const auto year = digits(at, 4);
        if (!year || *year < 1970 || *year > 2099 || at + 4 >= name.size()) continue;
        const bool apart = !isDigit(name[at + 4]);
        const char sign = apart ? name[at + 4] : '\0';
        const std::size_t gap = apart ? 1 : 0;
        const auto month = digits(at + 4 + gap, 2);
        const auto second = at + 6 + gap;
        if (!month || (apart && (second >= name.size() || name[second] != sign))) continue;
        const auto day = digits(second + gap, 2);
        const auto end = second + gap + 2;
        if (!day || (end < name.size() && isDigit(name[end]))) continue;
        if (!wallTime(static_cast<int>(*year), *month, *day)) continue;
        return IrcNameDate{static_cast<int>(*year), *month, *day, at, end - at};
    }
    return std::nullopt;
}

}  // namespace kith
