#include "core/measure/optimise.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

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

TEST_CASE("the search along the slope finds the bottom too, and stays inside of walls")
{
    const Sloped valley = [](const std::vector<double>& at, std::vector<double>& slope) {
        if (at[0] < -2) return std::numeric_limits<double>::infinity();
        const double a = 1 - at[0];
        const double b = at[1] - at[0] * at[0];
        slope = {-2 * a - 400 * at[0] * b, 200 * b};
        return a * a + 100 * b * b;
    };
    const auto found = minimiseSmooth(valley, {-1.2, 1});
    CHECK(found.at[0] == Approx(1).margin(1e-5));
    CHECK(found.at[1] == Approx(1).margin(1e-5));

    const Sloped bowl = [](const std::vector<double>& at, std::vector<double>& slope) {
        double sum = 0;
        for (std::size_t i = 0; i < at.size(); ++i) {
            const double weight = static_cast<double>(i * i + 1);
            const double off = at[i] - static_cast<double>(i);
            slope[i] = 2 * weight * off;
            sum += weight * off * off;
        }
        return sum;
    };
    const auto middle = minimiseSmooth(bowl, std::vector<double>(12, 50.0));
    for (std::size_t i = 0; i < middle.at.size(); ++i)
        CHECK(middle.at[i] == Approx(static_cast<double>(i)).margin(1e-4));
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
