#include "core/analysis/growthstudy.h"
#include "core/base/text.h"

#include <cmath>
#include <fmt/format.h>

namespace kith {

namespace {

std::string basis(const GrowthStudy& study)
{
    return fmt::format("{} messages by {} people", withSeparators(std::int64_t(study.messages)),
                       withSeparators(std::int64_t(study.people)));
}

/// "11 days", "3 months", "2 years".
std::string spanOf(double days)
{
    if (!std::isfinite(days)) return "never";
    if (days < 60) return fmt::format("{:.0f} days", days);
    if (days < 730) return fmt::format("{:.0f} months", days / 30.44);
    return fmt::format("{:.0f} years", days / 365.25);
}

std::string shapeFinding(const Growth& growth)
{
    switch (growth.best) {
    case GrowthShape::Linear: return "Messages come at a steady rate: no sign of acceleration.";
    case GrowthShape::Ramp: return "Each day brings a little more than the day before.";
    case GrowthShape::Exponential:
        return fmt::format("Activity feeds on itself: it doubles every {}.",
                           spanOf(growth.doublingDays));
    case GrowthShape::Logistic: return "Activity took off and is now levelling out.";
    case GrowthShape::Gompertz: return "Activity took off early and is slowly running out.";
    }
    return {};
}

std::string doublingFigures(const Growth& growth)
{
    if (!std::isfinite(growth.doublingHigh)) return "; it may not double at all";
    return fmt::format("; doubling time {:.1f} days (95 %: {:.1f} to {:.1f})", growth.doublingDays,
                       growth.doublingLow, growth.doublingHigh);
}

/// "4 hours", "20 minutes", "8 seconds".
std::string briefly(double hours)
{
    if (hours >= 1) return fmt::format("{:.1f} hours", hours);
    if (hours * 60 >= 1) return fmt::format("{:.0f} minutes", hours * 60);
    return fmt::format("{:.0f} seconds", hours * 3600);
}

EvidenceSentence shapeSentence(const GrowthStudy& study)
{
    EvidenceSentence sentence;
    if (!study.growth) {
        sentence.finding = "There is too little to say how this grows.";
        sentence.certainty = study.growthRefused + ".";
        sentence.figures = basis(study);
        return sentence;
    }
    const Growth& growth = *study.growth;
    constexpr double shown = 2;
    constexpr double strong = 10;
    sentence.finding = growth.lead < shown && growth.best != GrowthShape::Linear
                           ? "No one shape of growth stands out."
                           : shapeFinding(growth);
    sentence.certainty = growth.lead >= strong ? "No other shape comes near."
                         : growth.lead >= shown
                             ? "It fits better than the other shapes, not by far."
                             : "Other shapes fit about as well.";
    sentence.figures = fmt::format("{}; best: {}, AICc lead {:.1f}{}", basis(study),
                                   name(growth.best), growth.lead, doublingFigures(growth));
    sentence.method =
        "Five shapes were fitted to the number of messages a day with negative binomial "
        "likelihood and compared by AICc. Weekdays are allowed for from four weeks on. Before "
        "activity levels out, exponential and logistic growth cannot be told apart.";
    return sentence;
}

/// How many times as high the baseline is at the end as at the beginning.
double trendChange(const Trend& trend)
{
    return trend.logs().empty() ? 1 : std::exp(trend.logs().back() - trend.logs().front());
}

EvidenceSentence excitationSentence(const GrowthStudy& study)
{
    EvidenceSentence sentence;
    if (!study.excitation) {
        sentence.finding = "There is too little to say what sets messages off.";
        sentence.certainty = study.excitationRefused + ".";
        sentence.figures = basis(study);
        return sentence;
    }
    const Excitation& found = *study.excitation;
    const double n = found.fit.parameters.branching;
    sentence.finding = fmt::format("At least {:.0f} of 100 messages were set off by earlier ones.",
                                   std::min(1.0, n) * 100);
    sentence.certainty = found.low > 0 ? "That is more than the rhythm of the day explains."
                                       : "The rhythm of the day alone could explain it.";
    const double change = trendChange(found.fit.trend);
    constexpr double worthTelling = 1.5;
    if (change >= worthTelling || change <= 1 / worthTelling) {
        sentence.certainty += fmt::format(
            " Messages that nothing set off became {:.1f} times as {} from beginning to end.",
            std::max(change, 1 / change), change > 1 ? "many" : "few");
    }
    constexpr double poor = 0.001;
    if (found.ksP < poor) {
        sentence.certainty +=
            " The timing is not quite what such a process would give: take the figure as rough.";
    }
    sentence.figures = fmt::format(
        "{}; branching ratio {:.3f} (95 %: {:.3f} to {:.3f}); half of what a message "
        "sets off comes within {}; fit of the gaps p = {:.2g}",
        basis(study), n, found.low, found.high, briefly(std::log(2.0) / found.fit.parameters.beta),
        found.ksP);
    sentence.method =
        "A self-exciting process (Hawkes) over the hours of the day, the days of the week and a "
        "trend, which take a little of the real effect: a lower bound. The interval is from "
        "simulations. A sudden change within the time chosen may pass for excitation: look at "
        "single months too.";
    return sentence;
}

}  // namespace

std::vector<EvidenceSentence> growthSentences(const GrowthStudy& study)
{
    return {shapeSentence(study), excitationSentence(study)};
}

}  // namespace kith
