#include "core/analysis/homophilystudy.h"
#include "core/base/text.h"

#include <cmath>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr double weakCoverage = 0.6;

const char* const causes =
    " Likeness among contacts can come from choosing each other, from growing alike, or from a "
    "shared setting; one export cannot tell which (Shalizi and Thomas 2011).";

std::string times(double ratio)
{
    return ratio >= 10 ? fmt::format("{:.0f}", ratio) : fmt::format("{:.1f}", ratio);
}

std::string certaintyOf(double p, unsigned permutations, const std::string& how)
{
    if (permutations == 0)
        return p <= 0.05 ? "Chance would not give as much." : "Chance would give as much.";
    const auto reached = std::lround(p * (permutations + 1)) - 1;
    if (reached <= 0)
        return fmt::format("Shuffling the values {} times{} never came close.", permutations, how);
    return fmt::format("Shuffling the values{} came this close {} of {} times.", how,
                       std::min<long>(reached, permutations), permutations);
}

std::string interval(const Interval& range)
{
    if (std::isnan(range.low)) return {};
    return fmt::format(" (95 of 100 resamplings of people: {:.2f} to {:.2f})", range.low,
                       range.high);
}

/// Says when too few people's values are known.
std::string coverage(std::size_t known, std::size_t people)
{
    const double share = static_cast<double>(known) / static_cast<double>(people);
    if (share >= weakCoverage) return {};
    return fmt::format(" Only {} of the people are known, so this is weak.", percent(share));
}

EvidenceSentence groupsSentence(const HomophilyStudy& study, const HomophilyStudyOptions& options)
{
    const auto& found = *study.groups;
    const auto& trait = study.column.trait.name;
    EvidenceSentence sentence;
    sentence.finding =
        found.oddsRatio >= 1
            ? fmt::format(
                  "Two people with the same {} are tied about {} times as often as two with "
                  "different ones.",
                  trait, times(found.oddsRatio))
            : fmt::format(
                  "Two people with different {} are tied about {} times as often as two with the "
                  "same.",
                  trait, times(1 / found.oddsRatio));
    sentence.certainty = certaintyOf(found.p, found.permutations,
                                     found.byActivity ? " among people of like activity" : "") +
                         coverage(found.known, found.people);
    sentence.figures = fmt::format(
        "odds ratio {:.2f}{}; assortativity {:.3f}{}; E-I {:+.2f}, by chance {:+.2f}; p = {:.2g}; "
        "{} of {} people known",
        found.oddsRatio, interval(found.oddsRatioInterval), found.assortativity,
        interval(found.assortativityInterval), found.eiIndex, found.eiExpected, found.p,
        withSeparators(static_cast<std::int64_t>(found.known)),
        withSeparators(static_cast<std::int64_t>(found.people)));
    sentence.method = fmt::format(
        "Pairs of people are counted by whether they are tied and whether their {0} is the same. "
        "The {0} of everybody who has one was dealt out again at random {1} times (seed {2}) with "
        "the ties left as they are{3}. Assortativity (Newman 2003) also allows for how much each "
        "group talks; the E-I index (Krackhardt and Stern 1988) is shown with its chance value "
        "because it moves with the sizes of the groups alone.{4}",
        trait, options.analysis.permutations, options.analysis.seed,
        found.byActivity ? ", among people with about as many ties, because the groups differ in "
                           "activity"
                         : "",
        causes);
    return sentence;
}

EvidenceSentence amountsSentence(const HomophilyStudy& study, const HomophilyStudyOptions& options)
{
    const auto& found = *study.amounts;
    const auto& trait = study.column.trait.name;
    EvidenceSentence sentence;
    const double r = found.assortativity;
    sentence.finding =
        found.p > 0.05
            ? fmt::format("People who are tied are not closer in {} than chance would have it.",
                          trait)
        : r >= 0.3
            ? fmt::format("People who are tied are much closer in {} than others.", trait)
            : fmt::format("People who are tied are somewhat closer in {} than others.", trait);
    sentence.certainty =
        certaintyOf(found.p, found.permutations, "") + coverage(found.known, found.people);
    sentence.figures = fmt::format(
        "correlation along ties {:.3f}{}; p = {:.2g}; {} of {} people known", r,
        interval(found.interval), found.p, withSeparators(static_cast<std::int64_t>(found.known)),
        withSeparators(static_cast<std::int64_t>(found.people)));
    sentence.method = fmt::format(
        "The correlation of the {} of the people at both ends of a tie (Newman 2003), and the same "
        "after dealing the values out again {} times (seed {}).{}",
        trait, options.analysis.permutations, options.analysis.seed, causes);
    return sentence;
}

EvidenceSentence clustersSentence(const HomophilyStudy& study)
{
    std::vector<std::string> alike;
    for (const auto& row : study.alike) {
        const auto& cluster = study.analysis->clusters[row.cluster];
        const bool enough = static_cast<double>(row.known) >=
                            weakCoverage * static_cast<double>(cluster.members.size());
        if (row.q > 0.05 || row.h < 0.10 || row.known < 5 || !enough) continue;
        const auto name = cluster.label.empty() ? fmt::format("group {}", cluster.id + 1)
                                                : "“" + cluster.label + "”";
        alike.push_back(row.value.empty() ? name
                                          : fmt::format("{} ({}: {}, {} expected)", name, row.value,
                                                        percent(row.share), percent(row.expected)));
    }
    const auto& trait = study.column.trait.name;
    EvidenceSentence sentence;
    sentence.finding =
        alike.empty()
            ? fmt::format("No group is more alike in {} than chance would have it.", trait)
            : fmt::format("Alike in {}: {}.", trait, listed(alike));
    sentence.certainty = "Each group was held against the same values dealt out at random.";
    sentence.figures =
        fmt::format("{} of {} groups", alike.size(), study.analysis->clusters.size());
    sentence.method =
        "A group is named when its people are alike in at least a tenth of what is possible (h), "
        "with q at most 0.05 over all groups (Benjamini and Hochberg 1995), five known values and "
        "60 % known.";
    return sentence;
}

EvidenceSentence contactsSentence(const HomophilyStudy& study)
{
    const auto& found = *study.neighbours;
    EvidenceSentence sentence;
    const auto& trait = study.column.trait.name;
    if (found.p > 0.05)
        sentence.finding =
            fmt::format("People's {} says nothing of that of the people they talk with.", trait);
    else if (found.correlation >= 0.5)
        sentence.finding = fmt::format(
            "Whoever has much {} talks mostly with people who have, and the other way round.",
            trait);
    else
        sentence.finding =
            fmt::format("People's {} goes a little with that of the people they talk with.", trait);
    sentence.certainty = certaintyOf(found.p, found.permutations, "");
    sentence.figures = fmt::format("correlation {:.2f} over {} people; p = {:.2g}",
                                   found.correlation, found.people, found.p);
    sentence.method =
        "The correlation of a person's own value with the mean value of their contacts, weighted "
        "by their ties (Cinelli and others 2021).";
    return sentence;
}

}  // namespace

std::vector<EvidenceSentence> homophilySentences(const HomophilyStudy& study,
                                                 const HomophilyStudyOptions& options)
{
    std::vector<EvidenceSentence> sentences;
    if (study.groups) sentences.push_back(groupsSentence(study, options));
    if (study.amounts && !study.column.asGroups) {
        sentences.push_back(amountsSentence(study, options));
        if (study.neighbours) sentences.push_back(contactsSentence(study));
    }
    if (study.analysis) sentences.push_back(clustersSentence(study));
    return sentences;
}

}  // namespace kith
