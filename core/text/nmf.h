#pragma once

#include "core/base/task.h"

#include <cstdint>
#include <span>
#include <vector>

namespace kith {

/// A matrix whose rows are mostly 0.
struct SparseRows {
    std::size_t columns = 0;
    std::vector<std::uint64_t> start{0};
    std::vector<std::uint32_t> column;  ///< ascending in a row
    std::vector<double> value;          ///< >= 0

    std::size_t rows() const { return start.size() - 1; }
    std::span<const std::uint32_t> columnsOf(std::size_t row) const
    {
        return {column.data() + start[row], start[row + 1] - start[row]};
    }
    std::span<const double> valuesOf(std::size_t row) const
    {
        return {value.data() + start[row], start[row + 1] - start[row]};
    }
    SparseRows turned() const;  ///< rows and columns changed places
};

/// X is about W H, nothing below 0.
struct Factors {
    std::size_t k = 0;
    std::vector<double> w;  ///< rows x k
    std::vector<double> h;  ///< columns x k: H turned, one row a word
    double error = 0;       ///< Frobenius norm of X - W H
    unsigned rounds = 0;

    std::size_t strongestOf(std::size_t row) const;  ///< the greatest of a row of W; the first
};

struct NmfOptions {
    unsigned rounds = 200;
    double tolerance = 1e-4;  ///< stops when a round changes this share of what the first changed
};

/// Non-negative matrix factorisation for the Frobenius norm by coordinate descent (HALS: Cichocki
/// and Phan 2009), begun from the singular vectors (NNDSVD: Boutsidis and Gallopoulos 2008), which
/// come from subspace iteration with numbered streams: the same matrix gives the same factors.
/// A local optimum. k is held to min(rows, columns). Time O(k entries + k^2 (rows + columns)) a
/// round.
/// @throws Cancelled
Factors factorise(const SparseRows& x, std::size_t k, const NmfOptions& options, Task& task);

/// W for other rows, H as it stands: rows x k.
std::vector<double> project(const SparseRows& x, const Factors& factors);

}  // namespace kith
