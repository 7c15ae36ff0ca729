#include "core/measure/introducers.h"

#include <algorithm>
#include <cmath>

namespace kith {
namespace {

/// Weights of answered ties, to be looked up: W(u,v) by binary search in the arcs.
class Answered {
public:
    explicit Answered(const PeopleGraph& people) : arcs_(people.arcs) {}

    /// How much a tie counts.
    double operator()(Vertex u, Vertex v, double weight) const
    {
        const double answered = std::min(along(u, v), along(v, u));
        return answered > 0 ? answered : weight / 2;
    }

private:
    double along(Vertex from, Vertex to) const
    {
        const auto key = std::pair(from, to);
        const auto at = std::lower_bound(
            arcs_.begin(), arcs_.end(), key,
            [](const Arc& arc, const auto& k) { return std::pair(arc.from, arc.to) < k; });
        const bool found = at != arcs_.end() && at->from == from && at->to == to;
        return found ? static_cast<double>(at->weight) : 0;
    }

    const std::vector<Arc>& arcs_;
};

/// By vertex: tie strength into each side.
using IntoSides = std::vector<std::array<double, 2>>;

IntoSides intoSides(const PeopleGraph& people, std::span<const Side> sides, bool plain)
{
    const Graph& graph = people.graph;
    const Answered counts(people);
    IntoSides into(graph.people());
    for (std::size_t i = 0; i < graph.people(); ++i) {
        const auto v = static_cast<Vertex>(i);
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j) {
            const Side side = sides[row[j]];
            if (side == Side::Neither) continue;
            const auto weight = static_cast<double>(graph.weights(v)[j]);
            into[i][static_cast<std::size_t>(side)] += plain ? weight : counts(v, row[j], weight);
        }
    }
    return into;
}

double median(std::vector<double> values)
{
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::array<double, 2> ordinaryOf(const IntoSides& into, std::span<const Side> sides)
{
    std::array<std::vector<double>, 2> inside;
    for (std::size_t v = 0; v < sides.size(); ++v) {
        if (sides[v] == Side::Neither) continue;
        const auto own = static_cast<std::size_t>(sides[v]);
        inside[own].push_back(into[v][own]);
    }
    return {median(std::move(inside[0])), median(std::move(inside[1]))};
}

double recencyOf(std::span<const double> daysSilent, std::size_t v, double halfLife)
{
    return daysSilent.empty() ? 1 : std::exp2(-daysSilent[v] / halfLife);
}

void findPairs(Introducers& found, const PeopleGraph& people, std::span<const Side> sides,
               const IntoSides& into, std::span<const double> daysSilent,
               const IntroducersOptions& options)
{
    const Graph& graph = people.graph;
    const Answered counts(people);
    const auto inside = [&](Vertex v, std::size_t side) {
        return into[v][side] / found.ordinary[side] *
               recencyOf(daysSilent, v, options.halfLifeDays);
    };
    for (std::size_t i = 0; i < graph.people(); ++i) {
        if (sides[i] != Side::First) continue;
        const auto v = static_cast<Vertex>(i);
        const auto row = graph.neighbours(v);
        for (std::size_t j = 0; j < row.size(); ++j) {
            if (sides[row[j]] != Side::Second) continue;
            const double tie = counts(v, row[j], static_cast<double>(graph.weights(v)[j]));
            found.pairs.push_back({v, row[j], std::min({inside(v, 0), inside(row[j], 1), tie})});
        }
    }
    std::stable_sort(found.pairs.begin(), found.pairs.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
    found.pairs.resize(std::min(found.pairs.size(), options.top));
}

/// What goes with each person if they leave.
void findReliance(Introducers& found, const PeopleGraph& people, std::span<const Side> sides,
                  const IntroducersOptions& options)
{
    const auto into = intoSides(people, sides, true);
    std::vector<double> held(into.size());
    double direct = 0;  // seen from both ends
    for (std::size_t v = 0; v < into.size(); ++v) {
        if (sides[v] == Side::Neither) {
            held[v] = std::min(into[v][0], into[v][1]);
            found.weight += held[v];
        } else {
            held[v] = into[v][sides[v] == Side::First ? 1 : 0];
            direct += held[v];
        }
    }
    found.weight += direct / 2;
    if (!(found.weight > 0)) return;
    std::vector<Vertex> order;
    for (std::size_t v = 0; v < held.size(); ++v)
        if (held[v] > 0) order.push_back(static_cast<Vertex>(v));
    std::stable_sort(order.begin(), order.end(),
                     [&](Vertex a, Vertex b) { return held[a] > held[b]; });
    order.resize(std::min(order.size(), options.top));
    for (const Vertex v : order) {
        found.holders.push_back(v);
        found.reliance.push_back(held[v] / found.weight);
    }
}

}  // namespace

Introducers introducers(const PeopleGraph& people, std::span<const Side> sides,
                        std::span<const double> daysSilent, const IntroducersOptions& options)
{
    Introducers found;
    findReliance(found, people, sides, options);
    const auto into = intoSides(people, sides, false);
    found.ordinary = ordinaryOf(into, sides);
    if (!(found.ordinary[0] > 0) || !(found.ordinary[1] > 0)) return found;
    for (std::size_t v = 0; v < into.size(); ++v) {
        Introducer one;
        one.person = static_cast<Vertex>(v);
        one.ratio = {into[v][0] / found.ordinary[0], into[v][1] / found.ordinary[1]};
        one.recency = recencyOf(daysSilent, v, options.halfLifeDays);
        one.score = std::min(one.ratio[0], one.ratio[1]) * one.recency;
        if (one.score > options.least) found.people.push_back(one);
    }
    std::stable_sort(found.people.begin(), found.people.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
    found.people.resize(std::min(found.people.size(), options.top));
    if (found.people.empty()) findPairs(found, people, sides, into, daysSilent, options);
    return found;
}

}  // namespace kith
