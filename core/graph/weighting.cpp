#include "core/graph/weighting.h"

#include "core/base/error.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <tuple>

namespace kith {
namespace {

/// The weight is part of the order: sums are rounded the same for every order of the events.
auto orderOf(const DayEvent& event)
{
    return std::tuple(event.from, event.to, event.kind, event.day, event.weight);
}

bool sameDay(const DayEvent& a, const DayEvent& b)
{
    return a.from == b.from && a.to == b.to && a.kind == b.kind && a.day == b.day;
}

void check(const WeightOptions& options)
{
    const auto bad = [](double value) { return !(value >= 0) || std::isinf(value); };
    if (bad(options.halfLifeDays) || std::any_of(options.lambda.begin(), options.lambda.end(), bad))
        throw Error(Error::Kind::Usage,
                    "weights and half-life must be numbers that are not negative");
}

class Fading {
public:
    Fading(const WeightOptions& options, std::optional<Time> readOut)
        : halfLife_(options.halfLifeDays), today_(dayOf(readOut))
    {}

    double operator()(std::int32_t day) const
    {
        if (day == noDay || today_ == noDay || !(halfLife_ > 0) || day >= today_) return 1;
        return std::exp2(-static_cast<double>(today_ - day) / halfLife_);
    }

private:
    double halfLife_;
    std::int32_t today_;
};

}  // namespace

double saturated(double count)
{
    return count <= 1 ? count : 1 + std::log(count);
}

std::int32_t dayOf(const std::optional<Time>& time)
{
    if (!time) return noDay;
    return static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::days>(*time).time_since_epoch().count());
}

std::vector<Arc> weighDays(std::span<DayEvent> events, const WeightOptions& options,
                           std::optional<Time> readOut)
{
    check(options);
    std::ranges::sort(events, {}, orderOf);
    const Fading fading(options, readOut);
    std::vector<Arc> arcs;
    for (std::size_t i = 0; i < events.size();) {
        const DayEvent& first = events[i];
        double sum = 0;
        while (i < events.size() && events[i].from == first.from && events[i].to == first.to) {
            const DayEvent& day = events[i];
            double count = 0;
            for (; i < events.size() && sameDay(events[i], day); ++i) count += events[i].weight;
            const double lambda = options.lambda.at(static_cast<std::size_t>(day.kind));
            const bool given = day.kind == TieKind::Given;
            sum += lambda * (given ? count : saturated(count) * fading(day.day));
        }
        if (sum > 0) arcs.push_back({first.from, first.to, static_cast<float>(sum)});
    }
    return arcs;
}

std::vector<Arc> weighArcs(const std::vector<TieEvent>& events, const WeightOptions& options,
                           std::optional<Time> readOut)
{
    std::vector<DayEvent> days;
    days.reserve(events.size());
    for (const auto& event : events)
        if (event.from != event.to && event.weight > 0)
            days.push_back({event.from, event.to, dayOf(event.time), event.kind, event.weight});
    return weighDays(days, options, readOut);
}

std::vector<Arc> strongArcs(std::vector<Arc> arcs, double minWeight)
{
    if (!(minWeight > 0)) return arcs;
    const auto before = [](const Arc& a, const Arc& b) {
        return std::tuple(a.from, a.to) < std::tuple(b.from, b.to);
    };
    const auto weak = [&](const Arc& arc) {
        const Arc wanted{arc.to, arc.from, 0};
        const auto back = std::lower_bound(arcs.begin(), arcs.end(), wanted, before);
        const bool answered =
            back != arcs.end() && back->from == wanted.from && back->to == wanted.to;
        const double sum =
            static_cast<double>(arc.weight) + (answered ? static_cast<double>(back->weight) : 0);
        return sum < minWeight;
    };
    std::vector<Arc> strong;
    std::copy_if(arcs.begin(), arcs.end(), std::back_inserter(strong),
                 [&](const Arc& arc) { return !weak(arc); });
    return strong;
}

}  // namespace kith
