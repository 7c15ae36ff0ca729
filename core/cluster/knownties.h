#pragma once

#include "core/cluster/homophilypanel.h"

#include <cstdint>
#include <span>
#include <vector>

/// The part of a graph that a trait is known for: what the measures of homophily work on.
namespace kith::known {

/// Above this many ties permutations take too long, and the normal approximation is good.
inline constexpr std::size_t mostTiesToPermute = 1'000'000;

/// A tie between two people with known values; ends are numbers among the known people. Directed:
/// from a to b.
struct Tie {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    double weight = 1;
};

struct Part {
    std::vector<Vertex> people;        ///< by known person: the vertex
    std::vector<std::int32_t> values;  ///< by known person
    std::vector<std::size_t> sizes;    ///< by value
    std::vector<Tie> ties;

    bool same(const Tie& tie) const { return values[tie.a] == values[tie.b]; }
};

/// @throws Error Usage when there is not one value a vertex
Part part(const Graph& graph, const NominalValues& values);

/// The same with directed ties.
Part part(std::size_t people, std::span<const Arc> arcs, const NominalValues& values);

/// @throws Error TooLittleData: fewer than five known, no ties, or one value only
void refuseTooLittle(const Part& part);

/// The pairs of distinct people, without order.
double pairsOf(std::size_t n);

/// A table of same against different and tied against not.
struct Table {
    double sameTied = 0;
    double differentTied = 0;
    double sameUntied = 0;
    double differentUntied = 0;

    /// 0.5 is added to every cell when one is 0 (Haldane 1956).
    double oddsRatio() const;
};

/// Weight of ties by value: ends in all, ends that stay inside (twice the weight of ties inside).
struct Mixing {
    std::vector<double> ends;
    std::vector<double> inside;
    double allEnds = 0;
    double allInside = 0;
    double squares = 0;  ///< sum over values of ends^2

    /// 0 where it is not defined: when every tie ends in one and the same value.
    double assortativity() const;
};

/// @param weightOf weightOf(tie); ties of weight 0 count for nothing
template <class WeightOf>
Mixing mixingOf(const Part& part, const WeightOf& weightOf)
{
    Mixing mixing;
    mixing.ends.resize(part.sizes.size());
    mixing.inside.resize(part.sizes.size());
    for (const auto& tie : part.ties) {
        const auto a = static_cast<std::size_t>(part.values[tie.a]);
        const auto b = static_cast<std::size_t>(part.values[tie.b]);
        const double weight = weightOf(tie);
        mixing.ends[a] += weight;
        mixing.ends[b] += weight;
        mixing.allEnds += 2 * weight;
        if (a != b) continue;
        mixing.inside[a] += 2 * weight;
        mixing.allInside += 2 * weight;
    }
    for (const double ends : mixing.ends) mixing.squares += ends * ends;
    return mixing;
}

/// Fills p and what belongs to it.
void fillTest(HomophilyPanel& result, const Graph& graph, const Part& part,
              const PermutationOptions& options, Task& task);

/// Fills the intervals from resampled people.
void fillIntervals(HomophilyPanel& result, const Part& part, const PanelOptions& options,
                   Task& task);

}  // namespace kith::known
