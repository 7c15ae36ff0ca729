#include "core/measure/hawkes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace kith {

namespace {

constexpr double day = 24;
constexpr double week = 7 * day;

template <std::size_t N>
void toMeanOne(std::array<double, N>& values)
{
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    for (double& value : values) value *= static_cast<double>(N) / sum;
}

/// Hours of the week in [0, 168).
double hourOfWeek(double hours)
{
    const double rest = std::fmod(hours, week);
    return rest < 0 ? rest + week : rest;
}

/// Factor of each weekday: its messages against those of the weeks around its days. A weekday
/// stands at 1 where there are too few whole weeks to tell.
std::array<double, 7> weekdayFactors(std::span<const double> events, double start, double horizon,
                                     double never)
{
    const double firstMidnight = std::floor(start / day) * day - start;
    std::vector<double> counts(static_cast<std::size_t>((horizon - firstMidnight) / day) + 1);
    for (const double event : events) {
        const auto place = static_cast<std::size_t>((event - firstMidnight) / day);
        ++counts[std::min(place, counts.size() - 1)];
    }
    std::array<double, 7> seen{};
    std::array<double, 7> expected{};
    const auto firstWeekday = static_cast<std::size_t>(hourOfWeek(start) / day);
    for (std::size_t middle = 3; middle + 3 < counts.size(); ++middle) {
        const auto around = std::span(counts).subspan(middle - 3, 7);
        const std::size_t weekday = (firstWeekday + middle) % 7;
        seen[weekday] += counts[middle];
        expected[weekday] += std::accumulate(around.begin(), around.end(), 0.0) / 7;
    }
    std::array<double, 7> factors{1, 1, 1, 1, 1, 1, 1};
    for (std::size_t i = 0; i < factors.size(); ++i) {
        if (expected[i] > 0) factors[i] = std::max(never, seen[i] / expected[i]);
    }
    return factors;
}

}  // namespace

DailyShape::DailyShape()
    : DailyShape(
          [] {
              std::array<double, 24> hours{};
              hours.fill(1);
              return hours;
          }(),
          {1, 1, 1, 1, 1, 1, 1}, 0, 0)
{}

DailyShape::DailyShape(std::array<double, 24> hours, std::array<double, 7> weekdays,
                       double startHour, unsigned startWeekday)
    : hours_(hours), weekdays_(weekdays), start_(startWeekday * day + startHour)
{
    toMeanOne(hours_);
    toMeanOne(weekdays_);
    // Up to 0:30 the curve runs from the last middle of the day before to the first of this one.
    const double midnight = (hours_[23] + hours_[0]) / 2;
    upTo_[0] = (midnight + hours_[0]) / 4;
    for (std::size_t i = 1; i < hours_.size(); ++i) {
        upTo_[i] = upTo_[i - 1] + (hours_[i - 1] + hours_[i]) / 2;
    }
    for (std::size_t i = 0; i < weekdays_.size(); ++i) {
        week_[i + 1] = week_[i] + weekdays_[i] * day;
    }
    head_ = 0;
    head_ = -integral(0);
}

double DailyShape::at(double hours) const
{
    const double inWeek = hourOfWeek(start_ + hours);
    const auto weekday = std::min<std::size_t>(6, static_cast<std::size_t>(inWeek / day));
    const double middles = std::fmod(inWeek, day) - 0.5;
    const double below = std::floor(middles);
    const auto left = static_cast<std::size_t>(below < 0 ? 23 : below);
    const double part = middles - below;
    return weekdays_[weekday] *
           (hours_[left] * (1 - part) + hours_[(left + 1) % hours_.size()] * part);
}

/// Integral of one day's curve from midnight; the whole day holds 24.
double DailyShape::dayIntegral(double hourOfDay) const
{
    const double middles = hourOfDay - 0.5;
    if (middles < 0) {
        const double midnight = (hours_[23] + hours_[0]) / 2;
        const double here = midnight + (hours_[0] - midnight) * (hourOfDay / 0.5);
        return (midnight + here) / 2 * hourOfDay;
    }
    const auto left = std::min<std::size_t>(23, static_cast<std::size_t>(middles));
    const double part = middles - static_cast<double>(left);
    const double right = hours_[(left + 1) % hours_.size()];
    const double here = hours_[left] + (right - hours_[left]) * part;
    return upTo_[left] + (hours_[left] + here) / 2 * part;
}

double DailyShape::integral(double until) const
{
    const double place = start_ + until;
    const double weeks = std::floor(place / week);
    const double inWeek = place - weeks * week;
    const auto weekday = std::min<std::size_t>(6, static_cast<std::size_t>(inWeek / day));
    const double within = inWeek - static_cast<double>(weekday) * day;
    return head_ + weeks * week_[7] + week_[weekday] + weekdays_[weekday] * dayIntegral(within);
}

DailyShape dailyShapeOf(std::span<const double> events, double horizon, double startHour,
                        unsigned startWeekday)
{
    std::array<double, 24> seen{};
    const double start = startWeekday * day + startHour;
    for (const double event : events) {
        const double inWeek = hourOfWeek(start + event);
        ++seen[std::min<std::size_t>(23, static_cast<std::size_t>(std::fmod(inWeek, day)))];
    }
    std::array<double, 24> smooth{};
    constexpr double never = 0.01;  // an hour without events is quiet, not impossible
    for (std::size_t i = 0; i < smooth.size(); ++i) {
        smooth[i] = std::max(never, (seen[(i + 23) % 24] + seen[i] + seen[(i + 1) % 24]) / 3);
    }
    std::array<double, 7> weekdays{1, 1, 1, 1, 1, 1, 1};
    if (horizon >= 4 * week) weekdays = weekdayFactors(events, start, horizon, never);
    return {smooth, weekdays, startHour, startWeekday};
}

}  // namespace kith
