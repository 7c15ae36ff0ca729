#include "core/import/wallclock.h"

#include <fmt/format.h>

namespace kith {

WallClock::Moment WallClock::at(WallTime wall)
{
    ++used_;
    const auto resolved = zone_.toUtc(wall);
    return {resolved.time, resolved.certainty};
}

std::optional<WallClock::Moment> WallClock::iso(std::string_view text)
{
    const auto iso = parseIso(text);
    if (!iso) return std::nullopt;
    if (iso->dateOnly) return Moment{Time(iso->wall.time_since_epoch()), TimeCertainty::DateOnly};
    if (!iso->offset) return at(iso->wall);
    return Moment{Time(iso->wall.time_since_epoch() - *iso->offset), TimeCertainty::Exact};
}

void WallClock::finish(const Place& place, Sink& sink) const
{
    if (used_ == 0 || told_) return;
    sink.problem({Outcome::Noted, place,
                  fmt::format("{} times carry no time zone and are read as UTC; pass --zone to say "
                              "where the file was made",
                              used_)});
}

}  // namespace kith
