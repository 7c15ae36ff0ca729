#include "core/text/nmf.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace kith {
namespace {

constexpr std::size_t spare = 8;    ///< columns more than asked for, which make it converge
constexpr unsigned sweeps = 7;      ///< of subspace iteration
constexpr unsigned rotations = 60;  ///< sweeps of the eigenvalue method, at most
constexpr double nothing = 1e-300;

/// A table by row.
struct Dense {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<double> value;

    Dense() = default;
    Dense(std::size_t r, std::size_t c) : rows(r), columns(c), value(r * c, 0) {}
    /// In the memory that it has already, as far as that goes: tables are filled again and again.
    void clear(std::size_t r, std::size_t c)
    {
        rows = r;
        columns = c;
        value.assign(r * c, 0);
    }
    double& at(std::size_t r, std::size_t c) { return value[r * columns + c]; }
    double at(std::size_t r, std::size_t c) const { return value[r * columns + c]; }
};

/// Somebody else's table.
struct View {
    std::size_t rows;
    std::size_t columns;
    const double* value;

    View(const Dense& table) : rows(table.rows), columns(table.columns), value(table.value.data())
    {}
    View(const std::vector<double>& values, std::size_t k)
        : rows(values.size() / k), columns(k), value(values.data())
    {}
};

// Loops that are compiled twice, the second time for processors that add four numbers at once, and
// chosen when the program starts. Every sum keeps its order, and nothing that rounds otherwise
// (fused multiply-add) belongs to "avx2": the numbers are the same on every machine.
#ifdef __x86_64__
#define KITH_FOUR_AT_ONCE [[gnu::target_clones("avx2", "default")]]
#else
#define KITH_FOUR_AT_ONCE
#endif

/// to += factor * from, both `length` long and apart from each other.
[[gnu::always_inline]] inline void addScaled(double* __restrict to, const double* __restrict from,
                                             double factor, std::size_t length)
{
    for (std::size_t i = 0; i < length; ++i) to[i] += factor * from[i];
}

/// `width` columns of one row of a product, which stay in the processor until they are added up.
template <std::size_t width>
[[gnu::always_inline]] inline void multiplyPart(std::span<const std::uint32_t> columns,
                                                std::span<const double> values, const View& y,
                                                std::size_t first, double* to)
{
    std::array<double, width> sums{};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const double* from = y.value + columns[i] * y.columns + first;
        for (std::size_t s = 0; s < width; ++s) sums[s] += values[i] * from[s];
    }
    std::copy(sums.begin(), sums.end(), to + first);
}

/// One row of x times y.
[[gnu::always_inline]] inline void multiplyRow(const SparseRows& x, std::size_t row, const View& y,
                                               double* to)
{
    const auto columns = x.columnsOf(row);
    const auto values = x.valuesOf(row);
    std::size_t c = 0;
    for (; c + 16 <= y.columns; c += 16) multiplyPart<16>(columns, values, y, c, to);
    for (; c + 8 <= y.columns; c += 8) multiplyPart<8>(columns, values, y, c, to);
    for (; c + 4 <= y.columns; c += 4) multiplyPart<4>(columns, values, y, c, to);
    for (; c < y.columns; ++c) multiplyPart<1>(columns, values, y, c, to);
}

/// out = x times y.
KITH_FOUR_AT_ONCE void multiply(const SparseRows& x, const View& y, Dense& out)
{
    out.clear(x.rows(), y.columns);
    for (std::size_t r = 0; r < x.rows(); ++r) multiplyRow(x, r, y, &out.value[r * y.columns]);
}

/// y turned times y.
KITH_FOUR_AT_ONCE Dense gram(const View& y)
{
    Dense out(y.columns, y.columns);
    for (std::size_t r = 0; r < y.rows; ++r) {
        const double* row = y.value + r * y.columns;
        for (std::size_t a = 0; a < y.columns; ++a)
            if (row[a] != 0) addScaled(&out.at(a, a), row + a, row[a], y.columns - a);
    }
    for (std::size_t a = 0; a < y.columns; ++a)
        for (std::size_t b = 0; b < a; ++b) out.at(a, b) = out.at(b, a);
    return out;
}

