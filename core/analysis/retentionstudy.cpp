#include "core/analysis/retentionstudy.h"

#include "core/analysis/lives.h"
#include "core/analysis/welcome.h"
#include "core/base/error.h"
#include "core/measure/quantile.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kith {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds day = std::chrono::hours(24);
constexpr double landmark = 90;  ///< days after which staying is substantial (METHODS l)

milliseconds inDays(double days)
{
    return milliseconds(std::llround(days * static_cast<double>(day.count())));
}

/// The longer of thirty days and what 95 of 100 of people's own gaps stay below.
void findQuiet(const Lives& lives, RetentionStudy& study)
{
    constexpr double shortest = 30;
    std::vector<double> gaps;
    gaps.reserve(lives.events().size());
    for (const auto& life : lives.all()) {
        const auto times = lives.times(life);
        for (std::size_t i = 1; i < times.size(); ++i)
            gaps.push_back(daysOf(times[i] - times[i - 1]));
    }
    std::ranges::sort(gaps);
    if (!gaps.empty()) study.gap95 = quantile(gaps, 0.95);
    study.quietAfter = std::max(shortest, study.gap95);
}

Stay stayOf(const Lives& lives, const Lives::Life& life, double quietAfter)
{
    const Time last = lives.times(life).back();
    Stay stay;
    stay.days = daysOf(last - life.first);
    stay.left = daysOf(lives.until() - last) > quietAfter;
    if (life.first < lives.from()) {
        // Whoever wrote before and at the very start only is at risk at that moment.
        constexpr double moment = 1e-9;
        stay.entered = std::min(daysOf(lives.from() - life.first), stay.days - moment);
    }
    return stay;
}

std::optional<SurvivalStep> at90(const std::vector<SurvivalStep>& steps,
                                 const std::vector<Stay>& stays)
{
    // Beyond the longest stay there is nobody to see.
    const bool reached =
        std::ranges::any_of(stays, [](const Stay& stay) { return stay.days >= landmark; }) ||
        (!steps.empty() && steps.back().survival <= 0);
    if (!reached) return std::nullopt;
    auto step = survivalAt(steps, landmark);
    step.atRisk = static_cast<std::uint64_t>(
        std::ranges::count_if(stays, [](const Stay& stay) { return stay.days >= landmark; }));
    // Where nobody has left the product limit knows no spread: so many stayed of so many.
    if (step.survival >= 1) step.low = wilson(step.atRisk, step.atRisk).low;
    return step;
}

void findSurvival(const Lives& lives, Time settled, RetentionStudy& study)
{
    std::vector<Stay> stays;
    std::vector<Stay> fresh;
    for (const auto& life : lives.all()) {
        stays.push_back(stayOf(lives, life, study.quietAfter));
        study.truncated += life.first < lives.from() ? 1U : 0U;
        if (life.first >= settled) {
            fresh.push_back(stays.back());
        } else if (life.first >= lives.from()) {
            ++study.early;
        }
    }
    if (study.watched <= study.quietAfter) {
        study.refused = fmt::format(
            "the time looked at is {:.0f} days, and nobody counts as gone before {:.0f} days of "
            "quiet",
            study.watched, study.quietAfter);
        return;
    }
    study.survival = kaplanMeier(stays);
    study.medianDays = medianStay(study.survival);
    study.horizon = std::min(landmark, study.watched - study.quietAfter);
    study.restrictedMean = restrictedMean(study.survival, study.horizon);
    study.at90 = at90(study.survival, stays);
    if (fresh.size() >= smallestGroup) study.at90Newcomers = at90(kaplanMeier(fresh), fresh);
}

/// Windows of equal length from the local midnight before the start.
class Windows {
public:
    Windows(const Lives& lives, milliseconds length) : length_(length)
    {
        constexpr std::int64_t most = 400;
        const auto wall = lives.zone().toWall(lives.from());
        start_ = lives.zone().toUtc(WallTime(std::chrono::floor<std::chrono::days>(wall))).time;
        const auto count = (lives.until() - start_) / length + 1;
        if (count > most) {
            throw Error(Error::Kind::Usage, fmt::format("there would be {} windows", count), {},
                        "Choose longer ones, for instance 30d.");
        }
        count_ = static_cast<std::size_t>(count);
    }

    std::size_t count() const { return count_; }
    Time from(std::size_t window) const
    {
        return start_ + length_ * static_cast<std::int64_t>(window);
    }
    std::size_t of(Time time) const
    {
        return static_cast<std::size_t>(std::max<std::int64_t>(0, (time - start_) / length_));
    }

private:
    milliseconds length_;
    Time start_{};
    std::size_t count_ = 0;
};

milliseconds usualWindow(double days)
{
    constexpr double halfYear = 183;
    constexpr double fiveYears = 1827;
    return days <= halfYear ? 7 * day : days <= fiveYears ? 30 * day : 365 * day;
}

