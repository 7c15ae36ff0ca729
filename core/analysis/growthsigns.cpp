#include "core/analysis/growthsigns.h"

#include "core/base/text.h"
#include "core/measure/survival.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numeric>

namespace kith {

namespace {

using Speaks = GrowthSign::Speaks;

GrowthSign shapeSign(const GrowthStudy& study)
{
    GrowthSign sign{"The shape of growth", study.growthRefused, Speaks::Unknown};
    if (!study.growth) return sign;
    constexpr double tied = 2;
    constexpr double clear = 10;
    const auto& growth = *study.growth;
    const double linear = growth.fits[static_cast<std::size_t>(GrowthShape::Linear)].delta;
    const bool bent =
        growth.best == GrowthShape::Exponential || growth.best == GrowthShape::Logistic;
    if (linear < tied || growth.best == GrowthShape::Linear) {
        sign.finding = "Nothing speaks against a steady rate: there is no sign of acceleration.";
        sign.speaks = Speaks::Managed;
    } else if (bent && linear >= clear) {
        sign.finding = fmt::format(
            "Growth that feeds on itself ({}) fits clearly better than a "
            "steady rate.",
            name(growth.best));
        sign.speaks = Speaks::Organic;
    } else {
        sign.finding =
            fmt::format("The best shape is {}; that speaks for neither.", name(growth.best));
        sign.speaks = Speaks::Neither;
    }
    return sign;
}

/// Coefficient of variation of the gaps between messages; 1 = as irregular as chance.
double irregularity(const Activity& activity)
{
    std::vector<double> gaps;
    for (std::size_t i = 1; i < activity.events.size(); ++i) {
        gaps.push_back(
            static_cast<double>((activity.events[i].time - activity.events[i - 1].time).count()));
    }
    if (gaps.size() < 2) return 1;
    const auto n = static_cast<double>(gaps.size());
    const double mean = std::accumulate(gaps.begin(), gaps.end(), 0.0) / n;
    double squares = 0;
    for (const double gap : gaps) squares += (gap - mean) * (gap - mean);
    return mean > 0 ? std::sqrt(squares / n) / mean : 0;
}

GrowthSign timingSign(const Activity& activity, const GrowthStudy& study)
{
    constexpr double low = 0.2;
    constexpr double high = 0.5;
    constexpr double regular = 0.5;
    GrowthSign sign{"What sets messages off", study.excitationRefused, Speaks::Unknown};
    if (activity.events.size() >= 30 && irregularity(activity) < regular) {
        sign.finding = "Messages come at regular intervals.";
        sign.speaks = Speaks::Managed;
        return sign;
    }
    if (!study.excitation) return sign;
    const double n = study.excitation->fit.parameters.branching;
    sign.finding = fmt::format("About {:.0f} of 100 messages were set off by earlier ones.",
                               std::min(1.0, n) * 100);
    sign.speaks = n < low ? Speaks::Managed : n > high ? Speaks::Organic : Speaks::Neither;
    return sign;
}

GrowthSign authorsSign(const Activity& activity)
{
    constexpr std::size_t fewest = 20;
    constexpr double top = 0.05;
    GrowthSign sign{"How many write", "Fewer than 20 people wrote.", Speaks::Unknown};
    std::map<PersonId, double> messages;
    for (const auto& event : activity.events) ++messages[event.person];
    if (messages.size() < fewest) return sign;
    std::vector<double> amounts;
    for (const auto& [person, count] : messages) amounts.push_back(count);
    const double share = topShare(amounts, top);
    sign.finding =
        fmt::format("The busiest 5 % of people wrote {} of all messages.", percent(share));
    sign.speaks = share > 0.5 ? Speaks::Managed : Speaks::Neither;
    return sign;
}

/// Ranks with ties at their mean.
std::vector<double> ranksOf(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && values[order[j]] == values[order[i]]) ++j;
        for (std::size_t k = i; k < j; ++k)
            ranks[order[k]] = (static_cast<double>(i) + static_cast<double>(j - 1)) / 2;
        i = j;
    }
    return ranks;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y)
{
    const auto n = static_cast<double>(x.size());
    const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n;
    const double my = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mx) * (y[i] - my);
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

/// New people by day follow activity where growth carries itself. The first week, in which
/// everybody is new, does not count.
GrowthSign newcomersSign(const Bins& daily)
{
    constexpr std::size_t settling = 7;
    constexpr std::size_t fewest = 14;
    GrowthSign sign{"New people", "Fewer than three weeks are there to compare.", Speaks::Unknown};
    if (daily.messages.size() < settling + fewest) return sign;
    const std::vector<double> messages(daily.messages.begin() + settling, daily.messages.end());
    const std::vector<double> fresh(daily.newcomers.begin() + settling, daily.newcomers.end());
    const double arrived = std::accumulate(fresh.begin(), fresh.end(), 0.0);
    const double together = correlation(ranksOf(messages), ranksOf(fresh));
    const double half = std::accumulate(fresh.begin() + std::ssize(fresh) / 2, fresh.end(), 0.0);
    const bool growing = half > arrived / 2;
    if (arrived < 5) {
        sign.finding = "Hardly anybody new came after the first week.";
        sign.speaks = Speaks::Managed;
    } else if (together > 0.3 && growing) {
        sign.finding = "More new people come as more is said, and more came lately than before.";
        sign.speaks = Speaks::Organic;
    } else {
        sign.finding = fmt::format(
            "{} new people came after the first week; they do not clearly "
            "follow how much is said.",
            withSeparators(std::llround(arrived)));
        sign.speaks = Speaks::Neither;
    }
    return sign;
}

}  // namespace

std::string_view name(GrowthSign::Speaks speaks)
{
    static constexpr std::array names{"managed", "organic", "neither", "unknown"};
    return names.at(static_cast<std::size_t>(speaks));
}

std::array<GrowthSign, 4> growthSigns(const Activity& activity, const Bins& daily,
                                      const GrowthStudy& study)
{
    return {shapeSign(study), timingSign(activity, study), authorsSign(activity),
            newcomersSign(daily)};
}

}  // namespace kith