Dense product(const Dense& a, const Dense& b)
{
    Dense out(a.rows, b.columns);
    for (std::size_t r = 0; r < a.rows; ++r)
        for (std::size_t i = 0; i < a.columns; ++i)
            for (std::size_t c = 0; c < b.columns; ++c) out.at(r, c) += a.at(r, i) * b.at(i, c);
    return out;
}

/// In several sums, none of which waits for another.
[[gnu::always_inline]] inline double dot(const double* a, const double* b, std::size_t length)
{
    std::array<double, 8> sums{};
    std::size_t i = 0;
    for (; i + sums.size() <= length; i += sums.size())
        for (std::size_t s = 0; s < sums.size(); ++s) sums[s] += a[i + s] * b[i + s];
    for (; i < length; ++i) sums[0] += a[i] * b[i];
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

/// Makes the columns orthogonal and of length 1 (twice, for accuracy); dependent ones become 0.
KITH_FOUR_AT_ONCE void makeOrthonormal(Dense& y)
{
    Dense columns(y.columns, y.rows);  // one after the other, which is quicker to go through
    for (std::size_t r = 0; r < y.rows; ++r)
        for (std::size_t c = 0; c < y.columns; ++c) columns.at(c, r) = y.at(r, c);
    for (std::size_t c = 0; c < y.columns; ++c) {
        double* own = &columns.at(c, 0);
        const double before = dot(own, own, y.rows);
        for (int again = 0; again < 2; ++again) {
            for (std::size_t earlier = 0; earlier < c; ++earlier) {
                const double* other = &columns.at(earlier, 0);
                addScaled(own, other, -dot(own, other, y.rows), y.rows);
            }
        }
        const double squares = dot(own, own, y.rows);
        const double scale = squares > 1e-24 * before && squares > 0 ? 1 / std::sqrt(squares) : 0;
        for (std::size_t r = 0; r < y.rows; ++r) own[r] *= scale;
    }
    for (std::size_t r = 0; r < y.rows; ++r)
        for (std::size_t c = 0; c < y.columns; ++c) y.at(r, c) = columns.at(c, r);
}

/// x and y become c x - s y and s x + c y.
void turn(double& x, double& y, double c, double s)
{
    const double before = x;
    x = c * before - s * y;
    y = s * before + c * y;
}

/// One of Jacobi's rotations: a becomes 0 at (p, q), v keeps the rotations.
void rotate(Dense& a, Dense& v, std::size_t p, std::size_t q)
{
    if (std::abs(a.at(p, q)) < nothing) return;
    const double theta = (a.at(q, q) - a.at(p, p)) / (2 * a.at(p, q));
    const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
    const double c = 1 / std::sqrt(t * t + 1);
    const double s = t * c;
    for (std::size_t i = 0; i < a.rows; ++i) turn(a.at(i, p), a.at(i, q), c, s);
    for (std::size_t i = 0; i < a.rows; ++i) turn(a.at(p, i), a.at(q, i), c, s);
    for (std::size_t i = 0; i < a.rows; ++i) turn(v.at(i, p), v.at(i, q), c, s);
}

bool isDiagonal(const Dense& a)
{
    double off = 0;
    double on = 0;
    for (std::size_t i = 0; i < a.rows; ++i)
        for (std::size_t j = 0; j < a.rows; ++j) (i == j ? on : off) += a.at(i, j) * a.at(i, j);
    return off <= 1e-26 * on;
}

/// Eigenvectors of a symmetric table as columns, by descending eigenvalue (Jacobi's rotations).
std::pair<std::vector<double>, Dense> eigen(Dense a)
{
    const std::size_t n = a.rows;
    Dense v(n, n);
    for (std::size_t i = 0; i < n; ++i) v.at(i, i) = 1;
    for (unsigned sweep = 0; sweep < rotations && !isDiagonal(a); ++sweep)
        for (std::size_t p = 0; p < n; ++p)
            for (std::size_t q = p + 1; q < n; ++q) rotate(a, v, p, q);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t i, std::size_t j) { return a.at(i, i) > a.at(j, j); });
    std::vector<double> values;
    Dense vectors(n, n);
    for (std::size_t c = 0; c < n; ++c) {
        values.push_back(a.at(order[c], order[c]));
        for (std::size_t r = 0; r < n; ++r) vectors.at(r, c) = v.at(r, order[c]);
    }
    return {values, vectors};
}