void countWindows(const Lives& lives, Time settled, const Windows& windows, RetentionStudy& study)
{
    std::vector<std::vector<std::uint64_t>> active(windows.count());
    study.newcomers.resize(windows.count());
    study.cohorts.resize(windows.count());
    const Time greyFrom = lives.until() - inDays(study.quietAfter);
    for (std::size_t w = 0; w < windows.count(); ++w) {
        active[w].resize(windows.count() - w);
        const Time end = windows.from(w) + study.window;
        study.newcomers[w].from = study.cohorts[w].from = windows.from(w);
        study.newcomers[w].settling = windows.from(w) < settled && settled > lives.from();
        study.newcomers[w].provisional = end > greyFrom;
    }
    for (const auto& life : lives.all()) {
        const bool here = life.first >= lives.from();
        const std::size_t cohort = here ? windows.of(life.first) : 0;
        if (here) ++study.cohorts[cohort].size;
        std::optional<std::size_t> before;
        for (const Time time : lives.times(life)) {
            const std::size_t w = windows.of(time);
            if (before == w) continue;
            before = w;
            ++study.newcomers[w].newcomers.of;
            if (here) ++active[cohort][w - cohort];
        }
    }
    for (std::size_t w = 0; w < windows.count(); ++w) {
        study.newcomers[w].newcomers.hits = study.cohorts[w].size;
        for (const auto hits : active[w]) {
            study.cohorts[w].active.push_back({hits, study.cohorts[w].size});
        }
    }
    std::erase_if(study.cohorts, [](const Cohort& cohort) { return cohort.size == 0; });
}

void findConcentration(const Lives& lives, RetentionStudy& study)
{
    constexpr double top = 0.05;
    std::vector<double> amounts;
    std::vector<Taking> taking;
    for (const auto& life : lives.all()) {
        const auto count = life.end - life.begin;
        amounts.push_back(static_cast<double>(count));
        taking.push_back({count, daysOf(lives.until() - lives.times(life).front()) / 7});
    }
    study.gini = gini(amounts);
    study.topShare = topShare(amounts, top);
    for (const Tier tier : tiers(taking)) ++study.tiers.at(static_cast<std::size_t>(tier));
}

void compareGroups(const Workspace& workspace, const Lives& lives, const Analysis& analysis,
                   RetentionStudy& study)
{
    std::vector<std::vector<Stay>> clusters;
    for (const auto& group : studyGroups(workspace, analysis)) {
        if (group.kind == StudyGroup::Kind::Everyone) continue;
        std::vector<Stay> stays;
        for (const Vertex member : group.members) {
            const auto* life = lives.of(analysis.people.people[member]);
            if (life != nullptr) stays.push_back(stayOf(lives, *life, study.quietAfter));
        }
        StayGroup row{group.kind, group.id, group.label, stays.size(), study.refused, {}, {}};
        if (stays.size() < smallestGroup) {
            row.refused = "fewer than five of its people wrote in this time";
        } else if (study.refused.empty()) {
            const auto steps = kaplanMeier(stays);
            const auto then = at90(steps, stays);
            if (then) row.at90 = *then;
            if (!then) row.refused = "nobody of this group was seen for 90 days";
            row.medianDays = medianStay(steps);
            if (group.kind == StudyGroup::Kind::Cluster) clusters.push_back(std::move(stays));
        }
        study.groups.push_back(std::move(row));
    }
    if (clusters.size() > 1) study.logRank = logRank(clusters);
}

}  // namespace

RetentionStudy studyRetention(const Workspace& workspace, const Selection& selection,
                              const Analysis* analysis, const RetentionOptions& options, Task& task)
{
    const Lives lives(workspace, selection, task);
    if (lives.all().size() < smallestGroup) {
        throw Error(Error::Kind::TooLittleData,
                    "who stays can be said of five people or more whose messages have a time", {},
                    "Choose a longer time or more sources.");
    }
    RetentionStudy study;
    study.people = lives.all().size();
    study.messages = lives.events().size();
    study.zone = lives.zone().name();
    study.from = lives.from();
    study.until = lives.until();
    study.watched = daysOf(lives.until() - lives.from());
    findQuiet(lives, study);
    // Who is first seen within the quiet time of the very first message may have been there before.
    // When the selection begins later than the export, whoever came before is known.
    const bool cut = std::ranges::any_of(
        lives.all(), [&](const Lives::Life& life) { return life.first < lives.from(); });
    const Time settled = cut ? lives.from() : lives.from() + inDays(study.quietAfter);
    findSurvival(lives, settled, study);
    study.window = options.window.count() > 0 ? options.window : usualWindow(study.watched);
    countWindows(lives, settled, Windows(lives, study.window), study);
    study.welcome = welcomeOf(workspace, selection, lives, settled, task);
    findConcentration(lives, study);
    if (analysis != nullptr) compareGroups(workspace, lives, *analysis, study);
    return study;
}

}  // namespace kith
