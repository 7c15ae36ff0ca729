#pragma once

#include <boost/graph/compressed_sparse_row_graph.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kith {

using Vertex = std::uint32_t;

/// Boost.Graph's compressed sparse rows, without properties of its own: those are flat arrays
/// beside it, indexed by vertex or by arc.
using Csr =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                       boost::no_property, std::uint32_t, std::uint64_t>;

/// A tie to build a graph from. Direction is ignored by buildGraph.
struct WeightedTie {
    Vertex a = 0;
    Vertex b = 0;
    float weight = 1;
};

/// A weighted undirected graph: every tie stands in both rows (two arcs), rows are ascending, there
/// are no loops and no parallel ties. Never changed after it was built.
struct Graph {
    Csr csr;
    std::vector<float> weight;     ///< by arc, > 0
    std::vector<double> strength;  ///< by vertex: sum of its weights
    double total = 0;              ///< m: sum of weights, each tie once

    std::size_t people() const { return strength.size(); }
    std::size_t ties() const { return weight.size() / 2; }

    std::uint64_t firstArc(Vertex v) const { return csr.m_forward.m_rowstart[v]; }
    std::uint64_t lastArc(Vertex v) const { return csr.m_forward.m_rowstart[v + 1]; }
    std::size_t degree(Vertex v) const { return lastArc(v) - firstArc(v); }
    std::span<const Vertex> neighbours(Vertex v) const
    {
        return {csr.m_forward.m_column.data() + firstArc(v), degree(v)};
    }
    std::span<const float> weights(Vertex v) const
    {
        return {weight.data() + firstArc(v), degree(v)};
    }

    /// Weight of the tie between two vertices, 0 when there is none. Time O(log degree).
    float between(Vertex a, Vertex b) const;
};

/// Adds up parallel ties, drops loops and weights that are not above 0. The result does not depend
/// on the order of `ties`. Time O(people + ties), by counting sort.
Graph buildGraph(std::size_t people, std::vector<WeightedTie> ties);

}  // namespace kith
