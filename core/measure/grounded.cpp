#include "core/measure/grounded.h"

#include <cmath>
#include <utility>

namespace kith {

namespace {

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

}  // namespace

GroundedLaplacian::GroundedLaplacian(const Graph& graph, std::vector<bool> grounded)
    : graph_(graph), grounded_(std::move(grounded)), cutOff_(graph.people(), true)
{
    std::vector<Vertex> reached;
    for (std::size_t i = 0; i < graph.people(); ++i) {
        if (!grounded_[i]) continue;
        cutOff_[i] = false;
        reached.push_back(static_cast<Vertex>(i));
    }
    for (std::size_t next = 0; next < reached.size(); ++next) {
        for (const Vertex w : graph.neighbours(reached[next])) {
            if (!cutOff_[w]) continue;
            cutOff_[w] = false;
            reached.push_back(w);
        }
    }
}

void GroundedLaplacian::multiply(const std::vector<double>& x, std::vector<double>& out) const
{
    for (std::size_t i = 0; i < x.size(); ++i) {
        const auto v = static_cast<Vertex>(i);
        if (!isFree(v)) {
            out[i] = 0;
            continue;
        }
        double sum = graph_.strength[i] * x[i];
        const auto row = graph_.neighbours(v);
        const auto weights = graph_.weights(v);
        // x is 0 for everybody who is not free, so they need no test here.
        for (std::size_t j = 0; j < row.size(); ++j) {
            sum -= static_cast<double>(weights[j]) * x[row[j]];
        }
        out[i] = sum;
    }
}

std::vector<double> GroundedLaplacian::solve(std::span<const double> right) const
{
    constexpr double close = 1e-12;
    const std::size_t n = graph_.people();
    std::vector<double> x(n, 0.0);
    std::vector<double> residual(n, 0.0);
    std::vector<double> scaled(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        if (isFree(static_cast<Vertex>(i))) residual[i] = right[i];
    }
    const auto precondition = [&] {
        for (std::size_t i = 0; i < n; ++i) {
            if (residual[i] != 0)
                scaled[i] = residual[i] / graph_.strength[i];
            else
                scaled[i] = 0;
        }
    };
    precondition();
    std::vector<double> direction = scaled;
    std::vector<double> product(n);
    double energy = dot(residual, scaled);
    const double goal = energy * close * close;
    const std::size_t most = 20 * n + 100;
    for (std::size_t step = 0; step < most && energy > goal && energy > 0; ++step) {
        multiply(direction, product);
        const double length = energy / dot(direction, product);
        for (std::size_t i = 0; i < n; ++i) {
            x[i] += length * direction[i];
            residual[i] -= length * product[i];
        }
        precondition();
        const double next = dot(residual, scaled);
        const double turn = next / energy;
        energy = next;
        for (std::size_t i = 0; i < n; ++i) direction[i] = scaled[i] + turn * direction[i];
    }
    return x;
}

}  // namespace kith
