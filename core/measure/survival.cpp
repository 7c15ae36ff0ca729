#include "core/measure/survival.h"

#include "core/base/error.h"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <set>

namespace kith {

namespace {

constexpr double z95 = 1.959963984540054;

/// Counts who is under observation just before a day, from sorted entries and ends.
class AtRisk {
public:
    explicit AtRisk(const std::vector<Stay>& stays)
    {
        for (const Stay& stay : stays) {
            entries_.push_back(stay.entered);
            ends_.push_back(stay.days);
        }
        std::ranges::sort(entries_);
        std::ranges::sort(ends_);
    }

    /// Entered before `days`, not yet gone: who enters and goes on the same day counts.
    std::uint64_t operator()(double days) const
    {
        const auto entered = entries_.front() >= days ? std::ranges::upper_bound(entries_, days)
                                                      : std::ranges::lower_bound(entries_, days);
        const auto gone = std::ranges::lower_bound(ends_, days);
        return static_cast<std::uint64_t>((entered - entries_.begin()) - (gone - ends_.begin()));
    }

private:
    std::vector<double> entries_;
    std::vector<double> ends_;
};

std::uint64_t leftOn(const std::vector<double>& leaving, double days)
{
    const auto [first, last] = std::ranges::equal_range(leaving, days);
    return static_cast<std::uint64_t>(last - first);
}

std::vector<double> leavingDays(const std::vector<Stay>& stays)
{
    std::vector<double> days;
    for (const Stay& stay : stays) {
        if (stay.left) days.push_back(stay.days);
    }
    std::ranges::sort(days);
    return days;
}

/// Symmetric positive definite solve, in place, of a small system; false when singular.
bool solveSmall(std::vector<std::vector<double>> matrix, std::vector<double>& right)
{
    const std::size_t n = right.size();
    for (std::size_t pivot = 0; pivot < n; ++pivot) {
        if (std::abs(matrix[pivot][pivot]) < 1e-12) return false;
        for (std::size_t row = pivot + 1; row < n; ++row) {
            const double factor = matrix[row][pivot] / matrix[pivot][pivot];
            for (std::size_t c = pivot; c < n; ++c) matrix[row][c] -= factor * matrix[pivot][c];
            right[row] -= factor * right[pivot];
        }
    }
    for (std::size_t row = n; row-- > 0;) {
        for (std::size_t c = row + 1; c < n; ++c) right[row] -= matrix[row][c] * right[c];
        right[row] /= matrix[row][row];
    }
    return true;
}

/// Observed minus expected by group, and its covariance, summed over days.
struct LogRankSums {
    std::vector<double> excess;
    std::vector<std::vector<double>> covariance;

    explicit LogRankSums(std::size_t groups)
        : excess(groups), covariance(groups, std::vector<double>(groups))
    {}

