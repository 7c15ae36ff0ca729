#pragma once

#include "core/base/task.h"
#include "core/graph/graph.h"
#include "core/measure/grounded.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace kith {

// How closed two sides are to each other (METHODS e): random-walk controversy (Garimella et al.
// 2018), worked out exactly by one linear solve instead of by walking.

enum class Side : std::int8_t { Neither = -1, First = 0, Second = 1 };

/// The k people of highest degree on each side, ties to the lower number.
/// @param hubs 0 = 1 % of the smaller side, at least 3, at most 50
std::vector<Vertex> hubsOf(const Graph& graph, std::span<const Side> sides, Side side,
                           std::size_t hubs);
std::size_t usualHubs(std::span<const Side> sides);

/// Chance of a walk to meet a hub of the first side before one of the second, for everybody.
struct Walks {
    std::array<std::vector<Vertex>, 2> hubs;
    std::vector<double> h;  ///< by vertex, 0..1; 0.5 for people from whom no hub can be reached
    double a = 0;           ///< mean of h over the first side
    double b = 0;           ///< 1 - mean of h over the second side
    double rwc = 0;         ///< (a + b - 1) / (1 - (a - b)^2), all people start
    double transient = 0;   ///< the same, only people who are no hubs start
    double forward = 0;     ///< a + b - 1, only people who are no hubs start (Salloum et al. 2022)
};

/// Time: some hundred passes over the ties (conjugate gradients with diagonal preconditioning).
/// @pre both sides have more people than `hubs`
Walks walks(const Graph& graph, std::span<const Side> sides, std::size_t hubs);

/// The same to hubs that are given: those of a graph before ties were added to it.
Walks walksTo(const Graph& graph, std::span<const Side> sides,
              std::array<std::vector<Vertex>, 2> hubs);

/// The part of a graph that is looked at, with the way back.
struct SidedPart {
    Graph graph;
    std::vector<Side> sides;    ///< by vertex of the part; never Neither
    std::vector<Vertex> whole;  ///< vertex of the whole graph, by vertex of the part, ascending
};

/// The people of both sides and the ties among them, in their largest connected part.
/// Time O(people + ties).
SidedPart sidedPart(const Graph& graph, std::span<const Side> sides);

/// Halves a graph at the median of the second eigenvector of D^-1/2 A D^-1/2 divided by the square
/// root of the strength; ties by number. `seed` gives the vector that the iteration starts from.
std::vector<Side> spectralHalves(const Graph& graph, std::uint64_t seed);

/// (d_AA + d_BB - 2 d_AB) / (d_AA + d_BB + 2 d_AB), densities of ties (Chen et al. 2021).
double adaptiveEi(const Graph& graph, std::span<const Side> sides);

struct SeparationOptions {
    std::size_t hubs = 0;  ///< 0 = usualHubs()
    unsigned rewirings = 50;
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

struct Separation {
    std::array<std::size_t, 2> people{};  ///< on each side, in the part of the graph looked at
    std::size_t apart = 0;  ///< people of the sides who are outside it: not connected with it
    bool small = false;     ///< a side has fewer than 20 people: much of the raw value is chance
    std::size_t hubs = 0;
    Walks walks;  ///< vertices are those of the graph given; h is 0.5 outside the part looked at
    double halfHubs = 0;    ///< RWC with half as many hubs
    double doubleHubs = 0;  ///< and with twice as many
    double adaptiveEi = 0;

    double found = 0;  ///< RWC of the halves that spectralHalves finds, which the null is held to
    double nullMean = 0;
    double nullSd = 0;
    double normalised = 0;  ///< RWC* = found - nullMean
    double z = 0;
    double p = 1;  ///< (1 + #{null >= found}) / (rewirings + 1)
    unsigned rewirings = 0;
};

/// Looks at sidedPart(). Time: three solves and one for each rewiring.
/// @throws Error TooLittleData when a side has fewer than ten people there, or not more than its
///         hubs; Cancelled
Separation separation(const Graph& graph, std::span<const Side> sides,
                      const SeparationOptions& options, Task& task);

/// A tie that is not there, and what it would do.
struct Introduction {
    Vertex first = 0;   ///< on the first side
    Vertex second = 0;  ///< on the second
    double after = 0;   ///< RWC with this tie of weight 1 added
};

/// Pairs across the sides, both no hubs and not tied, by how much one tie between them lowers RWC.
/// Exact for one added tie (rank-one update); everybody is ranked by an approximate resistance
/// first, the best are worked out exactly. Time: three solves, and one for each of the best.
class Introductions {
public:
    Introductions(const Graph& graph, std::span<const Side> sides, const Walks& walks);

    /// Exact RWC after adding one tie.
    double after(Vertex u, Vertex v) const;

    /// The best `top` of the given pairs (u on the first side, v on the second).
    std::vector<Introduction> best(std::span<const std::pair<Vertex, Vertex>> pairs,
                                   std::size_t top, Task& task) const;

    /// The best `top` of all pairs across: the most promising people of each side are paired.
    std::vector<Introduction> best(std::size_t top, Task& task) const;

    /// The `top` pairs across that are best by the approximate resistance; `after` is approximate.
    /// @param without by vertex: people to leave out; empty = nobody
    std::vector<Introduction> promising(std::size_t top, const std::vector<bool>& without) const;

private:
    double with(double gap, double yFirst, double ySecond, double resistance) const;
    double roughly(Vertex u, Vertex v) const;
    std::vector<std::pair<Vertex, Vertex>> pairsAcross(const std::vector<bool>& without) const;
    std::vector<Introduction> ranked(std::span<const std::pair<Vertex, Vertex>> pairs,
                                     std::size_t most) const;

    const Graph& graph_;
    std::span<const Side> sides_;
    const Walks& walks_;
    std::vector<bool> hub_;
    GroundedLaplacian system_;
    std::array<std::vector<double>, 2> y_;  ///< L^-1 of the even weights on each side
};

}  // namespace kith
