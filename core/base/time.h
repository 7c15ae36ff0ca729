#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// An instant, UTC, to the millisecond.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// What a clock on a wall showed; becomes a Time only with a Zone.
using WallTime = std::chrono::local_time<std::chrono::milliseconds>;

inline std::int64_t toMillis(Time time)
{
    return time.time_since_epoch().count();
}
inline Time fromMillis(std::int64_t millis)
{
    return Time(std::chrono::milliseconds(millis));
}

/// How far a stored instant can be trusted.
enum class TimeCertainty {
    Exact,      ///< the file gave an instant, or a wall time with its offset
    Zoned,      ///< a wall time, read in the zone that the user or the file gave for the source
    Ambiguous,  ///< a wall time that happened twice (clocks went back); the earlier is taken
    Shifted,    ///< a wall time that never happened (clocks went forward); moved past the gap
    DateOnly    ///< no time of day
};

/// A wall time from its parts; nullopt when the date or time does not exist. Years 1970 to 9999.
std::optional<WallTime> wallTime(int year, unsigned month, unsigned day, unsigned hour = 0,
                                 unsigned minute = 0, unsigned second = 0, unsigned millis = 0);

/// Reads ISO 8601 / RFC 3339: "2024-03-01", "2024-03-01T18:04[:09[.123456]]", 'T' or space, with
/// "Z", "UTC" or an offset "+01:00", "+0100", "+01". Locale-free.
struct IsoTime {
    WallTime wall;
    std::optional<std::chrono::minutes> offset;  ///< absent when the text gave none
    bool dateOnly = false;
};
std::optional<IsoTime> parseIso(std::string_view text);

/// "2024-03-01T18:04:09Z", with ".123" only when the milliseconds are not zero.
std::string isoText(Time time);

/// "2024-03-01" in UTC.
std::string dateText(Time time);

/// "1 March 2024" in UTC, for asking which day is meant.
std::string dateInWords(Time time);

/// A time zone by its IANA name.
class Zone {
public:
    /// UTC.
    Zone() = default;

    /// @return nullopt when the name is not in the system's zone data
    static std::optional<Zone> find(std::string_view name);

    /// The computer's own zone, UTC when that is not known.
    static Zone local();

    const std::string& name() const { return name_; }

    struct Resolved {
        Time time;
        TimeCertainty certainty;  ///< Zoned, Ambiguous or Shifted
    };
    Resolved toUtc(WallTime wall) const;
    WallTime toWall(Time time) const;

private:
    std::string name_ = "UTC";
    const void* zone_ = nullptr;  ///< date::time_zone, owned by the zone database for ever
};

}  // namespace kith
