#include "core/measure/optimise.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace kith;

TEST_CASE("the search finds the bottom of a bent valley")
{
    const auto valley = [](const std::vector<double>& at) {
        const double a = 1 - at[0];
        const double b = at[1] - at[0] * at[0];
        return a * a + 100 * b * b;
    };
    const auto found = minimise(valley, {-1.2, 1});
    CHECK(found.at[0] == Approx(1).margin(1e-4));
    CHECK(found.at[1] == Approx(1).margin(1e-4));
}

TEST_CASE("of two hollows the deeper is taken, and walls are walked around")
{
    const auto hollows = [](const std::vector<double>& at) {
        if (at[0] < -3) return std::nan("");
        return std::pow(at[0] * at[0] - 1, 2) + 0.1 * at[0];
    };
    CHECK(minimiseFrom(hollows, {{1}, {-1}}).at[0] == Approx(-1.0123).margin(1e-3));
}

TEST_CASE("a crossing is found, or the end given back")
{
    const auto square = [](double x) { return x * x; };
    CHECK(crossing(square, 2, 0, 5) == Approx(std::sqrt(2.0)));
    CHECK(crossing(square, 2, 0, 1) == 1);
}
