#include "core/journey/agreement.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/measure/quantile.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace kith {

namespace {

/// Coincidences of values over all units, by value.
class Coincidences {
public:
    void add(const CodedUnit& unit)
    {
        if (unit.size() < 2) return;
        const double weight = 1 / (static_cast<double>(unit.size()) - 1);
        for (std::size_t i = 0; i < unit.size(); ++i) {
            for (std::size_t j = 0; j < unit.size(); ++j) {
                if (i != j) together_[{unit[i], unit[j]}] += weight;
            }
            ++count_[unit[i]];
        }
        n_ += static_cast<double>(unit.size());
    }

    std::optional<double> alpha(CodeScale scale) const
    {
        double observed = 0;
        for (const auto& [pair, weight] : together_) {
            observed += weight * distance(pair.first, pair.second, scale);
        }
        double expected = 0;
        for (const auto& [c, nc] : count_) {
            for (const auto& [k, nk] : count_) expected += nc * nk * distance(c, k, scale);
        }
        if (!(expected > 0)) return std::nullopt;
        return 1 - (n_ - 1) * observed / expected;
    }

    double equalShare() const
    {
        double same = 0;
        for (const auto& [pair, weight] : together_) same += pair.first == pair.second ? weight : 0;
        return n_ > 0 ? same / n_ : 0;
    }

private:
    double distance(double c, double k, CodeScale scale) const
    {
        if (c == k) return 0;
        switch (scale) {
        case CodeScale::Nominal: return 1;
        case CodeScale::Interval: return (c - k) * (c - k);
        case CodeScale::Ratio: return c + k != 0 ? std::pow((c - k) / (c + k), 2) : 0;
        case CodeScale::Ordinal: break;
        }
        const double low = std::min(c, k);
        const double high = std::max(c, k);
        double between = 0;
        for (auto at = count_.lower_bound(low); at != count_.end() && at->first <= high; ++at) {
            between += at->second;
        }
        between -= (count_.at(low) + count_.at(high)) / 2;
        return between * between;
    }

    std::map<std::pair<double, double>, double> together_;
    std::map<double, double> count_;
    double n_ = 0;
};

}  // namespace

std::optional<double> krippendorffAlpha(const std::vector<CodedUnit>& units, CodeScale scale)
{
    Coincidences coincidences;
    for (const CodedUnit& unit : units) coincidences.add(unit);
    return coincidences.alpha(scale);
}

AlphaRange alphaRange(const std::vector<CodedUnit>& units, CodeScale scale, unsigned draws,
                      std::uint64_t seed, unsigned threads, Task& task)
{
    std::vector<CodedUnit> paired;
    Coincidences all;
    for (const CodedUnit& unit : units) {
        if (unit.size() < 2) continue;
        paired.push_back(unit);
        all.add(unit);
    }
    const auto alpha = all.alpha(scale);
    if (!alpha) {
        throw Error(Error::Kind::TooLittleData,
                    "agreement needs messages that two people coded, and codes that differ");
    }
    AlphaRange range{*alpha, 0, 0, paired.size(), all.equalShare()};
    std::vector<double> drawn(draws);
    task.begin("Drawing coded messages anew", draws);
    parallelFor(draws, threads, [&](std::size_t i) {
        if (task.cancelled()) throw Cancelled{};
        Random random(seed, i);
        Coincidences again;
        for (std::size_t u = 0; u < paired.size(); ++u)
            again.add(paired[random.below(paired.size())]);
        // A draw in which everything is the same has no disagreement to set against chance.
        drawn[i] = again.alpha(scale).value_or(1);
    });
    task.advance(draws);
    std::ranges::sort(drawn);
    range.low = draws > 0 ? lowerQuantile(drawn, 0.025) : *alpha;
    range.high = draws > 0 ? lowerQuantile(drawn, 0.975) : *alpha;
    return range;
}

Kappa cohenKappa(std::uint64_t both, std::uint64_t first, std::uint64_t second,
                 std::uint64_t neither)
{
    const auto n = static_cast<double>(both + first + second + neither);
    const double yy = static_cast<double>(both) / n;
    const double yn = static_cast<double>(first) / n;
    const double ny = static_cast<double>(second) / n;
    const double nn = static_cast<double>(neither) / n;
    const double rowYes = yy + yn;
    const double columnYes = yy + ny;
    const double observed = yy + nn;
    const double expected = rowYes * columnYes + (1 - rowYes) * (1 - columnYes);
    if (!(n > 0) || expected >= 1) {
        throw Error(Error::Kind::TooLittleData, "the two coders left nothing to compare");
    }
    Kappa result;
    result.kappa = (observed - expected) / (1 - expected);
    const double k = result.kappa;
    const auto square = [](double x) { return x * x; };
    const double diagonal = yy * square(1 - (rowYes + columnYes) * (1 - k)) +
                            nn * square(1 - (2 - rowYes - columnYes) * (1 - k));
    const double off =
        square(1 - k) * (yn * square(columnYes + 1 - rowYes) + ny * square(1 - columnYes + rowYes));
    const double rest = square(k - expected * (1 - k));
    result.variance = (diagonal + off - rest) / (n * square(1 - expected));
    const double width = 1.959963984540054 * std::sqrt(result.variance);
    result.low = k - width;
    result.high = k + width;
    return result;
}

}  // namespace kith
