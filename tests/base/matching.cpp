#include "core/base/matching.h"

#include "core/base/random.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

using namespace kith;

namespace {

double worthOf(const std::vector<std::vector<double>>& worth,
               const std::vector<std::size_t>& columnOf)
{
    double sum = 0;
    for (std::size_t row = 0; row < worth.size(); ++row)
        if (columnOf[row] != unmatched) sum += worth[row][columnOf[row]];
    return sum;
}

}  // namespace

TEST_CASE("the best matching, by hand", "[base]")
{
    // Greedily 0-0 (9) and 1-1 (1) make 10; the best is 0-1 and 1-0.
    CHECK(bestMatching({{9, 8}, {7, 1}}) == std::vector<std::size_t>{1, 0});
    CHECK(bestMatching({{1, 5, 2}}) == std::vector<std::size_t>{1});
    CHECK(bestMatching({{1}, {5}, {2}}) == std::vector<std::size_t>{unmatched, 0, unmatched});
    CHECK(bestMatching({}).empty());
}

TEST_CASE("the best matching equals trying all", "[base]")
{
    rc::prop("on small tables", [] {
        Random random(*rc::gen::arbitrary<std::uint32_t>());
        const auto rows = 1 + random.below(5);
        const auto columns = 1 + random.below(5);
        std::vector<std::vector<double>> worth(rows, std::vector<double>(columns));
        for (auto& row : worth)
            for (auto& cell : row) cell = random.real();
        // Every way to lay the columns (and as many blanks) beside the rows.
        std::vector<std::size_t> order(std::max(rows, columns));
        std::iota(order.begin(), order.end(), std::size_t{0});
        double best = 0;
        do {
            double sum = 0;
            for (std::size_t row = 0; row < rows; ++row)
                if (order[row] < columns) sum += worth[row][order[row]];
            best = std::max(best, sum);
        } while (std::next_permutation(order.begin(), order.end()));
        const auto found = bestMatching(worth);
        RC_ASSERT(std::abs(worthOf(worth, found) - best) < 1e-9);
        const auto matched = std::count_if(found.begin(), found.end(),
                                           [](auto column) { return column != unmatched; });
        RC_ASSERT(static_cast<std::size_t>(matched) == std::min(rows, columns));
    });
}
