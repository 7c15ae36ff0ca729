#include "core/measure/optimise.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace kith {

namespace {

constexpr std::size_t longRun = 400;  ///< turns a dimension
constexpr std::size_t shortRun = 80;

using Function = std::function<double(const std::vector<double>&)>;

class Simplex {
public:
    Simplex(const Function& function, const std::vector<double>& start, double step)
        : function_(function)
    {
        corners_.push_back(valued(start));
        for (std::size_t i = 0; i < start.size(); ++i) {
            auto corner = start;
            corner[i] += step;
            corners_.push_back(valued(std::move(corner)));
        }
    }

    Minimum run(std::size_t turns)
    {
        const std::size_t most = turns * (corners_.size() - 1);
        for (std::size_t turn = 0; turn < most; ++turn) {
            sort();
            if (settled()) break;
            improve();
        }
        sort();
        return corners_.front();
    }

private:
    Minimum valued(std::vector<double> at) const
    {
        double value = function_(at);
        if (std::isnan(value)) value = std::numeric_limits<double>::infinity();
        return {std::move(at), value};
    }

    void sort() { std::ranges::stable_sort(corners_, {}, &Minimum::value); }

    bool settled() const
    {
        constexpr double closeValue = 1e-11;
        constexpr double closePlace = 1e-8;
        const double best = corners_.front().value;
        if (!(corners_.back().value - best <= closeValue * (1 + std::abs(best)))) return false;
        for (std::size_t i = 0; i < corners_.front().at.size(); ++i) {
            const double reach = std::abs(corners_.back().at[i] - corners_.front().at[i]);
            if (reach > closePlace * (1 + std::abs(corners_.front().at[i]))) return false;
        }
        return true;
    }

    /// The point on the line from the worst corner through the middle of the others.
    Minimum through(double factor) const
    {
        const std::size_t size = corners_.front().at.size();
        std::vector<double> at(size);
        for (std::size_t i = 0; i < size; ++i) {
            double middle = 0;
            for (std::size_t c = 0; c < size; ++c) middle += corners_[c].at[i];
            middle /= static_cast<double>(size);
            at[i] = middle + factor * (middle - corners_.back().at[i]);
        }
        return valued(std::move(at));
    }

    void improve()
    {
        auto reflected = through(1);
        if (reflected.value < corners_.front().value) {
            auto further = through(2);
            corners_.back() =
                further.value < reflected.value ? std::move(further) : std::move(reflected);
            return;
        }
        if (reflected.value < corners_[corners_.size() - 2].value) {
            corners_.back() = std::move(reflected);
            return;
        }
        const bool outside = reflected.value < corners_.back().value;
        auto nearer = through(outside ? 0.5 : -0.5);
        if (nearer.value < std::min(reflected.value, corners_.back().value)) {
            corners_.back() = std::move(nearer);
            return;
        }
        for (std::size_t c = 1; c < corners_.size(); ++c) {
            auto at = corners_[c].at;
            for (std::size_t i = 0; i < at.size(); ++i) {
                at[i] = (at[i] + corners_.front().at[i]) / 2;
            }
            corners_[c] = valued(std::move(at));
        }
    }

    const Function& function_;
    std::vector<Minimum> corners_;
};

}  // namespace

Minimum minimise(const Function& function, std::vector<double> start, double step)
{
    constexpr int restarts = 6;
    constexpr double worthwhile = 1e-9;
    Minimum best = Simplex(function, start, step).run(longRun);
    for (int again = 0; again < restarts; ++again) {
        Minimum next = Simplex(function, best.at, step / 4).run(longRun);
        const bool done = !(best.value - next.value > worthwhile * (1 + std::abs(best.value)));
        if (next.value < best.value) best = std::move(next);
        if (done) break;
    }
    return best;
}

Minimum minimiseFrom(const Function& function, const std::vector<std::vector<double>>& starts,
                     double step)
{
    constexpr std::size_t followed = 4;
    std::vector<Minimum> tried;
    for (const auto& start : starts) tried.push_back(Simplex(function, start, step).run(shortRun));
    std::ranges::stable_sort(tried, {}, &Minimum::value);
    tried.resize(std::min(tried.size(), followed));
    Minimum best{{}, std::numeric_limits<double>::infinity()};
    for (const auto& one : tried) {
        auto found = minimise(function, one.at, step);
        if (best.at.empty() || found.value < best.value) best = std::move(found);
    }
    return best;
}

double crossing(const std::function<double(double)>& function, double level, double inside,
                double outside)
{
    constexpr int halvings = 40;
    if (function(outside) <= level) return outside;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (inside + outside) / 2;
        (function(middle) <= level ? inside : outside) = middle;
    }
    return (inside + outside) / 2;
}

}  // namespace kith
