#pragma once

#include "tests/bench/planted.h"

#include <memory>
#include <vector>

namespace kith::bench {

/// The same graph in igraph, the library researchers use today; for comparison alone.
/// Construction checks people, ties and the sum of degrees on igraph's side.
class Peer {
public:
    explicit Peer(const Sample& sample);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /// Leiden, modularity at resolution 1. @return the cluster of each vertex
    std::vector<std::uint32_t> leiden(int rounds, std::uint64_t seed) const;

    /// Exact betweenness, each pair once.
    std::vector<double> betweenness() const;

    /// What the paths from some people to everybody add to it: half of what there is from each.
    std::vector<double> betweennessFrom(const std::vector<std::uint32_t>& sources) const;

    std::vector<double> constraint() const;

    /// Newman's assortativity of `values` and of so many shuffles of them.
    /// @return how many shuffles reached it
    int shuffledAssortativity(std::vector<std::uint32_t> values, int shuffles) const;

private:
    struct Data;
    std::unique_ptr<Data> data_;
};

}  // namespace kith::bench
