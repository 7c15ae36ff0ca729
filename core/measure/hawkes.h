#pragma once

#include "core/base/task.h"

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace kith {

// How much activity is set off by other activity (METHODS h.2): a self-exciting point process with
// an exponential kernel over a baseline that follows the hours of the day, the days of the week and
// a trend (Hawkes 1971; clusters: Hawkes and Oakes 1974).

/// How busy each hour of the day is, mean 1: linear between the middles of the hours.
class DailyShape {
public:
    /// All hours alike.
    DailyShape();

    /// From 24 values at the middles of the hours and seven factors for weekdays, each scaled to
    /// mean 1. Hour 0 is [0, 1) of a day in local time.
    DailyShape(std::array<double, 24> hours, std::array<double, 7> weekdays, double startHour,
               unsigned startWeekday);

    double at(double hours) const;        ///< hours since the start
    double integral(double until) const;  ///< from the start, in hours

    const std::array<double, 24>& hours() const { return hours_; }

private:
    double dayIntegral(double hourOfDay) const;

    std::array<double, 24> hours_{};
    std::array<double, 24> upTo_{};  ///< integral of the day from 0 to the middle of each hour
    std::array<double, 7> weekdays_{};
    double start_ = 0;  ///< hours since a Monday's midnight
    double head_ = 0;   ///< integral of the week up to the start
    std::array<double, 8> week_{};
};

/// Shape found in the events themselves: a histogram by hour, smoothed over three hours, and by
/// weekday when they span at least four weeks, each day in proportion to the seven around it, so
/// that neither a trend nor a week begun counts.
/// @param startHour, startWeekday local time of hour 0 of `events`
DailyShape dailyShapeOf(std::span<const double> events, double horizon, double startHour,
                        unsigned startWeekday);

/// How the baseline rises and falls over a watch, mean about 1: its logarithm runs straight between
/// moments that are evenly spaced from start to end. Growth that comes from outside would otherwise
/// pass for messages that set each other off (Filimonov and Sornette 2015).
class Trend {
public:
    Trend() = default;  ///< neither rises nor falls
    Trend(double horizon, std::vector<double> logs) : horizon_(horizon), logs_(std::move(logs)) {}

    double at(double hours) const;  ///< hours since the start
    const std::vector<double>& logs() const { return logs_; }  ///< empty, or 2 and more

private:
    double horizon_ = 0;
    std::vector<double> logs_;
};

struct HawkesParameters {
    double mu = 0;         ///< baseline, messages an hour
    double branching = 0;  ///< n: further messages that one message sets off, on average
    double beta = 0;       ///< how fast that fades, per hour
};

/// ln L of events on [0, horizon], in hours, ascending. Time O(events) (Ozaki 1979).
double hawkesLogLikelihood(std::span<const double> events, double horizon,
                           const HawkesParameters& parameters, const DailyShape& shape);

struct HawkesFit {
    HawkesParameters parameters;
    double logLikelihood = 0;
    Trend trend;
};

/// Most likely parameters for a given shape and no trend, from several starts.
HawkesFit fitHawkes(std::span<const double> events, double horizon, const DailyShape& shape);

/// The same with a trend, told by as many moments as the Bayesian information criterion (Schwarz
/// 1978) asks for: none, 2, 3, 5, 9 or 17.
HawkesFit fitHawkesOverTrend(std::span<const double> events, double horizon,
                             const DailyShape& shape);

/// Most likely parameters near a fit, whose number of moments is kept.
HawkesFit fitHawkesNear(std::span<const double> events, double horizon, const DailyShape& shape,
                        const HawkesFit& near);

/// Events of such a process on [0, horizon], by branching (Hawkes and Oakes 1974).
std::vector<double> simulateHawkes(const HawkesParameters& parameters, const DailyShape& shape,
                                   double horizon, std::uint64_t seed, std::uint64_t stream,
                                   const Trend& trend = {});

struct ExcitationOptions {
    double startHour = 0;       ///< local time of day at which the watch begins
    unsigned startWeekday = 0;  ///< 0 = Monday
    unsigned draws = 0;  ///< simulations behind the interval; 0 = 100, 40 beyond 5,000 events
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// The share of activity caused by other activity, over a baseline by hour, weekday and trend.
struct Excitation {
    HawkesFit fit;
    std::size_t events = 0;
    /// 95 % interval of the branching ratio: a parametric bootstrap that finds daily shape and
    /// trend anew each time, so that their bias is taken out, and a fifth wider than the
    /// simulations are spread: as they are, they held 65 of 70 ratios that another simulator
    /// planted.
    double low = 0;
    double high = 0;
    double bias = 0;  ///< how far fits lie from the truth they were simulated with, on average
    double ks = 0;    ///< distance of the rescaled gaps from exponential (Kolmogorov-Smirnov)
    double ksP = 1;
    bool jittered = false;  ///< times were whole minutes: the mean of 20 fits to jittered times
};

/// @param events hours since the start of the watch, ascending; ties allowed
/// @throws Error TooLittleData with fewer than 200 events or less than a week: without a daily
///         baseline there is no number
Excitation excitation(std::span<const double> events, double horizon,
                      const ExcitationOptions& options, Task& task);

/// Bursts in a stream (Kleinberg 2002): the cheapest sequence of states for the gaps between
/// events, state i having rate (gaps / time) * scale^i; moving up from i to j costs
/// (j - i) gamma ln(gaps).
struct BurstStates {
    std::vector<unsigned> state;  ///< by gap
    double cost = 0;
};
BurstStates burstStates(std::span<const double> gaps, double scale = 2, double gamma = 1);

/// A stretch at or above a level; from and to are events.
struct Burst {
    std::size_t first = 0;
    std::size_t last = 0;
    unsigned level = 1;
};

/// Maximal stretches by level, by first event, outer before inner. Events at the same moment are
/// told apart by a second.
std::vector<Burst> bursts(std::span<const double> eventHours);

}  // namespace kith
