#include "core/layout/contour.h"

#include <array>
#include <cstdint>
#include <map>
#include <utility>

namespace kith {
namespace {

// Sides of a cell: 0 top, 1 right, 2 bottom, 3 left. Corners as bits: 1 top left, 2 top right,
// 4 bottom right, 8 bottom left. For each case the sides a line leaves and enters by, with the
// inside on the same hand throughout; the saddles 5 and 10 keep their corners apart.
struct Segment {
    int from = -1;
    int to = -1;
};
constexpr std::array<std::array<Segment, 2>, 16> segmentsOf{{{},
                                                             {{{3, 0}, {}}},
                                                             {{{0, 1}, {}}},
                                                             {{{3, 1}, {}}},
                                                             {{{1, 2}, {}}},
                                                             {{{3, 0}, {1, 2}}},
                                                             {{{0, 2}, {}}},
                                                             {{{3, 2}, {}}},
                                                             {{{2, 3}, {}}},
                                                             {{{2, 0}, {}}},
                                                             {{{0, 1}, {2, 3}}},
                                                             {{{2, 1}, {}}},
                                                             {{{1, 3}, {}}},
                                                             {{{1, 0}, {}}},
                                                             {{{0, 3}, {}}},
                                                             {}}};

class Marching {
public:
    explicit Marching(const Field& field) : field_(field) {}

    std::vector<std::vector<Point>> run()
    {
        for (std::int64_t row = -1; row < signedRows(); ++row) {
            for (std::int64_t column = -1; column < signedColumns(); ++column) march(column, row);
        }
        std::vector<std::vector<Point>> lines;
        while (!next_.empty()) {
            std::vector<Point> line;
            auto at = next_.begin();
            while (at != next_.end()) {
                line.push_back(crossing(at->first));
                const auto to = at->second;
                next_.erase(at);
                at = next_.find(to);
            }
            if (line.size() > 2) lines.push_back(std::move(line));
        }
        return lines;
    }

private:
    /// A side of a cell: the sample at its left or upper end, and whether it runs down.
    struct Side {
        std::int64_t row;
        std::int64_t column;
        bool down;
        friend auto operator<=>(const Side&, const Side&) = default;
    };

    std::int64_t signedRows() const { return static_cast<std::int64_t>(field_.rows); }
    std::int64_t signedColumns() const { return static_cast<std::int64_t>(field_.columns); }

    double sample(std::int64_t column, std::int64_t row) const
    {
        if (column < 0 || row < 0 || column >= signedColumns() || row >= signedRows()) return -1;
        return field_.at(static_cast<std::size_t>(column), static_cast<std::size_t>(row));
    }

    void march(std::int64_t column, std::int64_t row)
    {
        const unsigned inside =
            (sample(column, row) > 0 ? 1U : 0U) | (sample(column + 1, row) > 0 ? 2U : 0U) |
            (sample(column + 1, row + 1) > 0 ? 4U : 0U) | (sample(column, row + 1) > 0 ? 8U : 0U);
        const std::array<Side, 4> sides{Side{row, column, false}, Side{row, column + 1, true},
                                        Side{row + 1, column, false}, Side{row, column, true}};
        for (const Segment& segment : segmentsOf[inside]) {
            if (segment.from < 0) continue;
            next_[sides[static_cast<std::size_t>(segment.to)]] =
                sides[static_cast<std::size_t>(segment.from)];
        }
    }

    Point crossing(const Side& side) const
    {
        const double a = sample(side.column, side.row);
        const double b =
            side.down ? sample(side.column, side.row + 1) : sample(side.column + 1, side.row);
        const double part = a / (a - b);  // of different signs, so never 0/0
        const auto column = static_cast<double>(side.column);
        const auto row = static_cast<double>(side.row);
        return {field_.origin.x + field_.step * (side.down ? column : column + part),
                field_.origin.y + field_.step * (side.down ? row + part : row)};
    }

    const Field& field_;
    std::map<Side, Side> next_;
};

}  // namespace

std::vector<std::vector<Point>> contours(const Field& field)
{
    return Marching(field).run();
}

double signedArea(const std::vector<Point>& line)
{
    double twice = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const Point& a = line[i];
        const Point& b = line[(i + 1) % line.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return twice / 2;
}

std::vector<Point> rounded(std::vector<Point> line, unsigned passes)
{
    for (unsigned pass = 0; pass < passes; ++pass) {
        std::vector<Point> next;
        next.reserve(2 * line.size());
        for (std::size_t i = 0; i < line.size(); ++i) {
            const Point& a = line[i];
            const Point& b = line[(i + 1) % line.size()];
            next.push_back({0.75 * a.x + 0.25 * b.x, 0.75 * a.y + 0.25 * b.y});
            next.push_back({0.25 * a.x + 0.75 * b.x, 0.25 * a.y + 0.75 * b.y});
        }
        line = std::move(next);
    }
    return line;
}

bool contains(const std::vector<Point>& line, Point at)
{
    bool inside = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const Point& a = line[i];
        const Point& b = line[(i + 1) % line.size()];
        if ((a.y > at.y) == (b.y > at.y)) continue;
        if (at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y)) inside = !inside;
    }
    return inside;
}

}  // namespace kith
