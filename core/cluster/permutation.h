#pragma once

#include "core/base/parallel.h"
#include "core/base/task.h"
#include "core/cluster/homophily.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
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

    /// Permutations that follow each other, looked at together.
    struct Group {
        std::uint64_t first = 0;                     ///< number of the first
        std::span<std::vector<std::uint8_t>> flags;  ///< by permutation, then statistic: to be set
        const std::vector<unsigned>& hits;           ///< by statistic, of the permutations before

        /// Whether it matters any more if a statistic is reached.
        bool counts(std::size_t statistic) const { return hits[statistic] < enough; }
    };

    explicit PermutationTest(const PermutationOptions& options) : options_(options) {}

    /// @param count   statistics
    /// @param reached reached(b, flags) sets flags[i] to whether permutation b brings statistic i
    ///                to its observed value; called from several threads, for different b
    template <class Reached>
    std::vector<Result> run(std::size_t count, const Reached& reached, Task& task) const
    {
        return runTogether(
            count, 1, [&](const Group& group) { reached(group.first, group.flags.front()); }, task);
    }

    /// The same for up to `together` permutations at a time. What comes out does not depend on how
    /// many that are.
    /// @param reached reached(group) sets the flags of a group
    template <class Reached>
    std::vector<Result> runTogether(std::size_t count, std::size_t together, const Reached& reached,
                                    Task& task) const
    {
        std::vector<Result> results(count);
        std::vector<unsigned> hits(count);
        std::size_t open = count;
        for (std::size_t first = 0; first < options_.permutations && open > 0;) {
            // More at a time once it is clear that many are needed: threads wait less.
            const std::size_t size = std::min(std::clamp(first, fewest, most),
                                              std::size_t{options_.permutations} - first);
            std::vector<std::vector<std::uint8_t>> flags(size, std::vector<std::uint8_t>(count));
            parallelFor((size + together - 1) / together, options_.threads, [&](std::size_t g) {
                if (task.cancelled()) throw Cancelled{};
                const std::size_t at = g * together;
                const std::size_t many = std::min(together, size - at);
                reached(Group{first + at, std::span(flags).subspan(at, many), hits});
            });
            for (const auto& row : flags) open -= countRow(row, hits, results);
            task.advance(size);
            first += size;
        }
        for (std::size_t i = 0; i < count; ++i)
            if (hits[i] < enough) results[i].p = (1.0 + hits[i]) / (1.0 + results[i].permutations);
        return results;
    }

private:
    static constexpr std::size_t fewest = 64;  ///< permutations between two looks at the results
    static constexpr std::size_t most = 256;
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