struct Singular {
    std::vector<double> value;  ///< descending
    Dense left;                 ///< rows x k
    Dense right;                ///< columns x k
};

Singular largestSingular(const SparseRows& x, const SparseRows& turned, std::size_t k, Task& task)
{
    const std::size_t width = std::min({k + spare, x.rows(), x.columns});
    Dense basis(x.columns, width);
    Random random(1, 7);
    for (double& value : basis.value) value = random.real() - 0.5;
    makeOrthonormal(basis);
    Dense left;
    for (unsigned sweep = 0; sweep < sweeps; ++sweep) {
        task.advance(0);
        multiply(x, basis, left);
        multiply(turned, left, basis);
        makeOrthonormal(basis);
    }
    multiply(x, basis, left);
    const auto [squares, rotation] = eigen(gram(left));
    Singular found{{}, product(left, rotation), product(basis, rotation)};
    for (std::size_t c = 0; c < width; ++c) {
        found.value.push_back(std::sqrt(std::max(0.0, squares[c])));
        const double scale = found.value[c] > 0 ? 1 / found.value[c] : 0;
        for (std::size_t r = 0; r < x.rows(); ++r) found.left.at(r, c) *= scale;
    }
    return found;
}

/// One column, split by sign: the part above 0 or the mirrored part below.
struct Half {
    std::vector<double> value;
    double length = 0;
};

Half halfOf(const Dense& y, std::size_t column, double sign)
{
    Half half{std::vector<double>(y.rows, 0), 0};
    for (std::size_t r = 0; r < y.rows; ++r) {
        half.value[r] = std::max(0.0, sign * y.at(r, column));
        half.length += half.value[r] * half.value[r];
    }
    half.length = std::sqrt(half.length);
    return half;
}

/// NNDSVD: of each pair of singular vectors the halves of one sign that carry more.
void begin(const SparseRows& x, const SparseRows& turned, Factors& factors, Task& task)
{
    const std::size_t k = factors.k;
    const auto svd = largestSingular(x, turned, k, task);
    factors.w.assign(x.rows() * k, 0);
    factors.h.assign(x.columns * k, 0);
    for (std::size_t j = 0; j < k; ++j) {
        const Half up = halfOf(svd.left, j, 1);
        const Half upRight = halfOf(svd.right, j, 1);
        const Half down = halfOf(svd.left, j, -1);
        const Half downRight = halfOf(svd.right, j, -1);
        const bool positive = up.length * upRight.length >= down.length * downRight.length;
        const Half& u = positive ? up : down;
        const Half& v = positive ? upRight : downRight;
        const double carried = u.length * v.length;
        if (carried <= 0) continue;
        const double scale = std::sqrt(svd.value[j] * carried);
        for (std::size_t r = 0; r < x.rows(); ++r)
            factors.w[r * k + j] = scale * u.value[r] / u.length;
        for (std::size_t c = 0; c < x.columns; ++c)
            factors.h[c * k + j] = scale * v.value[c] / v.length;
    }
}

/// Every number of one row of the free factor goes to its best value given the rest.
/// @param squares of the fixed factor
/// @param target the table's row times the fixed factor
/// @param violation grows by what was left to gain, by projected gradients
[[gnu::always_inline]] inline void improveRow(const Dense& squares, const double* target,
                                              double* row, std::vector<double>& slope,
                                              double& violation)
{
    const std::size_t k = squares.columns;
    for (std::size_t j = 0; j < k; ++j) slope[j] = -target[j];
    for (std::size_t j = 0; j < k; ++j)
        if (row[j] != 0) addScaled(slope.data(), &squares.value[j * k], row[j], k);
    for (std::size_t j = 0; j < k; ++j) {
        const double curve = squares.at(j, j);
        if (curve <= 0) continue;
        if (row[j] == 0 && slope[j] >= 0) continue;  // most of them: it stays, at no cost
        violation += std::abs(row[j] == 0 ? std::min(0.0, slope[j]) : slope[j]);
        const double change = std::max(0.0, row[j] - slope[j] / curve) - row[j];
        if (change == 0) continue;
        row[j] += change;
        addScaled(slope.data(), &squares.value[j * k], change, k);
    }
}