    void add(const std::vector<double>& atRisk, const std::vector<double>& left)
    {
        double n = 0;
        double d = 0;
        for (std::size_t g = 0; g < left.size(); ++g) {
            n += atRisk[g];
            d += left[g];
        }
        const double scale = n > 1 ? d * (n - d) / (n - 1) : 0;
        for (std::size_t g = 0; g < left.size(); ++g) {
            const double share = atRisk[g] / n;
            excess[g] += left[g] - d * share;
            for (std::size_t h = 0; h < left.size(); ++h) {
                covariance[g][h] += scale * share * ((g == h ? 1.0 : 0.0) - atRisk[h] / n);
            }
        }
    }
};

}  // namespace

std::vector<SurvivalStep> kaplanMeier(std::vector<Stay> stays)
{
    std::vector<SurvivalStep> steps;
    const auto leaving = leavingDays(stays);
    if (leaving.empty()) return steps;
    const AtRisk atRisk(stays);
    double survival = 1;
    double sum = 0;
    for (std::size_t i = 0; i < leaving.size(); ++i) {
        if (i > 0 && leaving[i] == leaving[i - 1]) continue;
        SurvivalStep step;
        step.days = leaving[i];
        step.atRisk = atRisk(step.days);
        step.left = leftOn(leaving, step.days);
        const auto n = static_cast<double>(step.atRisk);
        const auto d = static_cast<double>(step.left);
        survival *= 1 - d / n;
        sum += d / (n * (n - d));
        step.survival = survival;
        if (survival > 0) {
            step.error = survival * std::sqrt(sum);
            const double width = z95 * std::sqrt(sum) / std::abs(std::log(survival));
            step.low = std::pow(survival, std::exp(width));
            step.high = std::pow(survival, std::exp(-width));
        } else {
            step.low = step.high = 0;
        }
        steps.push_back(step);
    }
    return steps;
}

SurvivalStep survivalAt(const std::vector<SurvivalStep>& steps, double days)
{
    const auto after = std::ranges::upper_bound(steps, days, {}, &SurvivalStep::days);
    return after == steps.begin() ? SurvivalStep{} : *std::prev(after);
}

std::optional<double> medianStay(const std::vector<SurvivalStep>& steps)
{
    constexpr double rounding = 1e-12;
    const auto half = std::ranges::find_if(
        steps, [](const SurvivalStep& step) { return step.survival <= 0.5 + rounding; });
    if (half == steps.end()) return std::nullopt;
    return half->days;
}

double restrictedMean(const std::vector<SurvivalStep>& steps, double horizon)
{
    double area = 0;
    double from = 0;
    double survival = 1;
    for (const SurvivalStep& step : steps) {
        if (step.days >= horizon) break;
        area += survival * (step.days - from);
        from = step.days;
        survival = step.survival;
    }
    return area + survival * (horizon - from);
}

LogRank logRank(const std::vector<std::vector<Stay>>& groups)
{
    std::vector<AtRisk> atRisk;
    std::vector<std::vector<double>> leaving;
    std::set<double> days;
    for (const auto& group : groups) {
        if (group.empty()) continue;
        atRisk.emplace_back(group);
        leaving.push_back(leavingDays(group));
        days.insert(leaving.back().begin(), leaving.back().end());
    }
    if (atRisk.size() < 2) {
        throw Error(Error::Kind::TooLittleData, "there are no two groups to compare");
    }
    LogRankSums sums(atRisk.size());
    std::vector<double> n(atRisk.size());
    std::vector<double> d(atRisk.size());
    for (const double day : days) {
        for (std::size_t g = 0; g < n.size(); ++g) {
            n[g] = static_cast<double>(atRisk[g](day));
            d[g] = static_cast<double>(leftOn(leaving[g], day));
        }
        sums.add(n, d);
    }
    LogRank result;
    result.degrees = static_cast<unsigned>(atRisk.size() - 1);
    auto matrix = sums.covariance;
    matrix.pop_back();
    for (auto& row : matrix) row.pop_back();
    std::vector<double> solved(sums.excess.begin(), sums.excess.end() - 1);
    if (!solveSmall(std::move(matrix), solved)) return result;  // nobody left: nothing differs
    for (std::size_t g = 0; g < solved.size(); ++g) {
        result.chiSquare += solved[g] * sums.excess[g];
    }
    result.chiSquare = std::max(0.0, result.chiSquare);
    result.p = boost::math::gamma_q(result.degrees / 2.0, result.chiSquare / 2);
    return result;
}

ShareRange wilson(std::uint64_t hits, std::uint64_t of)
{
    if (of == 0) return {0, 0, 1};
    const auto n = static_cast<double>(of);
    const double p = static_cast<double>(hits) / n;
    const double z2 = z95 * z95;
    const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double width = z95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    return {p, std::max(0.0, middle - width), std::min(1.0, middle + width)};
}

double gini(std::vector<double> amounts)
{
    std::ranges::sort(amounts);
    const auto n = static_cast<double>(amounts.size());
    double sum = 0;
    double ranked = 0;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        sum += amounts[i];
        ranked += static_cast<double>(i + 1) * amounts[i];
    }
    return sum > 0 ? 2 * ranked / (n * sum) - (n + 1) / n : 0;
}

double topShare(std::vector<double> amounts, double share)
{
    if (amounts.empty()) return 0;
    std::ranges::sort(amounts, std::greater<>());
    const auto wanted = share * static_cast<double>(amounts.size());
    const auto top = std::max<std::size_t>(1, static_cast<std::size_t>(wanted));
    double sum = 0;
    double first = 0;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        sum += amounts[i];
        if (i < top) first += amounts[i];
    }
    return sum > 0 ? first / sum : 0;
}

}  // namespace kith
