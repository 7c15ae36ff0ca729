#include "core/analysis/retentionstudy.h"
#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {

namespace {

std::string counted(std::uint64_t number)
{
    return withSeparators(static_cast<std::int64_t>(number));
}

std::string between(double low, double high)
{
    return fmt::format("between {} and {}", percent(low), percent(high));
}

std::string basis(const RetentionStudy& study)
{
    return fmt::format("{} people, {} messages, {} to {}", counted(study.people),
                       counted(study.messages), dateText(study.from), dateText(study.until));
}

EvidenceSentence staySentence(const RetentionStudy& study)
{
    EvidenceSentence sentence;
    sentence.figures = fmt::format("{}; quiet after {:.0f} days", basis(study), study.quietAfter);
    if (!study.refused.empty()) {
        sentence.finding = "It is too soon to say who stays.";
        sentence.certainty = "The reason: " + study.refused + ".";
        return sentence;
    }
    if (study.at90) {
        sentence.finding = fmt::format("Of those who take part, {} still do after 90 days.",
                                       percent(study.at90->survival));
        sentence.certainty = fmt::format("That is sure to be {}, 95 times of 100.",
                                         between(study.at90->low, study.at90->high));
    } else {
        sentence.finding =
            fmt::format("People take part for {:.0f} of the first {:.0f} days, on average.",
                        study.restrictedMean, study.horizon);
        sentence.certainty = "Nobody was seen for 90 days yet.";
    }
    if (study.medianDays) {
        sentence.figures += fmt::format("; half have left by day {:.0f}", *study.medianDays);
    } else {
        sentence.figures += fmt::format("; fewer than half have left; {:.1f} of {:.0f} days stayed",
                                        study.restrictedMean, study.horizon);
    }
    sentence.figures += fmt::format(
        "; {} people were seen so early that they may have been there "
        "before",
        counted(study.early));
    if (study.at90Newcomers) {
        sentence.figures += fmt::format(
            " (without them {} after 90 days, {})", percent(study.at90Newcomers->survival),
            between(study.at90Newcomers->low, study.at90Newcomers->high));
    }
    sentence.method = fmt::format(
        "Product limit (Kaplan and Meier 1958) with log-log intervals, from the first message to "
        "the last. Who has been silent for {:.0f} days at the end counts as gone: the longer of "
        "thirty days and the gap that 95 of 100 of people's own gaps stay below ({:.1f} days). The "
        "last {:.0f} days cannot be judged yet. To leave a channel is not to leave the cause.",
        study.quietAfter, study.gap95, study.quietAfter);
    return sentence;
}

EvidenceSentence attractionSentence(const RetentionStudy& study)
{
    EvidenceSentence sentence;
    std::vector<double> shares;
    const NewcomerWindow* last = nullptr;
    for (const auto& window : study.newcomers) {
        const bool whole = window.from + study.window <= study.until;
        if (window.settling || !whole || window.newcomers.of == 0) continue;
        shares.push_back(window.newcomers.range().share);
        last = &window;
    }
    sentence.figures = basis(study);
    if (last == nullptr) {
        sentence.finding = "It is too soon to say who is new.";
        sentence.certainty =
            "In the first weeks of an export nobody knows who has been there before.";
        return sentence;
    }
    std::ranges::sort(shares);
    const double median = shares[shares.size() / 2];
    const auto range = last->newcomers.range();
    const auto days = study.window / std::chrono::hours(24);
    sentence.finding =
        fmt::format("Of the people who wrote in the last full {} days, {} of {} were new.", days,
                    counted(last->newcomers.hits), counted(last->newcomers.of));
    sentence.certainty =
        fmt::format("In a usual window of {} days it is {}.", days, percent(median));
    sentence.figures +=
        fmt::format("; {} new, {} with 95 % certainty; {} windows looked at", percent(range.share),
                    between(range.low, range.high), shares.size());
    sentence.method =
        "New is whoever writes for the first time of all. The first weeks do not count. Intervals "
        "by Wilson (1927).";
    return sentence;
}

EvidenceSentence welcomeSentence(const RetentionStudy& study)
{
    const Welcome& welcome = study.welcome;
    EvidenceSentence sentence;
    sentence.figures = fmt::format("{} replies, {} of them worked out from a flat chat",
                                   counted(welcome.replies), counted(welcome.inferred));
    if (!welcome.refused.empty() || welcome.answered.of < smallestGroup) {
        sentence.finding = "It cannot be said how newcomers are met.";
        sentence.certainty = welcome.refused.empty() ? "Fewer than five people are known to be new."
                                                     : "The reason: " + welcome.refused + ".";
        return sentence;
    }
    const auto answered = welcome.answered.range();
    const auto& yes = welcome.returnedAnswered;
    const auto& no = welcome.returnedUnanswered;
    sentence.finding =
        fmt::format("{} of newcomers get an answer within two days.", percent(answered.share));
    if (yes.of >= smallestGroup && no.of >= smallestGroup) {
        sentence.finding += fmt::format(" Of those, {} came back; of the others, {}.",
                                        percent(yes.range().share), percent(no.range().share));
    }
    sentence.certainty = fmt::format(
        "It is {} with 95\u00a0% certainty. That more come back after "
        "an answer does not show that the answer did it.",
        between(answered.low, answered.high));
    sentence.figures += fmt::format(
        "; {} of {} newcomers answered; back 7 to 37 days later: {} of {} answered, {} of {} not; "
        "{} of {} questions answered within 72 hours",
        counted(welcome.answered.hits), counted(welcome.answered.of), counted(yes.hits),
        counted(yes.of), counted(no.hits), counted(no.of), counted(welcome.questions.hits),
        counted(welcome.questions.of));
    if (welcome.medianHours) {
        sentence.figures += fmt::format("; half of all questions have a reply after {:.1f} hours",
                                        *welcome.medianHours);
    }
    sentence.method =
        "A newcomer's first message counts as answered when somebody else replies to it within 48 "
        "hours. Messages with a question mark count as questions; the time to the first reply is "
        "a product limit with the unanswered ones still waiting. Answers given without a reply, "
        "or outside, cannot be seen.";
    return sentence;
}

EvidenceSentence coreSentence(const RetentionStudy& study)
{
    EvidenceSentence sentence;
    const auto core = study.tiers.at(static_cast<std::size_t>(Tier::Core));
    const auto once = study.tiers.at(static_cast<std::size_t>(Tier::Once));
    sentence.finding = fmt::format("{} of {} people wrote half of all messages.", counted(core),
                                   counted(study.people));
    sentence.certainty = fmt::format("{} people wrote once.", counted(once));
    sentence.figures = fmt::format(
        "the busiest 5 % wrote {}; Gini {:.2f}; {} regular, {} occasional", percent(study.topShare),
        study.gini, counted(study.tiers.at(static_cast<std::size_t>(Tier::Regular))),
        counted(study.tiers.at(static_cast<std::size_t>(Tier::Occasional))));
    sentence.method =
        "Core: the busiest people who together wrote half. Regular: at least a message a week "
        "since their first, over four weeks or more. Occasional: more than one. A person who "
        "reads and never writes cannot be seen.";
    return sentence;
}

EvidenceSentence groupsSentence(const RetentionStudy& study)
{
    EvidenceSentence sentence;
    const LogRank& test = *study.logRank;
    const bool differ = test.p <= 0.05;
    sentence.finding = differ ? "The groups lose people at different rates."
                              : "It cannot be told whether the groups lose people at different "
                                "rates.";
    sentence.certainty = differ ? "Chance alone would rarely make them differ as much."
                                : "They differ no more than chance makes them.";
    sentence.figures = fmt::format(
        "log-rank chi-square {:.2f} with {} degrees of freedom, p = "
        "{:.3g}",
        test.chiSquare, test.degrees, test.p);
    sentence.method =
        "Log-rank test (Mantel 1966) over the groups with at least five people who wrote.";
    return sentence;
}

}  // namespace

std::vector<EvidenceSentence> retentionSentences(const RetentionStudy& study)
{
    std::vector<EvidenceSentence> sentences{staySentence(study), attractionSentence(study),
                                            welcomeSentence(study), coreSentence(study)};
    if (study.logRank) sentences.push_back(groupsSentence(study));
    return sentences;
}

}  // namespace kith
