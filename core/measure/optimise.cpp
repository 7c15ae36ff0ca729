#include "core/measure/optimise.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
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

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// One search along the slope, bent by what earlier steps said of the curvature.
class Descent {
public:
    Descent(const Sloped& function, std::vector<double> start)
        : function_(function), size_(start.size()), slope_(size_), inverse_(size_ * size_)
    {
        here_.at = std::move(start);
        here_.value = function_(here_.at, slope_);
        forget();
    }

    Minimum run()
    {
        constexpr int most = 300;
        for (int turn = 0; turn < most && step(); ++turn) {
        }
        return here_;
    }

private:
    void forget()
    {
        std::ranges::fill(inverse_, 0.0);
        for (std::size_t i = 0; i < size_; ++i) inverse_[i * size_ + i] = 1;
        fresh_ = true;
    }

    std::vector<double> times(const std::vector<double>& vector) const
    {
        std::vector<double> product(size_);
        for (std::size_t i = 0; i < size_; ++i) {
            product[i] =
                std::inner_product(vector.begin(), vector.end(), &inverse_[i * size_], 0.0);
        }
        return product;
    }

    /// False when there is nowhere lower to go.
    bool step()
    {
        auto way = times(slope_);
        for (double& one : way) one = -one;
        double descent = dot(way, slope_);
        if (!(descent < 0)) {
            if (fresh_) return false;
            forget();
            return true;
        }
        // A first step knows the direction only: it is one unit long at most.
        const double length = std::sqrt(dot(way, way));
        double far = fresh_ && length > 1 ? 1 / length : 1;
        constexpr int halvings = 40;
        constexpr double enough = 1e-4;
        Minimum next;
        std::vector<double> slope(size_);
        for (int i = 0; i < halvings; ++i, far /= 2) {
            next.at = here_.at;
            for (std::size_t k = 0; k < size_; ++k) next.at[k] += far * way[k];
            next.value = function_(next.at, slope);
            if (next.value <= here_.value + enough * far * descent) return go(next, slope);
        }
        if (fresh_) return false;
        forget();
        return true;
    }

    bool go(Minimum& next, std::vector<double>& slope)
    {
        constexpr double worthwhile = 1e-11;
        const bool settled =
            here_.value - next.value <= worthwhile * (1 + std::abs(next.value)) && !fresh_;
        std::vector<double> moved(size_);
        std::vector<double> turned(size_);
        for (std::size_t i = 0; i < size_; ++i) {
            moved[i] = next.at[i] - here_.at[i];
            turned[i] = slope[i] - slope_[i];
        }
        learn(moved, turned);
        here_ = std::move(next);
        slope_ = std::move(slope);
        return !settled;
    }

    void learn(const std::vector<double>& moved, const std::vector<double>& turned)
    {
        const double along = dot(moved, turned);
        if (!(along > 1e-12 * std::sqrt(dot(moved, moved) * dot(turned, turned)))) return;
        if (fresh_) {
            const double scale = along / dot(turned, turned);
            for (std::size_t i = 0; i < size_; ++i) inverse_[i * size_ + i] = scale;
            fresh_ = false;
        }
        const auto bent = times(turned);
        const double factor = (1 + dot(turned, bent) / along) / along;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = 0; k < size_; ++k) {
                inverse_[i * size_ + k] += factor * moved[i] * moved[k] -
                                           (bent[i] * moved[k] + moved[i] * bent[k]) / along;
            }
        }
    }

    const Sloped& function_;
    std::size_t size_;
    Minimum here_;
    std::vector<double> slope_;
    std::vector<double> inverse_;  ///< of the curvature, row by row
    bool fresh_ = true;            ///< nothing is known of the curvature yet
};

}  // namespace

Minimum minimiseSmooth(const Sloped& function, std::vector<double> start)
{
    return Descent(function, std::move(start)).run();
}

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
