#include "core/graph/weighting.h"

#include "core/base/error.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <tuple>

namespace kith {
namespace {

constexpr std::int32_t noDay = std::numeric_limits<std::int32_t>::max();

std::int32_t dayOf(Time time)
{
    return static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::days>(time).time_since_epoch().count());
}

/// An event, small and sortable.
struct Entry {
    Vertex from;
    Vertex to;
    std::int32_t day;
    TieKind kind;
    double weight;

    auto key() const { return std::tuple(from, to, kind, day, weight); }
    bool sameDay(const Entry& o) const
    {
        return from == o.from && to == o.to && kind == o.kind && day == o.day;
    }
};

std::vector<Entry> sortedEntries(const std::vector<TieEvent>& events)
{
    std::vector<Entry> entries;
    entries.reserve(events.size());
    for (const auto& event : events)
        if (event.from != event.to && event.weight > 0)
            entries.push_back({event.from, event.to, event.time ? dayOf(*event.time) : noDay,
                               event.kind, event.weight});
    // The weight is part of the key: sums are rounded the same for every order of the events.
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.key() < b.key(); });
    return entries;
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
        : halfLife_(options.halfLifeDays), today_(readOut ? dayOf(*readOut) : noDay)
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

std::vector<Arc> weighArcs(const std::vector<TieEvent>& events, const WeightOptions& options,
                           std::optional<Time> readOut)
{
    check(options);
    const auto entries = sortedEntries(events);
    const Fading fading(options, readOut);
    std::vector<Arc> arcs;
    for (std::size_t i = 0; i < entries.size();) {
        const Entry& first = entries[i];
        double sum = 0;
        while (i < entries.size() && entries[i].from == first.from && entries[i].to == first.to) {
            const Entry& day = entries[i];
            double count = 0;
            for (; i < entries.size() && entries[i].sameDay(day); ++i) count += entries[i].weight;
            const double lambda = options.lambda.at(static_cast<std::size_t>(day.kind));
            const bool given = day.kind == TieKind::Given;
            sum += lambda * (given ? count : saturated(count) * fading(day.day));
        }
        if (sum > 0) arcs.push_back({first.from, first.to, static_cast<float>(sum)});
    }
    return arcs;
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
