#pragma once

#include "core/graph/interaction.h"
#include "core/measure/separation.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace kith {

/// Somebody who could bring two groups together, being tied to both (METHODS f).
struct Introducer {
    Vertex person = 0;
    double score = 0;               ///< min(toFirst, toSecond) * recency, >= 0; 1 = an ordinary
                                    ///< member of each
    std::array<double, 2> ratio{};  ///< ties to each group over those of an ordinary member
    double recency = 1;             ///< 2^(-days silent / 30), 0..1
};

/// Two who know each other, one on each side: when nobody alone is tied to both.
struct IntroducerPair {
    Vertex first = 0;
    Vertex second = 0;
    double score = 0;  ///< the smallest of: first's tie to the own group, second's, the tie between
};

struct IntroducersOptions {
    double least = 0.05;  ///< scores below count as nobody
    std::size_t top = 10;
    double halfLifeDays = 30;
};

struct Introducers {
    std::array<double, 2> ordinary{};   ///< median strength of a member inside each group
    std::vector<Introducer> people;     ///< best first, above `least`
    std::vector<IntroducerPair> pairs;  ///< only when there are none

    double weight = 0;  ///< all that joins the groups: ties between them, and through third people
                        ///< the smaller of their two ties
    std::vector<Vertex> holders;   ///< the people it goes through, most first, at most `top`
    std::vector<double> reliance;  ///< by holder: the share of the weight that goes with them, 0..1
};

/// Ties count by their answered weight min(W(u,v), W(v,u)) where there is one, else by half of
/// their weight. People of neither group may introduce too.
/// @param sides      by vertex
/// @param daysSilent by vertex, >= 0; empty = nobody is silent
/// Groups without ties inside have nobody ordinary: then nobody introduces. Time O(ties).
Introducers introducers(const PeopleGraph& people, std::span<const Side> sides,
                        std::span<const double> daysSilent, const IntroducersOptions& options);

}  // namespace kith
