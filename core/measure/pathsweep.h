#pragma once

#include "core/graph/graph.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace kith {

/// Shortest paths from several sources at once. A search from one source jumps about in memory;
/// searches from eight meet the same people at nearly the same distances, so that one look at
/// somebody serves all of them.
/// Source: Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
/// Sociology 25:163, 2001; for going along together Then et al., "The more the merrier: efficient
/// multi-source graph traversal", Proceedings of the VLDB Endowment 8:449, 2014.
class PathSweep {
public:
    static constexpr std::size_t most = 8;  ///< sources at once

    explicit PathSweep(const Graph& graph);

    /// Adds to `value`, by vertex, what the sources contribute: for each vertex between, the share
    /// of shortest paths to every target.
    /// @param sources at most `most`, each another
    /// Time O(ties) a source, memory 260 bytes a person.
    void addFrom(std::span<const Vertex> sources, std::vector<double>& value);

private:
    /// One number a source, together one line of the cache.
    struct alignas(64) Lanes {
        std::array<double, most> of{};
    };
    using Mask = std::uint8_t;  ///< one bit a source

    /// Somebody who is at the same distance from the sources in `lanes`.
    struct Stop {
        Vertex vertex = 0;
        Mask lanes = 0;
    };

    std::span<const Stop> level(std::size_t number) const;
    void begin(std::span<const Vertex> sources);
    bool goOn();
    void pullAhead();
    void pushAhead(std::span<const Stop> front);
    void reach(Vertex vertex, const Lanes& paths, Mask coming);
    void comeBack(std::vector<double>& value);
    void share(Stop stop, const Lanes& given, double& value);
    Lanes around(Vertex vertex) const;
    std::uint64_t arcsOf(std::span<const Stop> stops) const;

    const Graph& graph_;
    Mask all_ = 0;
    std::vector<Lanes> paths_;         ///< by vertex: how many shortest paths lead there
    std::vector<Lanes> shown_;         ///< by vertex: what the level at hand passes on, else 0
    std::vector<Lanes> next_;          ///< by vertex: what comes in, else 0
    std::vector<Mask> coming_;         ///< by vertex: from which sources, where next_ is not 0
    std::vector<Mask> seen_;           ///< by vertex: from which sources
    std::vector<Vertex> open_;         ///< not seen from everywhere yet, and a few who were
    std::uint64_t openArcs_ = 0;       ///< of those in open_
    std::vector<Vertex> touched_;      ///< with something in next_
    std::vector<Stop> stops_;          ///< level by level
    std::vector<std::size_t> starts_;  ///< of the levels in stops_
};

}  // namespace kith
