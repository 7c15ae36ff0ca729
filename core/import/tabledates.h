#pragma once

#include "core/base/time.h"
#include "core/import/onefile.h"
#include "core/import/reader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// The times of one table's column. ISO 8601; seconds or milliseconds since 1970; "Tue Jan 21
/// 23:07:15 +0000 2020" and "21 Jan 2020 11:07 PM"; 21/01/2020 and 01/21/2020, of which a file
/// holds one kind only, decided once for all rows. With points, the day always comes first.
class TableDates {
public:
    /// First walk: looks at a cell.
    void survey(std::string_view cell, std::uint64_t line);

    /// Between the walks.
    /// @throws Error NeedsAnswer when day and month cannot be told apart and `answer` is absent;
    ///         BadInput when two styles clash, with the lines
    void decide(std::optional<DateOrder> answer, const OneFile& file);

    struct Moment {
        Time time;
        TimeCertainty certainty;
    };
    /// Second walk; nullopt when the cell holds no date that exists.
    std::optional<Moment> read(std::string_view cell, const Zone& zone) const;

    /// Some cells hold wall times: the zone matters.
    bool hasWallTimes() const { return wall_; }

    /// The first line with a year of two digits, and how it is written there; 0 = none. Such years
    /// are read as 1970 to 2069.
    std::uint64_t shortYearLine() const { return shortYearLine_; }
    const std::string& shortYearExample() const { return shortYear_; }

    /// Whether a text is a date in any of the styles.
    static bool isDate(std::string_view cell);

private:
    std::uint64_t isoLine_ = 0;    ///< first line of each kind, 0 = none
    std::uint64_t dayLine_ = 0;    ///< a first number above 12
    std::uint64_t monthLine_ = 0;  ///< a second number above 12
    std::uint64_t slashLine_ = 0;
    std::uint64_t shortYearLine_ = 0;
    std::string example_;
    std::string shortYear_;
    bool wall_ = false;
    DateOrder order_ = DateOrder::DayMonthYear;
};

}  // namespace kith
