#include "core/analysis/growthstudy.h"

#include "core/analysis/growthsigns.h"
#include "core/base/error.h"

#include <algorithm>
#include <span>

namespace kith {

namespace {

constexpr double hour = 3'600'000;  ///< milliseconds
constexpr std::chrono::milliseconds day = std::chrono::hours(24);

unsigned weekdayOf(const Activity& activity, Time time)
{
    const auto days = std::chrono::floor<std::chrono::days>(activity.zone.toWall(time));
    // Day 0, 1 January 1970, was a Thursday.
    return static_cast<unsigned>((days.time_since_epoch().count() + 3) % 7);
}

void fitShapes(const Activity& activity, const Bins& daily, const GrowthStudyOptions& options,
               GrowthStudy& study, Task& task)
{
    const std::vector<double> counts(daily.messages.begin(), daily.messages.end());
    GrowthOptions growth;
    growth.seed = options.seed;
    growth.threads = options.threads;
    if (!activity.events.empty())
        growth.firstWeekday = weekdayOf(activity, activity.events.front().time);
    try {
        study.growth = fitGrowth(counts, growth, task);
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::TooLittleData) throw;
        study.growthRefused = error.cause();
    }
}

/// Of a stretch of the events, watched from its first to its last.
Excitation excitationOf(const Activity& activity, std::span<const Activity::Event> events,
                        const GrowthStudyOptions& options, unsigned draws, Task& task)
{
    if (events.empty()) {
        throw Error(Error::Kind::TooLittleData, "there are no messages with a time");
    }
    const Time start = events.front().time;
    std::vector<double> hours;
    hours.reserve(events.size());
    for (const auto& event : events)
        hours.push_back(static_cast<double>((event.time - start).count()) / hour);
    ExcitationOptions excite;
    const auto wall = activity.zone.toWall(start).time_since_epoch();
    excite.startHour = static_cast<double>((wall % day).count()) / hour;
    excite.startWeekday = weekdayOf(activity, start);
    excite.seed = options.seed;
    excite.threads = options.threads;
    excite.draws = draws;
    return excitation(hours, hours.back(), excite, task);
}

void measureExcitation(const Activity& activity, const GrowthStudyOptions& options,
                       GrowthStudy& study, Task& task)
{
    // A fit is linear in messages, but it is made many times: the last stretch stands for the rest,
    // and a regime that changed long ago does not pass for activity that sets off activity.
    constexpr std::size_t most = 20'000;
    const auto last = std::span(activity.events).last(std::min(most, activity.events.size()));
    if (!last.empty()) study.excitationFrom = last.front().time;
    try {
        study.excitation = excitationOf(activity, last, options, 0, task);
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::TooLittleData) throw;
        study.excitationRefused = error.cause();
    }
}

/// The same for each calendar month, of a large one for its last messages.
void measureMonths(const Activity& activity, const GrowthStudyOptions& options, GrowthStudy& study,
                   Task& task)
{
    constexpr std::size_t months = 24;
    constexpr std::size_t most = 5000;
    constexpr unsigned draws = 40;
    const auto monthOf = [&](const Activity::Event& event) {
        const auto days = std::chrono::floor<std::chrono::days>(activity.zone.toWall(event.time));
        const std::chrono::year_month_day date(days);
        return date.year() / date.month();
    };
    const auto& events = activity.events;
    for (std::size_t end = events.size(); end > 0 && study.months.size() < months;) {
        const auto month = monthOf(events[end - 1]);
        std::size_t begin = end;
        while (begin > 0 && monthOf(events[begin - 1]) == month) --begin;
        MonthExcitation found;
        const std::chrono::local_days first(month / std::chrono::day(1));
        found.from = activity.zone.toUtc(WallTime(first)).time;
        found.events = end - begin;
        const auto within = std::span(events).subspan(begin, end - begin);
        try {
            found.excitation = excitationOf(activity, within.last(std::min(most, within.size())),
                                            options, draws, task);
        } catch (const Error& error) {
            if (error.kind() != Error::Kind::TooLittleData) throw;
            found.refused = error.cause();
        }
        study.months.push_back(std::move(found));
        end = begin;
    }
    std::ranges::reverse(study.months);
}

void findBursts(const Activity& activity, GrowthStudy& study)
{
    constexpr std::size_t shown = 5;
    constexpr std::size_t fewest = 10;
    constexpr std::size_t most = 200'000;
    if (activity.events.size() < fewest || activity.events.size() > most) return;
    std::vector<double> hours;
    for (const auto& event : activity.events)
        hours.push_back(static_cast<double>(toMillis(event.time)) / hour);
    for (const Burst& burst : bursts(hours)) {
        BurstFinding found{activity.events[burst.first].time,
                           activity.events[burst.last].time,
                           burst.level,
                           burst.last - burst.first + 1,
                           {}};
        for (std::size_t i = burst.first; i <= burst.last && found.first.size() < shown; ++i)
            found.first.push_back(activity.events[i].message);
        study.bursts.push_back(std::move(found));
    }
}

}  // namespace

GrowthStudy studyGrowth(const Workspace& workspace, const Selection& selection,
                        const GrowthStudyOptions& options, Task& task)
{
    const auto activity = activityOf(workspace, selection, task);
    GrowthStudy study;
    study.zone = activity.zone.name();
    study.people = activity.people();
    study.messages = activity.events.size();
    const auto daily = binned(activity, day);
    study.bins = options.bin == day ? daily : binned(activity, options.bin);
    fitShapes(activity, daily, options, study, task);
    measureExcitation(activity, options, study, task);
    measureMonths(activity, options, study, task);
    findBursts(activity, study);
    study.signs = growthSigns(activity, daily, study);
    return study;
}

}  // namespace kith
