#pragma once

#include "core/analysis/analysis.h"
#include "core/store/ingest.h"
#include "core/store/people.h"
#include "core/store/workspace.h"
#include "tests/support/data.h"

#include <fmt/format.h>
#include <string>

/// A tiny invented village whose truth can be seen by eye: twelve people around Damp Lane who talk
/// of mould, twelve around Station Road who talk of buses, and Quinn, who talks with both.
namespace kith::tests {

inline std::string villageMessages()
{
    static constexpr const char* damp[] = {"the mould is back on the bedroom wall",
                                           "my landlord says the mould is our fault",
                                           "the mould inspector comes by friday, landlord told me",
                                           "keep photos of the mould for the landlord"};
    static constexpr const char* buses[] = {"the last bus never came again",
                                            "new bus timetable is worse for shifts",
                                            "bus fares went up, timetable went down",
                                            "missed the bus, the timetable at the stop is wrong"};
    std::string csv = "id,author,time,text,reply_to,conversation\n";
    int id = 0;
    const auto say = [&](const std::string& author, const std::string& text, int answers) {
        ++id;
        csv += fmt::format("m{},{},2025-03-{:02}T{:02}:{:02}:00Z,\"{}\",{},village\n", id, author,
                           1 + id / 60, 8 + id / 6 % 10, id % 60, text,
                           answers > 0 ? "m" + std::to_string(answers) : "");
        return id;
    };
    for (int side = 0; side < 2; ++side) {
        const std::string group = side == 0 ? "Damp" : "Bus";
        for (int round = 0; round < 6; ++round) {
            for (int person = 0; person < 12; ++person) {
                const auto* text =
                    side == 0 ? damp[(round + person) % 4] : buses[(round + person) % 4];
                const int asked = say(group + std::to_string(person), text, 0);
                say(group + std::to_string((person + 1 + round) % 12), text, asked);
            }
        }
        for (int other = 0; other < 6; ++other) {
            const int asked = say(group + std::to_string(other), side == 0 ? damp[0] : buses[0], 0);
            say("Quinn", "what if the two groups met before the next meeting?", asked);
        }
    }
    return csv;
}

inline std::string villagePeople()
{
    std::string csv = "name,ward,age\n";
    for (int person = 0; person < 12; ++person) {
        csv += fmt::format("Damp{},{},{}\n", person, person < 11 ? "Eastfield" : "Northgate",
                           20 + person * 37 % 50);
        csv += fmt::format("Bus{},{},{}\n", person, person < 11 ? "Northgate" : "Eastfield",
                           20 + person * 31 % 50);
    }
    return csv + "Quinn,Eastfield,44\n";
}

/// The village as a workspace in `folder`.
inline Workspace village(const TempFolder& folder)
{
    const auto messages = folder.path() / "village.csv";
    const auto people = folder.path() / "people.csv";
    writeFile(messages, villageMessages());
    writeFile(people, villagePeople());
    auto workspace = Workspace::create(folder.path() / "village.kith");
    Task task;
    importFile(workspace, messages, {}, task);
    importTraits(workspace, people, task);
    return workspace;
}

inline std::shared_ptr<const Analysis> analysed(const Workspace& workspace,
                                                AnalysisOptions options = {})
{
    Task task;
    return analyse(workspace, options, task);
}

}  // namespace kith::tests
