#include "core/base/time.h"

#include "core/base/ascii.h"

#include <array>
#include <date/tz.h>
#include <fmt/format.h>

namespace kith {
namespace {

namespace chr = std::chrono;

/// Reads up to `digits` digits; nullopt when there is none.
std::optional<unsigned> number(std::string_view& text, std::size_t digits)
{
    unsigned value = 0;
    std::size_t used = 0;
    while (used < digits && used < text.size() && isDigit(text[used])) {
        value = value * 10 + static_cast<unsigned>(text[used] - '0');
        ++used;
    }
    if (used == 0) return std::nullopt;
    text.remove_prefix(used);
    return value;
}

bool take(std::string_view& text, char wanted)
{
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

/// The fraction of a second in milliseconds, after its point or comma has been taken.
unsigned fraction(std::string_view& text)
{
    unsigned millis = 0;
    unsigned scale = 100;
    while (!text.empty() && isDigit(text.front())) {
        millis += static_cast<unsigned>(text.front() - '0') * scale;
        scale /= 10;
        text.remove_prefix(1);
    }
    return millis;
}

/// "Z", " UTC", "+01:00" ...; false when something unreadable is left.
bool zoneSuffix(std::string_view text, std::optional<chr::minutes>& offset)
{
    if (take(text, ' ') && text.empty()) return true;
    if (text.empty()) return true;
    if (text == "Z" || text == "z" || text == "UTC" || text == "GMT") {
        offset = chr::minutes(0);
        return true;
    }
    const int sign = text.front() == '+' ? 1 : text.front() == '-' ? -1 : 0;
    if (sign == 0) return false;
    text.remove_prefix(1);
    const auto hours = number(text, 2);
    take(text, ':');
    const auto minutes = number(text, 2);
    if (!hours || *hours > 18 || minutes.value_or(0) > 59 || !text.empty()) return false;
    offset = sign * (chr::hours(*hours) + chr::minutes(minutes.value_or(0)));
    return true;
}

const date::time_zone* zoneOf(const void* zone)
{
    return static_cast<const date::time_zone*>(zone);
}

date::local_time<chr::milliseconds> toDate(WallTime wall)
{
    return date::local_time<chr::milliseconds>(wall.time_since_epoch());
}

}  // namespace

std::optional<WallTime> wallTime(int year, unsigned month, unsigned day, unsigned hour,
                                 unsigned minute, unsigned second, unsigned millis)
{
    const auto ymd = chr::year(year) / chr::month(month) / chr::day(day);
    if (!ymd.ok() || year < 1970 || year > 9999) return std::nullopt;
    if (second == 60) second = 59;  // a leap second; nothing in a chat depends on it
    if (hour > 23 || minute > 59 || second > 59 || millis > 999) return std::nullopt;
    return chr::local_days(ymd) + chr::hours(hour) + chr::minutes(minute) + chr::seconds(second) +
           chr::milliseconds(millis);
}

std::optional<IsoTime> parseIso(std::string_view text)
{
    const auto year = number(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = number(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = number(text, 2);
    if (!day) return std::nullopt;

    IsoTime result{};
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    unsigned millis = 0;
    result.dateOnly = text.empty();
    if (!result.dateOnly) {
        if (!take(text, 'T') && !take(text, ' ') && !take(text, 't')) return std::nullopt;
        const auto h = number(text, 2);
        if (!h || !take(text, ':')) return std::nullopt;
        const auto m = number(text, 2);
        if (!m) return std::nullopt;
        hour = *h;
        minute = *m;
        if (take(text, ':')) {
            const auto s = number(text, 2);
            if (!s) return std::nullopt;
            second = *s;
            if (take(text, '.') || take(text, ',')) millis = fraction(text);
        }
        if (!zoneSuffix(text, result.offset)) return std::nullopt;
    }
    const auto wall = wallTime(static_cast<int>(*year), *month, *day, hour, minute, second, millis);
    if (!wall) return std::nullopt;
    result.wall = *wall;
    return result;
}

std::string dateText(Time time)
{
    const chr::year_month_day ymd(chr::floor<chr::days>(time));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                       static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string dateInWords(Time time)
{
    static constexpr std::array months{"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
    const chr::year_month_day ymd(chr::floor<chr::days>(time));
    return fmt::format("{} {} {}", static_cast<unsigned>(ymd.day()),
                       months.at(static_cast<unsigned>(ymd.month()) - 1),
                       static_cast<int>(ymd.year()));
}

std::string isoText(Time time)
{
    const auto day = chr::floor<chr::days>(time);
    const chr::hh_mm_ss clock(time - day);
    auto text = fmt::format("{}T{:02}:{:02}:{:02}", dateText(time), clock.hours().count(),
                            clock.minutes().count(), clock.seconds().count());
    if (clock.subseconds().count() != 0) text += fmt::format(".{:03}", clock.subseconds().count());
    return text + 'Z';
}

std::optional<Zone> Zone::find(std::string_view name)
{
    Zone found;
    if (name == "UTC" || name == "Z") return found;
    try {
        found.zone_ = date::locate_zone(std::string(name));
    } catch (const std::runtime_error&) {
        return std::nullopt;  // the library's way to say that the name is unknown
    }
    found.name_ = name;
    return found;
}

Zone Zone::local()
{
    try {
        const auto* zone = date::current_zone();
        Zone found;
        found.zone_ = zone;
        found.name_ = zone->name();
        return found;
    } catch (const std::runtime_error&) {
        return {};  // a machine without zone data or settings: documented to mean UTC
    }
}

Zone::Resolved Zone::toUtc(WallTime wall) const
{
    if (zone_ == nullptr) return {Time(wall.time_since_epoch()), TimeCertainty::Zoned};
    const auto local = toDate(wall);
    const auto info = zoneOf(zone_)->get_info(local);
    // In a gap the offset before it moves the time forward past the gap, as clocks do.
    const Time time((local.time_since_epoch() - info.first.offset));
    switch (info.result) {
    case date::local_info::unique: return {time, TimeCertainty::Zoned};
    case date::local_info::ambiguous: return {time, TimeCertainty::Ambiguous};
    case date::local_info::nonexistent: break;
    }
    return {time, TimeCertainty::Shifted};
}

WallTime Zone::toWall(Time time) const
{
    if (zone_ == nullptr) return WallTime(time.time_since_epoch());
    const date::sys_time<chr::milliseconds> instant(time.time_since_epoch());
    return WallTime(zoneOf(zone_)->to_local(instant).time_since_epoch());
}

}  // namespace kith
