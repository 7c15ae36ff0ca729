#pragma once

#include "core/import/reader.h"

#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// The wall times of one file as instants, in the zone that the user gave. Says once, at the end,
/// when there were some and nobody said their zone.
class WallClock {
public:
    explicit WallClock(const ReadOptions& options)
        : zone_(options.zone.value_or(Zone())), told_(options.zone.has_value())
    {}

    struct Moment {
        Time time;
        TimeCertainty certainty = TimeCertainty::Exact;
    };

    Moment at(WallTime wall);

    /// ISO 8601 with or without an offset; nullopt when it is none.
    std::optional<Moment> iso(std::string_view text);

    /// For ReadReport::zone: empty when no wall time was read.
    std::string zone() const { return used_ > 0 ? zone_.name() : std::string(); }

    void finish(const Place& place, Sink& sink) const;

private:
    Zone zone_;
    bool told_;
    std::uint64_t used_ = 0;
};

}  // namespace kith
