#pragma once

#include "core/base/parallel.h"
#include "core/base/task.h"
#include "core/cluster/homophily.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace kith {

/// Permutation p-values of several statistics over one set of permutations. A statistic stops
/// counting once 20 permuted values have reached its observed one: p is then 20 / B', else
/// (1 + reached) / (B + 1).
/// Source: Besag and Clifford, "Sequential Monte Carlo p-values", Biometrika 78:301, 1991.
class PermutationTest {
public:
    struct Result {
        double p = 1;
        unsigned permutations = 0;
    };

    explicit PermutationTest(const PermutationOptions& options) : options_(options) {}

    /// @param count   statistics
    /// @param reached reached(b, flags) sets flags[i] to whether permutation b brings statistic i
    /// to
    ///                its observed value; called from several threads, for different b
    template <class Reached>
    std::vector<Result> run(std::size_t count, const Reached& reached, Task& task) const
    {
        std::vector<Result> results(count);
        std::vector<unsigned> hits(count);
        std::size_t open = count;
        for (unsigned first = 0; first < options_.permutations && open > 0; first += batch) {
            const std::size_t size = std::min(batch, options_.permutations - first);
            std::vector<std::vector<std::uint8_t>> flags(size, std::vector<std::uint8_t>(count));
            parallelFor(size, options_.threads, [&](std::size_t i) {
                if (task.cancelled()) throw Cancelled{};
                reached(first + i, flags[i]);
            });
            for (const auto& row : flags) open -= countRow(row, hits, results);
            task.advance(size);
        }
        for (std::size_t i = 0; i < count; ++i)
            if (hits[i] < enough) results[i].p = (1.0 + hits[i]) / (1.0 + results[i].permutations);
        return results;
    }

private:
    static constexpr unsigned batch = 64;
    static constexpr unsigned enough = 20;

    /// @return how many statistics stopped at this permutation
    static std::size_t countRow(const std::vector<std::uint8_t>& row, std::vector<unsigned>& hits,
                                std::vector<Result>& results)
    {
        std::size_t stopped = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (hits[i] >= enough) continue;
            ++results[i].permutations;
            if (row[i] == 0 || ++hits[i] < enough) continue;
            results[i].p = static_cast<double>(enough) / results[i].permutations;
            ++stopped;
        }
        return stopped;
    }

    PermutationOptions options_;
};

}  // namespace kith