/// One pass over the free factor, each row as soon as its target is there.
/// @return how much was left to gain
KITH_FOUR_AT_ONCE double improve(const SparseRows& x, const View& fixed, std::vector<double>& free)
{
    const Dense squares = gram(fixed);
    std::vector<double> target(fixed.columns);
    std::vector<double> slope(fixed.columns);
    double violation = 0;
    for (std::size_t r = 0; r < x.rows(); ++r) {
        multiplyRow(x, r, fixed, target.data());
        improveRow(squares, target.data(), &free[r * fixed.columns], slope, violation);
    }
    return violation;
}

double errorOf(const SparseRows& x, const Factors& factors)
{
    const std::size_t k = factors.k;
    Dense target;
    multiply(x, View(factors.h, k), target);
    double squares = 0;
    for (const double value : x.value) squares += value * value;
    for (std::size_t i = 0; i < factors.w.size(); ++i)
        squares -= 2 * factors.w[i] * target.value[i];
    const Dense a = gram(View(factors.w, k));
    const Dense b = gram(View(factors.h, k));
    for (std::size_t i = 0; i < a.value.size(); ++i) squares += a.value[i] * b.value[i];
    return std::sqrt(std::max(0.0, squares));
}

}  // namespace

SparseRows SparseRows::turned() const
{
    SparseRows out;
    out.columns = rows();
    out.start.assign(columns + 1, 0);
    for (const auto c : column) ++out.start[c + 1];
    std::partial_sum(out.start.begin(), out.start.end(), out.start.begin());
    out.column.resize(column.size());
    out.value.resize(value.size());
    auto next = out.start;
    for (std::size_t r = 0; r < rows(); ++r) {
        for (auto i = start[r]; i < start[r + 1]; ++i) {
            const auto at = next[column[i]]++;
            out.column[at] = static_cast<std::uint32_t>(r);
            out.value[at] = value[i];
        }
    }
    return out;
}

std::size_t Factors::strongestOf(std::size_t row) const
{
    const auto from = w.begin() + static_cast<std::ptrdiff_t>(row * k);
    return static_cast<std::size_t>(std::max_element(from, from + static_cast<std::ptrdiff_t>(k)) -
                                    from);
}

Factors factorise(const SparseRows& x, std::size_t k, const NmfOptions& options, Task& task)
{
    Factors factors;
    factors.k = std::min({k, x.rows(), x.columns});
    if (factors.k == 0) return factors;
    const SparseRows turned = x.turned();
    begin(x, turned, factors, task);
    double first = 0;
    for (unsigned round = 0; round < options.rounds; ++round) {
        task.advance(0);
        double left = improve(x, View(factors.h, factors.k), factors.w);
        left += improve(turned, View(factors.w, factors.k), factors.h);
        factors.rounds = round + 1;
        if (round == 0) first = left;
        if (left <= options.tolerance * first) break;
    }
    factors.error = errorOf(x, factors);
    return factors;
}

std::vector<double> project(const SparseRows& x, const Factors& factors)
{
    constexpr unsigned passes = 30;
    std::vector<double> w(x.rows() * factors.k, 0);
    if (factors.k == 0) return w;
    const View fixed(factors.h, factors.k);
    const Dense squares = gram(fixed);
    Dense target;
    multiply(x, fixed, target);
    std::vector<double> slope(factors.k);
    double unused = 0;
    for (std::size_t r = 0; r < x.rows(); ++r)
        for (unsigned pass = 0; pass < passes; ++pass)
            improveRow(squares, &target.value[r * factors.k], &w[r * factors.k], slope, unused);
    return w;
}

}  // namespace kith
