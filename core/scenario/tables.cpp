#include "core/base/text.h"
#include "core/scenario/writers.h"

#include <fmt/format.h>

namespace kith {

FileTruth writePosts(const VenueTalk& talk, const std::filesystem::path& file)
{
    FileTruth truth = countsOf(talk);
    std::string out = "author,time,text,id,reply_to,conversation\n";
    for (std::size_t i = 0; i < talk.said.size(); ++i) {
        const Said& said = talk.said[i];
        const Resident& person = talk.town.people[said.author];
        std::string target;
        if (said.parent != nobody) {
            target = fmt::format("n{}", said.parent - talk.first + 1);
            ++truth.replies;
        }
        std::string text = said.text;
        if (said.addressed != nobody)
            text = "@" + talk.town.people[said.addressed].accounts.at(Platform::Posts) + " " + text;
        const std::string board = said.worry == Worry::Managed
                                      ? "Announcements"
                                      : std::string(talk.town.circles[said.circle].label);
        out += fmt::format("{},{},{},n{},{},{}\n", person.accounts.at(Platform::Posts),
                           isoText(said.time), csvCell(text), i + 1, target, csvCell(board));
    }
    writeBytes(file, out);
    return truth;
}

std::size_t writeMembers(const Town& town, const std::filesystem::path& file)
{
    constexpr std::array<std::string_view, 7> traits = {"ward",     "union",    "sector", "role",
                                                        "age band", "newcomer", "tenure"};
    constexpr double emptyCells = 0.06;
    Random random(town.options.seed, 70);
    std::string out = "name,kind";
    for (const std::string_view platform : platformNames) out += "," + std::string(platform);
    for (const std::string_view trait : traits) out += "," + std::string(trait);
    out += "\n";
    std::size_t rows = 0;
    for (const Resident& person : town.people) {
        if (!person.listed) continue;
        ++rows;
        out += csvCell(person.name) + (person.organisation ? ",organisation" : ",person");
        for (std::size_t p = 0; p < platformNames.size(); ++p) {
            const auto account = person.accounts.find(static_cast<Platform>(p));
            out += "," + (account == person.accounts.end() ? "" : csvCell(account->second));
        }
        for (const std::string_view trait : traits) {
            const auto value = person.traits.find(trait);
            const bool shown =
                value != person.traits.end() && (person.organisation || !random.chance(emptyCells));
            out += "," + (shown ? csvCell(value->second) : "");
        }
        out += "\n";
    }
    writeBytes(file, out);
    return rows;
}

}  // namespace kith
