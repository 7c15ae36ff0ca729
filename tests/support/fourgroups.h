#pragma once

#include "core/base/random.h"
#include "core/store/ingest.h"
#include "core/store/workspace.h"
#include "tests/support/data.h"

#include <array>
#include <fmt/format.h>
#include <string>

/// Groups that have a subject in common and no contact.
namespace kith::tests {

using Subject = std::array<const char*, 8>;
inline constexpr Subject dampWords{"damp",   "mould",   "landlord", "boiler",
                       "repair", "tenancy", "plaster",  "deposit"};
inline constexpr Subject busWords{"timetable", "fare",   "driver", "route",
                      "depot",     "diesel", "ticket", "transit"};
inline constexpr Subject choirWords{"piano",  "concert", "rehearsal", "soprano",
                        "melody", "chorus",  "tenor",     "hymn"};

/// One of those who spoke before in the same round; empty for the first.
inline std::string answered(Random& random, int id, int person)
{
    if (person == 0) return {};
    return fmt::format("m{}", id - 1 - static_cast<int>(random.below(std::uint64_t(person))));
}

/// Four groups of ten who talk only among themselves for ten days: A and B of damp, C of buses, D
/// of the choir.
inline Workspace fourGroups(const TempFolder& folder, std::uint64_t seed)
{
    const std::array<const Subject*, 4> subjects{&dampWords, &dampWords, &busWords, &choirWords};
    Random random(seed);
    std::string csv = "id,author,time,text,reply_to,conversation\n";
    int id = 0;
    for (int round = 0; round < 10; ++round) {
        for (std::size_t group = 0; group < 4; ++group) {
            for (int person = 0; person < 10; ++person) {
                std::string text;
                for (int word = 0; word < 4; ++word)
                    text += std::string(subjects.at(group)->at(random.below(8))) + ' ';
                ++id;
                csv += fmt::format("m{},{}{},2025-03-{:02}T{:02}:{:02}:00Z,{},{},place {}\n", id,
                                   static_cast<char>('A' + group), person, 1 + round, 8 + group,
                                   person, text, answered(random, id, person), group);
            }
        }
    }
    writeFile(folder.path() / "groups.csv", csv);
    auto workspace = Workspace::create(folder.path() / "groups.kith");
    Task task;
    importFile(workspace, folder.path() / "groups.csv", {}, task);
    return workspace;
}

}  // namespace kith::tests
