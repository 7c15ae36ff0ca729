#pragma once

#include "core/layout/layout.h"

#include <cstddef>
#include <vector>

namespace kith {

/// A rectangle of samples; sample (column, row) lies at origin + (column, row) * step.
struct Field {
    Point origin;
    double step = 1;
    std::size_t columns = 0;
    std::size_t rows = 0;
    std::vector<double> value;  ///< by row, then column

    double at(std::size_t column, std::size_t row) const { return value[row * columns + column]; }
    double& at(std::size_t column, std::size_t row) { return value[row * columns + column]; }
};

/// Closed lines round the places where the field is above 0, by marching squares with linear
/// interpolation (Lorensen and Cline 1987, in the plane). Beyond the rim counts as below. Lines
/// round such places have positive `signedArea`, those round holes in them negative. Time
/// O(samples).
std::vector<std::vector<Point>> contours(const Field& field);

/// Half the sum of cross products.
double signedArea(const std::vector<Point>& line);

/// Corners cut `passes` times (Chaikin 1974); points double each time.
std::vector<Point> rounded(std::vector<Point> line, unsigned passes);

/// Even-odd rule.
bool contains(const std::vector<Point>& line, Point at);

}  // namespace kith
