#include "core/scenario/writers.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace kith {
namespace {

using Json = nlohmann::ordered_json;

Json personOf(const Town& town, const Resident& person)
{
    Json accounts = Json::object();
    for (const auto& [platform, key] : person.accounts)
        accounts[std::string(platformNames.at(static_cast<std::size_t>(platform)))] = key;
    Json visits = Json::array();
    for (const std::size_t circle : person.visits) visits.push_back(town.circles[circle].id);
    return {{"id", person.id},
            {"name", person.name},
            {"kind", person.organisation ? "organisation" : "person"},
            {"cluster", town.circles[person.home].id},
            {"bridge_to", visits},
            {"listed", person.listed},
            {"accounts", accounts},
            {"traits", Json(person.traits)}};
}

Json clusterOf(const Town& town, const Circle& circle)
{
    Json places = Json::array({venues().at(circle.venue).file});
    if (circle.second) places.push_back(venues().at(*circle.second).file);
    Json out = {{"id", circle.id},
                {"label", circle.label},
                {"size", circle.members.size()},
                {"files", places}};
    out["trait"] = circle.trait.empty() ? Json() : Json(circle.trait);
    out["value"] = circle.trait.empty() ? Json() : Json(circle.value);
    if (!circle.trait.empty()) {
        const auto alike =
            std::count_if(circle.members.begin(), circle.members.end(), [&](std::size_t p) {
                return town.people[p].traits.at(std::string(circle.trait)) == circle.value;
            });
        out["share"] = static_cast<double>(alike) / static_cast<double>(circle.members.size());
    }
    return out;
}

Json worryOf(const Chronicle& chronicle, Worry worry)
{
    std::set<std::size_t> authors;
    std::size_t messages = 0;
    std::optional<Time> first;
    std::optional<Time> last;
    for (const Said& said : chronicle.said) {
        if (said.worry != worry) continue;
        ++messages;
        authors.insert(said.author);
        first = std::min(first.value_or(said.time), said.time);
        last = std::max(last.value_or(said.time), said.time);
    }
    Json out = {{"messages", messages}, {"authors", authors.size()}};
    out["first"] = first ? Json(isoText(*first)) : Json();
    out["last"] = last ? Json(isoText(*last)) : Json();
    return out;
}

Json concernsOf(const Chronicle& chronicle)
{
    Json organic = {{"name", "Brown water"},
                    {"query", "\"brown water\""},
                    {"growth", "organic"},
                    {"branching_ratio", chronicle.organic.branchingRatio},
                    {"doubling_days", chronicle.organic.doublingDays},
                    {"set_off", chronicle.organic.immigrants}};
    organic.update(worryOf(chronicle, Worry::Organic));
    Json managed = {{"name", "Town Hall Pledge"},
                    {"query", "pledge"},
                    {"growth", "managed"},
                    {"branching_ratio", 0.0}};
    managed.update(worryOf(chronicle, Worry::Managed));
    return Json::array({organic, managed});
}

Json fileOf(const FileTruth& file)
{
    const Venue& venue = venues().at(file.venue);
    return {{"file", venue.file},
            {"name", venue.name},
            {"platform", platformNames.at(static_cast<std::size_t>(venue.platform))},
            {"messages", file.messages},
            {"system", file.system},
            {"replies", file.replies},
            {"answers", file.answers},
            {"media", file.media},
            {"deleted", file.deleted},
            {"bots", file.bots},
            {"reactions", file.reactions},
            {"authors", file.authors}};
}

/// Who answered whom how often, by what was meant and not by what a format keeps.
Json answersOf(const Town& town, const Chronicle& chronicle)
{
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> counts;
    for (const Said& said : chronicle.said)
        if (said.parent != nobody) ++counts[{said.author, chronicle.said[said.parent].author}];
    Json out = Json::array();
    for (const auto& [pair, count] : counts)
        out.push_back(
            Json::array({town.people[pair.first].id, town.people[pair.second].id, count}));
    return out;
}

}  // namespace

void writeTruth(const Town& town, const Chronicle& chronicle, const std::vector<FileTruth>& files,
                std::size_t memberRows, const std::filesystem::path& file)
{
    Json root = {{"scenario", "millbrook"},
                 {"options",
                  {{"seed", town.options.seed},
                   {"people", town.options.people},
                   {"weeks", town.options.weeks}}},
                 {"zone", town.zone.name()},
                 {"member_rows", memberRows}};
    root["files"] = Json::array();
    for (const FileTruth& truth : files) root["files"].push_back(fileOf(truth));
    root["clusters"] = Json::array();
    for (const Circle& circle : town.circles) root["clusters"].push_back(clusterOf(town, circle));
    root["bridges"] = Json::array();
    for (const Resident& person : town.people)
        if (!person.visits.empty()) root["bridges"].push_back(person.id);
    root["concerns"] = concernsOf(chronicle);
    root["people"] = Json::array();
    for (const Resident& person : town.people) root["people"].push_back(personOf(town, person));
    root["answers"] = answersOf(town, chronicle);
    writeBytes(file, root.dump(1) + "\n");
}

}  // namespace kith
