#include "core/import/irccalendar.h"

namespace kith {

using namespace std::chrono;

IrcCalendar::IrcCalendar(std::string_view name)
{
    const auto date = dateInName(name);
    if (!date) return;
    year_ = date->year;
    month_ = date->month;
    day_ = wallTime(date->year, date->month, date->day);
}

void IrcCalendar::begin(const IrcStamp& day)
{
    year_ = day.year;
    month_ = day.month;
    day_ = wallTime(day.year, day.month, day.day);
    last_.reset();
}

std::optional<WallTime> IrcCalendar::keep(std::optional<WallTime> wall)
{
    if (wall) {
        day_ = floor<days>(*wall);
        last_ = wall;
    }
    return wall;
}

std::optional<WallTime> IrcCalendar::at(const IrcStamp& stamp)
{
    constexpr unsigned halfYear = 6;
    if (!stamp.clock) return last_;
    if (stamp.year != 0) {
        year_ = stamp.year;
        month_ = stamp.month;
        return keep(
            wallTime(stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second));
    }
    if (stamp.month != 0) {
        if (year_ == 0) return std::nullopt;
        if (stamp.month + halfYear <= month_) ++year_;
        month_ = stamp.month;
        return keep(
            wallTime(year_, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second));
    }
    if (!day_) return std::nullopt;
    auto wall = *day_ + hours(stamp.hour) + minutes(stamp.minute) + seconds(stamp.second);
    if (last_ && wall + hours(1) < *last_) wall += days(1);
    return keep(wall);
}

}  // namespace kith
