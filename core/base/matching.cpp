#include "core/base/matching.h"

#include <limits>

namespace kith {
namespace {

/// Shortest augmenting paths on costs, rows <= columns; row and column 0 are outside the table.
class Assignment {
public:
    Assignment(std::size_t rows, std::size_t columns)
        : rowPrice_(rows + 1, 0), columnPrice_(columns + 1, 0), rowOf_(columns + 1, 0)
    {}

    template <class Cost>
    void add(std::size_t row, Cost cost)
    {
        constexpr double far = std::numeric_limits<double>::infinity();
        const std::size_t columns = rowOf_.size() - 1;
        std::vector<double> least(columns + 1, far);
        std::vector<std::size_t> before(columns + 1, 0);
        std::vector<char> done(columns + 1, 0);
        std::size_t at = 0;
        rowOf_[0] = row;
        do {
            done[at] = 1;
            const std::size_t current = rowOf_[at];
            double step = far;
            std::size_t next = 0;
            for (std::size_t c = 1; c <= columns; ++c) {
                if (done[c] != 0) continue;
                const double reduced =
                    cost(current - 1, c - 1) - rowPrice_[current] - columnPrice_[c];
                if (reduced < least[c]) {
                    least[c] = reduced;
                    before[c] = at;
                }
                if (least[c] < step) {
                    step = least[c];
                    next = c;
                }
            }
            for (std::size_t c = 0; c <= columns; ++c) {
                if (done[c] != 0) {
                    rowPrice_[rowOf_[c]] += step;
                    columnPrice_[c] -= step;
                } else {
                    least[c] -= step;
                }
            }
            at = next;
        } while (rowOf_[at] != 0);
        for (; at != 0; at = before[at]) rowOf_[at] = rowOf_[before[at]];
    }

    /// By column from 1: row from 1, 0 = none.
    const std::vector<std::size_t>& rowOf() const { return rowOf_; }

private:
    std::vector<double> rowPrice_;
    std::vector<double> columnPrice_;
    std::vector<std::size_t> rowOf_;
};

}  // namespace

std::vector<std::size_t> bestMatching(const std::vector<std::vector<double>>& worth)
{
    const std::size_t rows = worth.size();
    const std::size_t columns = rows == 0 ? 0 : worth.front().size();
    std::vector<std::size_t> columnOf(rows, unmatched);
    if (columns == 0) return columnOf;
    const bool turned = rows > columns;
    const std::size_t few = turned ? columns : rows;
    Assignment assignment(few, turned ? rows : columns);
    for (std::size_t row = 1; row <= few; ++row)
        assignment.add(row, [&](std::size_t r, std::size_t c) {
            return turned ? -worth[c][r] : -worth[r][c];
        });
    const auto& rowOf = assignment.rowOf();
    for (std::size_t c = 1; c < rowOf.size(); ++c) {
        if (rowOf[c] == 0) continue;
        if (turned)
            columnOf[c - 1] = rowOf[c] - 1;
        else
            columnOf[rowOf[c] - 1] = c - 1;
    }
    return columnOf;
}

}  // namespace kith
