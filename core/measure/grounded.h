#pragma once

#include "core/graph/graph.h"

#include <span>
#include <vector>

namespace kith {

/// The graph's Laplacian with some people grounded (held at 0): a symmetric positive definite
/// system wherever each connected part holds a grounded person; parts without one are held at 0
/// whole.
class GroundedLaplacian {
public:
    GroundedLaplacian(const Graph& graph, std::vector<bool> grounded);

    /// Solves (D - A) x = right over the people who are not grounded, by conjugate gradients with
    /// diagonal preconditioning; x is 0 elsewhere. Relative residual 1e-12.
    std::vector<double> solve(std::span<const double> right) const;

    /// True for people from whom no grounded one can be reached.
    bool isCutOff(Vertex v) const { return cutOff_[v]; }
    bool isFree(Vertex v) const { return !grounded_[v] && !cutOff_[v]; }

private:
    void multiply(const std::vector<double>& x, std::vector<double>& out) const;

    const Graph& graph_;
    std::vector<bool> grounded_;
    std::vector<bool> cutOff_;
};

}  // namespace kith
