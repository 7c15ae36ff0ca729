#include "core/cluster/knownties.h"

#include "core/base/error.h"

#include <algorithm>

namespace kith::known {
namespace {

constexpr std::size_t fewestKnown = 5;
constexpr std::uint32_t unknown = ~std::uint32_t{0};

/// The people with a value, and each vertex' number among them.
std::vector<std::uint32_t> collectPeople(Part& part, std::size_t people,
                                         const NominalValues& values)
{
    if (values.valueOf.size() != people)
        throw Error(Error::Kind::Usage, "the values are not those of this graph");
    part.sizes.resize(values.names.size());
    std::vector<std::uint32_t> numberOf(people, unknown);
    for (std::size_t v = 0; v < people; ++v) {
        if (values.valueOf[v] < 0) continue;
        numberOf[v] = static_cast<std::uint32_t>(part.values.size());
        part.people.push_back(static_cast<Vertex>(v));
        part.values.push_back(values.valueOf[v]);
        ++part.sizes[static_cast<std::size_t>(values.valueOf[v])];
    }
    return numberOf;
}

}  // namespace

Part part(const Graph& graph, const NominalValues& values)
{
    Part known;
    const auto numberOf = collectPeople(known, graph.people(), values);
    for (const Vertex v : known.people) {
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j)
            if (v < row[j] && numberOf[row[j]] != unknown)
                known.ties.push_back(
                    {numberOf[v], numberOf[row[j]], static_cast<double>(graph.weights(v)[j])});
    }
    return known;
}

Part part(std::size_t people, std::span<const Arc> arcs, const NominalValues& values)
{
    Part known;
    const auto numberOf = collectPeople(known, people, values);
    for (const auto& arc : arcs)
        if (numberOf[arc.from] != unknown && numberOf[arc.to] != unknown)
            known.ties.push_back(
                {numberOf[arc.from], numberOf[arc.to], static_cast<double>(arc.weight)});
    return known;
}

void refuseTooLittle(const Part& part)
{
    const auto refuse = [](const char* why) {
        throw Error(Error::Kind::TooLittleData, why, {},
                    "Give more people a value for this trait.");
    };
    if (part.values.size() < fewestKnown) refuse("fewer than five people have a value");
    if (part.ties.empty()) refuse("no ties join people who have a value");
    const auto largest = *std::max_element(part.sizes.begin(), part.sizes.end());
    if (largest == part.values.size()) refuse("everybody has the same value");
}

double pairsOf(std::size_t n)
{
    return static_cast<double>(n) * (static_cast<double>(n) - 1) / 2;
}

double Table::oddsRatio() const
{
    const bool gap = sameTied <= 0 || differentTied <= 0 || sameUntied <= 0 || differentUntied <= 0;
    const double add = gap ? 0.5 : 0;
    return (sameTied + add) * (differentUntied + add) /
           ((sameUntied + add) * (differentTied + add));
}

double Mixing::assortativity() const
{
    constexpr double rounding = 1e-12;  // must not make 0/0 look like a finding
    if (!(allEnds > 0)) return 0;
    const double chance = squares / (allEnds * allEnds);
    return 1 - chance > rounding ? (allInside / allEnds - chance) / (1 - chance) : 0;
}

}  // namespace kith::known
