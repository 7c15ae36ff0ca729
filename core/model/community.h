#pragma once

#include "core/base/time.h"
#include "core/model/ids.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// How somebody came to be a member. Values are stored: never renumber.
enum class MemberOrigin : std::uint8_t { FromCluster = 1, ByHand = 2 };

struct Member {
    PersonId person;
    Time since;
    std::optional<Time> until;  ///< absent while a member
    MemberOrigin origin = MemberOrigin::ByHand;
};

/// A group that an organiser keeps.
struct Community {
    CommunityId id;
    std::string name;
    std::string note;
    int colour = 0;  ///< index into the palette of territories, kept for as long as it lives
    Time created;
    std::vector<std::string> tags;  ///< sorted
    std::vector<Member> members;    ///< present and past, by person id
};

/// The nine characteristics of a community of practice. Values are stored: never renumber.
enum class Characteristic : std::uint8_t {
    Sponsorship = 1,
    Vision = 2,
    Goals = 3,
    CoreTeam = 4,
    Outcomes = 5,
    Measures = 6,
    Processes = 7,
    Assumptions = 8,
    Review = 9
};

inline constexpr std::array allCharacteristics{
    Characteristic::Sponsorship, Characteristic::Vision,      Characteristic::Goals,
    Characteristic::CoreTeam,    Characteristic::Outcomes,    Characteristic::Measures,
    Characteristic::Processes,   Characteristic::Assumptions, Characteristic::Review};

/// "sponsorship", "vision", "goals", "core-team", "outcomes", "measures", "processes",
/// "assumptions", "review": as on the command line. Words for the screen are in journey/rubric.h.
std::string_view name(Characteristic characteristic);
std::optional<Characteristic> characteristicNamed(std::string_view name);

/// Values are stored: never renumber.
enum class EvidenceKind : std::uint8_t { Message = 1, Link = 2, File = 3, Note = 4 };

/// Something that speaks for or against a level.
struct Evidence {
    EvidenceId id;
    CommunityId community;
    Characteristic characteristic = Characteristic::Sponsorship;
    EvidenceKind kind = EvidenceKind::Note;
    bool supports = true;  ///< false: speaks against
    MessageId message;     ///< when kind is Message
    std::string text;      ///< the note, the address, or the file's name
    Time added;
};

/// A level that a person chose for one characteristic of one community on one day.
struct Assessment {
    AssessmentId id;
    CommunityId community;
    Characteristic characteristic = Characteristic::Sponsorship;
    int level = 0;  ///< 0 to 4
    Time on;
    std::string assessor;  ///< may be empty
    std::string note;
};

}  // namespace kith
