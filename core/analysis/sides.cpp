#include "core/analysis/sides.h"

#include "core/analysis/traitcolumn.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/communities.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace kith {
namespace {

constexpr double settled = 0.6;

void count(TwoSides& found)
{
    for (const Side side : {Side::First, Side::Second})
        found.people[static_cast<std::size_t>(side)] =
            static_cast<std::size_t>(std::ranges::count(found.sides, side));
}

std::vector<std::string> mostFrequent(const NominalValues& values)
{
    std::vector<std::size_t> sizes(values.names.size());
    for (const auto value : values.valueOf)
        if (value >= 0) ++sizes[static_cast<std::size_t>(value)];
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
    if (order.size() < 2)
        throw Error(Error::Kind::TooLittleData, "everybody known has the same value", {},
                    "Choose a trait with two values.");
    return {values.names[order[0]], values.names[order[1]]};
}

void sidesOfTrait(const Workspace& workspace, const std::string& trait, const std::string& text,
                  TwoSides& found)
{
    const auto column = traitColumn(workspace, found.analysis->people, trait, TraitReading::Groups);
    const auto& values = column.groups;
    const auto names = text.empty() ? mostFrequent(values) : twoNames(text, values.names);
    found.names = {names[0], names[1]};
    for (const auto value : values.valueOf) {
        const auto* name = value < 0 ? nullptr : &values.names[static_cast<std::size_t>(value)];
        found.sides.push_back(name == nullptr     ? Side::Neither
                              : *name == names[0] ? Side::First
                              : *name == names[1] ? Side::Second
                                                  : Side::Neither);
    }
}

/// Puts a group's or community's people on a side; who is there already is on neither.
void place(std::vector<Side>& sides, const std::vector<Vertex>& people, Side side,
           std::vector<bool>& taken)
{
    for (const Vertex v : people) {
        sides[v] = taken[v] ? Side::Neither : side;
        taken[v] = true;
    }
}

std::string nameOf(const ClusterFinding& cluster)
{
    return cluster.label.empty() ? fmt::format("Group {}", cluster.id + 1) : cluster.label;
}

std::vector<Vertex> membersOf(const Community& community, const PeopleGraph& people)
{
    std::vector<Vertex> members;
    for (const auto& member : community.members) {
        if (member.until) continue;
        if (const auto v = people.vertexOf(member.person)) members.push_back(*v);
    }
    return members;
}

void useGroup(TwoSides& found, std::size_t at, std::uint32_t id, std::vector<bool>& taken)
{
    const auto& cluster = found.analysis->clusters[id];
    found.names[at] = nameOf(cluster);
    place(found.sides, cluster.members, static_cast<Side>(at), taken);
    found.stability = std::min(found.stability.value_or(1.0), cluster.stability);
}

void refuseUnclear(const TwoSides& found)
{
    if (!found.stability) return;
    if (!found.analysis->structured) {
        throw Error(Error::Kind::TooLittleData,
                    "the groups here are no clearer than chance would draw them, so there are no "
                    "two sides",
                    {}, "Name two sides that you know of: --trait T --sides A,B.");
    }
    if (*found.stability < settled) {
        throw Error(Error::Kind::TooLittleData,
                    fmt::format("the groups are not settled (stability {:.2f}, and {:.1f} is "
                                "needed), so there are no two sides",
                                *found.stability, settled),
                    {}, "Name two sides that you know of: --trait T --sides A,B.");
    }
}

void sidesOfGroups(const Workspace& workspace, const std::string& text, TwoSides& found)
{
    const auto& clusters = found.analysis->clusters;
    std::vector<bool> taken(found.sides.size());
    if (text.empty()) {
        if (clusters.size() < 2)
            throw Error(Error::Kind::TooLittleData, "there are no two groups in this selection", {},
                        "Widen the selection, or name two sides: --trait T --sides A,B.");
        for (const std::size_t at : {std::size_t{0}, std::size_t{1}})
            useGroup(found, at, static_cast<std::uint32_t>(at), taken);
        return refuseUnclear(found);
    }
    std::vector<std::string> known;
    for (const auto& community : communities(workspace)) known.push_back(community.name);
    for (const auto& cluster : clusters) known.push_back(std::to_string(cluster.id));
    const auto names = twoNames(text, known);
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}}) {
        if (const auto community = communityNamed(workspace, names[at])) {
            found.names[at] = community->name;
            place(found.sides, membersOf(*community, found.analysis->people), static_cast<Side>(at),
                  taken);
        } else {
            useGroup(found, at, static_cast<std::uint32_t>(*parseInteger(names[at])), taken);
        }
    }
    refuseUnclear(found);
}

}  // namespace

std::vector<std::string> twoNames(const std::string& text, const std::vector<std::string>& known)
{
    const auto isKnown = [&](std::string_view name) {
        return std::ranges::find(known, name) != known.end();
    };
    std::string wrong = text;
    for (auto comma = text.find(','); comma != std::string::npos;
         comma = text.find(',', comma + 1)) {
        const std::string first(trim(std::string_view(text).substr(0, comma)));
        const std::string second(trim(std::string_view(text).substr(comma + 1)));
        if (isKnown(first) && isKnown(second) && first != second) return {first, second};
        wrong = isKnown(first) ? second : first;
    }
    if (text.find(',') == std::string::npos)
        throw Error(Error::Kind::Usage, "two sides are needed, and " + text + " is one", {},
                    "Write them as A,B.");
    auto some = known;
    if (some.size() > 20) some.resize(20);
    throw Error(Error::Kind::NotFound, "there is no side called " + wrong, {},
                "There are: " + join(some, ", ") + ".");
}

TwoSides twoSides(const Workspace& workspace, const AnalysisOptions& options,
                  const std::string& trait, const std::string& sides, Task& task)
{
    auto quick = options;
    quick.null = trait.empty();
    quick.traits = false;
    quick.bridges = false;
    quick.text = trait.empty();  // groups are called by their words
    quick.layout = false;
    TwoSides found;
    found.analysis = analyse(workspace, quick, task);
    if (!trait.empty()) {
        sidesOfTrait(workspace, trait, sides, found);
    } else {
        found.sides.assign(found.analysis->people.people.size(), Side::Neither);
        sidesOfGroups(workspace, sides, found);
    }
    count(found);
    return found;
}

}  // namespace kith
