#pragma once

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/measure/diversity.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

// Groups drawn at random from shares, for measures of diversity.
namespace kith {

/// @throws Error TooLittleData when it is nobody
std::uint64_t peopleIn(std::span<const std::uint64_t> counts);

/// Scaled to sum 1. @throws Error Usage when the weights add up to nothing
std::vector<double> sharesOf(std::span<const double> weights);
std::vector<double> sharesOf(std::span<const std::uint64_t> counts);

double xlogx(double x);  ///< 0 at 0

/// Effective numbers of groups (Hill 1973) of shares that sum to 1.
double hill1Of(const std::vector<double>& shares);
double hill2Of(const std::vector<double>& shares);

/// Draws people into categories with given chances: a category at a time, from those who are left.
class Draw {
public:
    explicit Draw(std::vector<double> chances);

    std::vector<double> operator()(std::uint64_t people, Random random) const;

private:
    std::vector<double> chances_;
    std::size_t last_ = 0;
};

/// One figure of each of many draws, ascending.
template <class Figure>
std::vector<double> drawMany(const std::vector<double>& chances, std::uint64_t people,
                             const DrawOptions& options, Task& task, const Figure& figure)
{
    const Draw draw(chances);
    std::vector<double> figures(options.draws);
    task.begin("Drawing groups at random", options.draws);
    constexpr unsigned batch = 256;
    for (unsigned first = 0; first < options.draws; first += batch) {
        const unsigned size = std::min(batch, options.draws - first);
        parallelFor(size, options.threads, [&](std::size_t i) {
            if (task.cancelled()) throw Cancelled{};
            figures[first + i] = figure(draw(people, Random(options.seed, first + i)));
        });
        task.advance(size);
    }
    std::ranges::sort(figures);
    return figures;
}

}  // namespace kith
