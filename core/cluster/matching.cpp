#include "core/cluster/matching.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace kith {
namespace {

/// Minimal cost of giving every row a column of its own; rows <= columns.
/// @return by row: its column
std::vector<std::size_t> assigned(const std::vector<std::vector<double>>& cost)
{
    const std::size_t rows = cost.size();
    const std::size_t columns = cost.front().size();
    std::vector<double> rowPotential(rows + 1);
    std::vector<double> columnPotential(columns + 1);
    std::vector<std::size_t> rowOf(columns + 1);  // numbers from 1; 0 = none
    for (std::size_t row = 1; row <= rows; ++row) {
        rowOf[0] = row;
        std::size_t column = 0;
        std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
        std::vector<std::size_t> from(columns + 1);
        std::vector<bool> used(columns + 1);
        do {
            used[column] = true;
            const std::size_t at = rowOf[column];
            double delta = std::numeric_limits<double>::infinity();
            std::size_t next = 0;
            for (std::size_t j = 1; j <= columns; ++j) {
                if (used[j]) continue;
                const double reduced = cost[at - 1][j - 1] - rowPotential[at] - columnPotential[j];
                if (reduced < least[j]) {
                    least[j] = reduced;
                    from[j] = column;
                }
                if (least[j] < delta) {
                    delta = least[j];
                    next = j;
                }
            }
            for (std::size_t j = 0; j <= columns; ++j) {
                if (used[j]) {
                    rowPotential[rowOf[j]] += delta;
                    columnPotential[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        } while (rowOf[column] != 0);
        while (column != 0) {
            rowOf[column] = rowOf[from[column]];
            column = from[column];
        }
    }
    std::vector<std::size_t> result(rows);
    for (std::size_t j = 1; j <= columns; ++j)
        if (rowOf[j] != 0) result[rowOf[j] - 1] = j - 1;
    return result;
}

std::size_t rootOf(std::vector<std::size_t>& parent, std::size_t at)
{
    while (parent[at] != at) at = parent[at] = parent[parent[at]];
    return at;
}

/// Solves one connected part: left over columns stand for "not matched".
void solve(const std::vector<MatchCandidate>& part,
           std::vector<std::optional<std::size_t>>& matched)
{
    std::vector<std::size_t> lefts;
    std::vector<std::size_t> rights;
    for (const auto& one : part) {
        lefts.push_back(one.left);
        rights.push_back(one.right);
    }
    for (auto* some : {&lefts, &rights}) {
        std::sort(some->begin(), some->end());
        some->erase(std::unique(some->begin(), some->end()), some->end());
    }
    const auto at = [](const std::vector<std::size_t>& some, std::size_t value) {
        return static_cast<std::size_t>(std::lower_bound(some.begin(), some.end(), value) -
                                        some.begin());
    };
    std::vector<std::vector<double>> cost(lefts.size(),
                                          std::vector<double>(rights.size() + lefts.size()));
    for (const auto& one : part) {
        double& cell = cost[at(lefts, one.left)][at(rights, one.right)];
        cell = std::min(cell, -one.worth);
    }
    const auto columns = assigned(cost);
    for (std::size_t row = 0; row < columns.size(); ++row)
        if (columns[row] < rights.size() && cost[row][columns[row]] < 0)
            matched[lefts[row]] = rights[columns[row]];
}

}  // namespace

std::vector<std::optional<std::size_t>> bestMatching(std::size_t lefts, std::size_t rights,
                                                     std::vector<MatchCandidate> candidates)
{
    std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
        return std::pair(a.left, a.right) < std::pair(b.left, b.right);
    });
    std::vector<std::size_t> parent(lefts + rights);
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    for (const auto& one : candidates)
        parent[rootOf(parent, one.left)] = rootOf(parent, lefts + one.right);
    std::map<std::size_t, std::vector<MatchCandidate>> parts;
    for (const auto& one : candidates) parts[rootOf(parent, one.left)].push_back(one);
    std::vector<std::optional<std::size_t>> matched(lefts);
    for (const auto& [root, part] : parts) solve(part, matched);
    return matched;
}

}  // namespace kith
