#include "core/measure/draws.h"

#include <cmath>

namespace kith {

namespace {

/// The categories that there may be: those seen give up the share that nobody was drawn from
/// (Good 1953, with Chao's correction) to as many unseen ones as Chao's estimate has (1984).
std::vector<double> completed(std::span<const std::uint64_t> counts, double people)
{
    double once = 0;
    double twice = 0;
    for (const auto count : counts) {
        once += count == 1 ? 1 : 0;
        twice += count == 2 ? 1 : 0;
    }
    const double unseen = std::ceil((people - 1) / people * once * (once - 1) / (2 * (twice + 1)));
    auto all = sharesOf(counts);
    if (!(unseen > 0)) return all;
    const double more = (people - 1) * once;
    const double missing = once / people * more / (more + 2 * std::max(1.0, twice));
    for (double& share : all) share *= 1 - missing;
    all.insert(all.end(), static_cast<std::size_t>(unseen), missing / unseen);
    return all;
}

/// Every share to the power of `tilt`: 0 mixes evenly, large ones leave the largest alone.
std::vector<double> tilted(std::span<const double> shares, double tilt)
{
    std::vector<double> weights(shares.size());
    for (std::size_t i = 0; i < shares.size(); ++i)
        weights[i] = shares[i] > 0 ? std::pow(shares[i], tilt) : 0;
    return sharesOf(weights);
}

/// Which mixtures could have given an estimate, along a line from even to one category alone.
template <class Figure>
class Inversion {
public:
    Inversion(std::span<const std::uint64_t> counts, const Figure& figure,
              const DrawOptions& options, Task& task)
        : people_(peopleIn(counts)),
          shares_(completed(counts, static_cast<double>(people_))),
          figure_(figure),
          options_(options),
          task_(task),
          estimate_(figure(sharesOf(counts)))
    {}

    Range range()
    {
        return {std::min(estimate_, figure_(tilted(shares_, concentrated()))),
                std::max(estimate_, figure_(tilted(shares_, even())))};
    }

private:
    static constexpr int halvings = 8;

    /// Whether estimates at least (or at most) this high are no rarity there.
    bool likely(double tilt, bool above)
    {
        constexpr double tail = 0.025;
        constexpr double rounding = 1e-9;
        const auto figures =
            drawMany(tilted(shares_, tilt), people_, options_, task_, [&](auto drawn) {
                for (double& one : drawn) one /= static_cast<double>(people_);
                return figure_(drawn);
            });
        const auto reached = std::ranges::count_if(figures, [&](double one) {
            return above ? one >= estimate_ - rounding : one <= estimate_ + rounding;
        });
        return static_cast<double>(reached) > tail * static_cast<double>(figures.size());
    }

    double halved(double inside, double outside, bool above)
    {
        for (int i = 0; i < halvings; ++i) {
            const double middle = (inside + outside) / 2;
            (likely(middle, above) ? inside : outside) = middle;
        }
        return inside;
    }

    double concentrated()
    {
        constexpr double most = 64;
        constexpr double further = 1.5;
        double inside = 1;
        double outside = further;
        while (outside < most && likely(outside, true)) {
            inside = outside;
            outside *= further;
        }
        return halved(inside, outside, true);
    }

    double even() { return likely(0, false) ? 0 : halved(1, 0, false); }

    std::uint64_t people_;
    std::vector<double> shares_;
    const Figure& figure_;
    const DrawOptions& options_;
    Task& task_;
    double estimate_;
};

}  // namespace

HillRanges hillRanges(std::span<const std::uint64_t> counts, const DrawOptions& options, Task& task)
{
    return {Inversion(counts, hill1Of, options, task).range(),
            Inversion(counts, hill2Of, options, task).range()};
}

}  // namespace kith
