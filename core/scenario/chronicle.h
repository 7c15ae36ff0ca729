#pragma once

#include "core/base/task.h"
#include "core/scenario/town.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace kith {

enum class SaidKind : std::uint8_t { Text, Media, Deleted };
enum class Worry : std::uint8_t { None, Organic, Managed };

constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

struct Nod {
    std::size_t who;
    std::string_view emoji;
};

/// One message of the town, before it is written in any format.
struct Said {
    std::size_t venue = 0;
    std::size_t circle = 0;  ///< whose talk it belongs to
    std::size_t author = 0;
    Time time{};
    SaidKind kind = SaidKind::Text;
    Worry worry = Worry::None;
    std::size_t parent = nobody;  ///< what it answers
    std::size_t root = nobody;    ///< first message of its conversation; itself when it opens one
    std::string text;
    std::string subject;             ///< mail: of the conversation
    std::size_t addressed = nobody;  ///< person who is named
    std::vector<Nod> nods;           ///< reactions
};

struct OrganicTruth {
    double branchingRatio = 0.6;
    double doublingDays = 0;
    std::size_t immigrants = 0;
};

/// Everything that was said, in order of time within each venue.
struct Chronicle {
    std::vector<Said> said;
    OrganicTruth organic;
};

Chronicle chronicleOf(const Town& town, Task& task);

/// A worry that spreads by itself: a branching process (Hawkes and Oakes 1974) with exponential
/// delays, set off by first sightings whose rate doubles every few days.
OrganicTruth spreadWorry(const Town& town, std::vector<Said>& said, Task& task);

/// A campaign: few authors, fixed hours, the same number of posts each day.
void runCampaign(const Town& town, std::vector<Said>& said);

}  // namespace kith
