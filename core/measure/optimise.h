#pragma once

#include <functional>
#include <vector>

namespace kith {

struct Minimum {
    std::vector<double> at;
    double value = 0;
};

/// Finds a local minimum of a function of a few variables without derivatives: the simplex search
/// of Nelder and Mead (Computer Journal 7:308, 1965), started again from where it stopped until
/// that no longer helps. The function may return infinity where it is not defined, but not at the
/// start. Deterministic. Some hundred evaluations a dimension.
/// @param step size of the first simplex, by coordinate
Minimum minimise(const std::function<double(const std::vector<double>&)>& function,
                 std::vector<double> start, double step = 0.5);

/// The best of several starts: each is followed a little way, the four that came lowest to the
/// end. The first of equals.
Minimum minimiseFrom(const std::function<double(const std::vector<double>&)>& function,
                     const std::vector<std::vector<double>>& starts, double step = 0.5);

/// Value and slope of a function: fills `slope`, as long as `at`.
using Sloped = std::function<double(const std::vector<double>& at, std::vector<double>& slope)>;

/// Finds a local minimum of a smooth function with its slope known (Broyden, Fletcher, Goldfarb and
/// Shanno 1970, halving steps that go too far). The function may return infinity where it is not
/// defined, but not at the start. Deterministic. Some ten evaluations a dimension.
Minimum minimiseSmooth(const Sloped& function, std::vector<double> start);

/// Where a function that is below `level` at `inside` crosses it on the way to `outside`, by
/// bisection; `outside` itself when it is still below there.
double crossing(const std::function<double(double)>& function, double level, double inside,
                double outside);

}  // namespace kith
