#include "core/base/random.h"
#include "core/measure/separation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith {

namespace {

/// Power iteration on (1 + D^-1/2 A D^-1/2) / 2 across the first eigenvector, which is known.
class SecondEigenvector {
public:
    SecondEigenvector(const Graph& graph, std::uint64_t seed)
        : graph_(graph), root_(graph.people()), x_(graph.people()), next_(graph.people())
    {
        Random random(seed, 0x68616c766573ULL);
        for (std::size_t v = 0; v < graph.people(); ++v) {
            root_[v] = std::sqrt(graph.strength[v]);
            x_[v] = random.real() - 0.5;
        }
        const double length =
            std::sqrt(std::inner_product(root_.begin(), root_.end(), root_.begin(), 0.0));
        first_ = root_;
        for (double& one : first_) one /= length;
        straighten(x_);
    }

    std::vector<double> find()
    {
        constexpr int most = 2000;
        constexpr double close = 1e-10;
        for (int step = 0; step < most; ++step) {
            multiply();
            straighten(next_);
            double change = 0;
            for (std::size_t v = 0; v < x_.size(); ++v) {
                change += (next_[v] - x_[v]) * (next_[v] - x_[v]);
            }
            x_.swap(next_);
            if (change < close * close) break;
        }
        for (std::size_t v = 0; v < x_.size(); ++v) x_[v] = root_[v] > 0 ? x_[v] / root_[v] : 0;
        return x_;
    }

private:
    void multiply()
    {
        for (std::size_t v = 0; v < x_.size(); ++v) {
            const auto row = graph_.neighbours(static_cast<Vertex>(v));
            const auto weights = graph_.weights(static_cast<Vertex>(v));
            double sum = 0;
            for (std::size_t j = 0; j < row.size(); ++j) {
                sum += static_cast<double>(weights[j]) * x_[row[j]] / root_[row[j]];
            }
            next_[v] = (x_[v] + (root_[v] > 0 ? sum / root_[v] : 0)) / 2;
        }
    }

    /// Takes the first eigenvector out and scales to length 1.
    void straighten(std::vector<double>& x) const
    {
        const double along = std::inner_product(x.begin(), x.end(), first_.begin(), 0.0);
        double squares = 0;
        for (std::size_t v = 0; v < x.size(); ++v) {
            x[v] -= along * first_[v];
            squares += x[v] * x[v];
        }
        if (squares == 0) return;
        for (double& one : x) one /= std::sqrt(squares);
    }

    const Graph& graph_;
    std::vector<double> root_;
    std::vector<double> first_;
    std::vector<double> x_;
    std::vector<double> next_;
};

}  // namespace

std::vector<Side> spectralHalves(const Graph& graph, std::uint64_t seed)
{
    const auto x = SecondEigenvector(graph, seed).find();
    std::vector<Vertex> order(graph.people());
    std::iota(order.begin(), order.end(), Vertex{0});
    std::ranges::stable_sort(order, {}, [&](Vertex v) { return x[v]; });
    std::vector<Side> sides(graph.people(), Side::First);
    for (std::size_t i = 0; i < order.size() / 2; ++i) sides[order[i]] = Side::Second;
    return sides;
}

}  // namespace kith
