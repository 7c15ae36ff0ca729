#pragma once

#include "core/base/time.h"
#include "core/scenario/scenario.h"
#include "core/scenario/talk.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

enum class Platform : std::uint8_t { WhatsApp, Telegram, Email, Slack, Posts };
constexpr std::array<std::string_view, 5> platformNames = {"whatsapp", "telegram", "email", "slack",
                                                           "handle"};

/// A place where people talk: one export.
struct Venue {
    Platform platform = Platform::Posts;
    std::string_view file;
    std::string_view name;
    bool iphone = false;    ///< WhatsApp: exported from iOS
    bool halfDays = false;  ///< WhatsApp: 12-hour clock
};
constexpr std::size_t venueCount = 8;
const std::array<Venue, venueCount>& venues();

/// A planted cluster.
struct Circle {
    std::string_view id;     ///< "damp": also the name of its texts
    std::string_view label;  ///< "Damp homes in Eastfield"
    std::string_view trait;  ///< planted trait, empty = deliberately mixed
    std::string_view value;
    std::size_t venue = 0;              ///< where it mostly talks
    std::optional<std::size_t> second;  ///< where some of it talks as well
    std::vector<std::size_t> members;   ///< people whose home it is
    std::vector<std::size_t> visitors;  ///< bridges from elsewhere
};

struct Resident {
    std::string id;  ///< "p001"
    std::string first;
    std::string name;
    bool organisation = false;
    std::size_t home = 0;                                    ///< circle
    std::vector<std::size_t> visits;                         ///< further circles, for bridges
    std::map<std::string, std::string, std::less<>> traits;  ///< trait -> value, all known
    std::map<Platform, std::string> accounts;                ///< key on each platform used
    std::array<bool, venueCount> attends{};
    double activity = 1;
    Style style;
    bool listed = true;  ///< has a row in members.csv
};

struct Town {
    ScenarioOptions options;
    Zone zone;
    Time start;
    Time end;
    std::vector<Resident> people;
    std::vector<Circle> circles;
};

/// Founds Millbrook: people, circles, traits, bridges, accounts.
Town foundTown(const ScenarioOptions& options);

/// The instant of a wall clock time in Millbrook, `minutes` after midnight of day `day`.
Time townTime(const Town& town, unsigned day, unsigned minutes);

}  // namespace kith
