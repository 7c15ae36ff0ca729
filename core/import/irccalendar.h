#pragma once

#include "core/import/ircline.h"

namespace kith {

/// Works out the day of each line of one log. A line that says only the hour belongs to the day
/// said last (by a line, or by the file's name), or to the next when the clock has gone back: by
/// more than an hour, since clocks are put back by one in autumn.
class IrcCalendar {
public:
    /// @param name of the file, with its folders
    explicit IrcCalendar(std::string_view name);

    /// A line that gives the day.
    void begin(const IrcStamp& day);

    /// nullopt when nothing tells the day, or when it does not exist.
    std::optional<WallTime> at(const IrcStamp& stamp);

private:
    std::optional<WallTime> keep(std::optional<WallTime> wall);

    int year_ = 0;
    unsigned month_ = 0;
    std::optional<WallTime> day_;   ///< midnight
    std::optional<WallTime> last_;  ///< on that day
};

}  // namespace kith
