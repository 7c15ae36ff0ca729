#include "core/base/error.h"
#include "core/base/random.h"
#include "core/measure/opinions.h"

#include <algorithm>
#include <cmath>

namespace kith {

namespace {

using Column = std::vector<double>;

/// Votes minus their statement's mean; what is missing is 0.
class CentredVotes {
public:
    CentredVotes(const VoteTable& votes, const std::vector<double>& mean)
        : votes_(votes), mean_(mean)
    {}

    double squares() const
    {
        double sum = 0;
        for (const auto& row : votes_.cast) {
            for (const CastVote& vote : row) sum += centred(vote) * centred(vote);
        }
        return sum;
    }

    /// X'X x for a vector over statements.
    Column twice(const Column& x) const
    {
        Column out(x.size());
        for (const auto& row : votes_.cast) {
            double along = 0;
            for (const CastVote& vote : row) along += centred(vote) * x[vote.statement];
            for (const CastVote& vote : row) out[vote.statement] += centred(vote) * along;
        }
        return out;
    }

    double centred(const CastVote& vote) const { return vote.value - mean_[vote.statement]; }

private:
    const VoteTable& votes_;
    const std::vector<double>& mean_;
};

double dot(const Column& a, const Column& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// Gram and Schmidt, twice for safety; what lies in the span of the columns before it becomes 0.
void orthonormalise(std::vector<Column>& block)
{
    constexpr double rounding = 1e-10;
    for (std::size_t c = 0; c < block.size(); ++c) {
        const double before = std::sqrt(dot(block[c], block[c]));
        for (int again = 0; again < 2; ++again) {
            for (std::size_t b = 0; b < c; ++b) {
                const double along = dot(block[b], block[c]);
                for (std::size_t i = 0; i < block[c].size(); ++i)
                    block[c][i] -= along * block[b][i];
            }
        }
        const double length = std::sqrt(dot(block[c], block[c]));
        const bool own = length > rounding * before;
        for (double& one : block[c]) one = own ? one / length : 0;
    }
}

/// Turns the block so that its columns are eigenvectors of its small matrix (Jacobi's rotations),
/// largest first; gives the eigenvalues.
std::vector<double> rotate(std::vector<Column>& block, std::vector<std::vector<double>> small)
{
    const std::size_t n = block.size();
    constexpr int sweeps = 50;
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        double off = 0;
        for (std::size_t p = 0; p < n; ++p) {
            for (std::size_t q = p + 1; q < n; ++q) {
                if (small[p][q] == 0) continue;
                off += small[p][q] * small[p][q];
                const double theta = (small[q][q] - small[p][p]) / (2 * small[p][q]);
                const double t =
                    (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
                const double c = 1 / std::sqrt(t * t + 1);
                const double s = t * c;
                for (std::size_t k = 0; k < n; ++k) {
                    const double kp = small[k][p];
                    const double kq = small[k][q];
                    small[k][p] = c * kp - s * kq;
                    small[k][q] = s * kp + c * kq;
                }
                for (std::size_t k = 0; k < n; ++k) {
                    const double pk = small[p][k];
                    const double qk = small[q][k];
                    small[p][k] = c * pk - s * qk;
                    small[q][k] = s * pk + c * qk;
                }
                for (std::size_t i = 0; i < block[p].size(); ++i) {
                    const double x = block[p][i];
                    const double y = block[q][i];
                    block[p][i] = c * x - s * y;
                    block[q][i] = s * x + c * y;
                }
            }
        }
        if (off < 1e-26) break;
    }
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](auto a, auto b) { return small[a][a] > small[b][b]; });
    std::vector<Column> sorted;
    std::vector<double> values;
    for (const std::size_t i : order) {
        sorted.push_back(std::move(block[i]));
        values.push_back(small[i][i]);
    }
    block = std::move(sorted);
    return values;
}

/// The leading eigenvectors of X'X by subspace iteration, a few more than wanted so that close
/// neighbours do not slow it down.
std::vector<double> leading(const CentredVotes& votes, std::size_t statements,
                            std::vector<Column>& block)
{
    constexpr int most = 500;
    constexpr double close = 1e-13;
    constexpr std::size_t wide = 10;
    Random random(0x706f6c6973ULL);
    block.assign(std::min(wide, statements), Column(statements));
    for (Column& column : block) {
        for (double& one : column) one = random.real() - 0.5;
    }
    orthonormalise(block);
    std::vector<double> values(block.size());
    for (int step = 0; step < most; ++step) {
        std::vector<Column> next;
        for (const Column& column : block) next.push_back(votes.twice(column));
        std::vector<std::vector<double>> small(block.size(), std::vector<double>(block.size()));
        for (std::size_t a = 0; a < block.size(); ++a) {
            for (std::size_t b = 0; b < block.size(); ++b)
                small[a][b] = (dot(block[a], next[b]) + dot(block[b], next[a])) / 2;
        }
        const auto before = values;
        auto turned = next;
        values = rotate(turned, small);
        block = std::move(turned);
        orthonormalise(block);
        const double change = std::abs(values[0] - before[0]) + std::abs(values[1] - before[1]);
        if (step > 5 && change <= close * values[0]) break;
    }
    return values;
}

std::vector<double> meansOf(const VoteTable& votes)
{
    std::vector<double> sum(votes.statements);
    std::vector<double> count(votes.statements);
    for (const auto& row : votes.cast) {
        for (const CastVote& vote : row) {
            sum[vote.statement] += vote.value;
            ++count[vote.statement];
        }
    }
    for (std::size_t s = 0; s < sum.size(); ++s) sum[s] = count[s] > 0 ? sum[s] / count[s] : 0;
    return sum;
}

}  // namespace

OpinionSpace opinionSpace(const VoteTable& votes)
{
    if (votes.statements < 2) {
        throw Error(Error::Kind::TooLittleData, "there are no two statements to compare votes on");
    }
    OpinionSpace space;
    space.mean = meansOf(votes);
    const CentredVotes centred(votes, space.mean);
    const double all = centred.squares();
    if (!(all > 0)) {
        throw Error(Error::Kind::TooLittleData, "everybody voted alike on every statement");
    }
    std::vector<Column> block;
    const auto values = leading(centred, votes.statements, block);
    for (std::size_t c = 0; c < 2; ++c) {
        const double value = std::max(0.0, values[c]);
        space.singular[c] = std::sqrt(value);
        space.explained[c] = value / all;
        const auto largest = std::ranges::max_element(
            block[c], [](double a, double b) { return std::abs(a) < std::abs(b); });
        if (*largest < 0) {
            for (double& one : block[c]) one = -one;
        }
        space.component[c] = std::move(block[c]);
    }
    for (const auto& row : votes.cast) {
        std::array<double, 2> place{};
        for (const CastVote& vote : row) {
            for (std::size_t c = 0; c < 2; ++c)
                place[c] += centred.centred(vote) * space.component[c][vote.statement];
        }
        const auto cast = static_cast<double>(std::max<std::size_t>(1, row.size()));
        for (double& one : place) one *= std::sqrt(votes.statements / cast);
        space.place.push_back(place);
    }
    return space;
}

}  // namespace kith
