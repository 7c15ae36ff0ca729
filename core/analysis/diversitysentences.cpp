#include "core/analysis/diversitystudy.h"
#include "core/base/text.h"

#include <cmath>
#include <fmt/format.h>

namespace kith {

namespace {

std::string knownOf(const GroupDiversity& found)
{
    return fmt::format("{} of {} people known",
                       withSeparators(static_cast<std::int64_t>(found.known)),
                       withSeparators(static_cast<std::int64_t>(found.group.members.size())));
}

EvidenceSentence mixSentence(const DiversityStudy& study, const GroupDiversity& found)
{
    EvidenceSentence sentence;
    const std::string who = called(found.group);
    if (!found.refused.empty()) {
        sentence.finding =
            fmt::format("{}: too little is known to say how mixed it is by {}.", who, study.trait);
        sentence.certainty = "Kith says nothing of fewer than five people.";
        sentence.figures = knownOf(found);
        return sentence;
    }
    const auto& figures = found.figures;
    const auto& range = found.ranges.hill1;
    sentence.finding =
        figures.seen == 1
            ? fmt::format("{}: all whose {} is known share the same one.", who, study.trait)
            : fmt::format("{}: as mixed by {} as {:.1f} groups of equal size would be.", who,
                          study.trait, figures.hill1);
    sentence.certainty = found.weak()
                             ? "Weak: fewer than 60\u00a0% of its people are known."
                             : fmt::format(
                                   "Other people drawn from the same place would make it {:.1f} to "
                                   "{:.1f}.",
                                   range.low, range.high);
    sentence.figures = fmt::format(
        "{}; effective groups {:.2f} ({:.2f} to {:.2f}) and {:.2f} ({:.2f} to {:.2f}); two people "
        "differ with chance {:.2f} ({:.2f} to {:.2f} if everybody were known); largest share {}",
        knownOf(found), figures.hill1, range.low, range.high, figures.hill2, found.ranges.hill2.low,
        found.ranges.hill2.high, figures.blau, found.blauIfKnown.low, found.blauIfKnown.high,
        percent(figures.largestShare));
    sentence.method = fmt::format(
        "Effective number of groups of order 1 and 2 (Hill 1973), the chance that two different "
        "people differ (Blau, without bias). People were drawn anew {} times (seed {}) for the 95 "
        "% intervals. People whose {} is not known are left out, and nothing is guessed from names "
        "or language. One trait hides combinations of traits.",
        withSeparators(study.draws), study.seed, study.trait);
    return sentence;
}

EvidenceSentence profileSentence(const DiversityStudy& study, const GroupDiversity& found)
{
    EvidenceSentence sentence;
    const auto& distance = *found.distance;
    const std::string who = called(found.group);
    const auto reached = std::llround(distance.p * (distance.draws + 1.0)) - 1;
    const bool apart = found.q <= 0.05;
    sentence.finding =
        apart ? fmt::format("{}: differs in {} from the profile by more than chance does.", who,
                            study.trait)
              : fmt::format(
                    "{}: with {} known people we could only detect a larger gap to the "
                    "profile in {}.",
                    who, withSeparators(static_cast<std::int64_t>(found.known)), study.trait);
    sentence.certainty =
        reached <= 0
            ? fmt::format("None of {} random groups of this size from the profile was as far.",
                          withSeparators(distance.draws))
            : fmt::format("Of {} random groups of this size from the profile, {} were as far.",
                          withSeparators(distance.draws), withSeparators(reached));
    sentence.figures = fmt::format(
        "Jensen-Shannon divergence {:.4f} bits; 95 of 100 random groups stay below {:.4f}; p = "
        "{:.3g}, q = {:.3g}; {} of the profile's categories have somebody here",
        distance.jsd, distance.chance95, distance.p, found.q, percent(found.seenShare));
    if (found.raoStirling) {
        sentence.figures += fmt::format("; Rao-Stirling {:.3f}", *found.raoStirling);
    }
    sentence.method = fmt::format(
        "Distance between the group's shares and those of {} (Lin 1991), beside the distance of "
        "groups of the same size drawn from the profile at random (seed {}). q is corrected for "
        "all groups looked at. Not to differ is not to be like: a small group cannot show it. The "
        "profile was the organiser's choice.",
        study.profile->file, study.seed);
    return sentence;
}

}  // namespace

std::vector<EvidenceSentence> diversitySentences(const DiversityStudy& study)
{
    std::vector<EvidenceSentence> sentences;
    for (const auto& found : study.groups) {
        sentences.push_back(mixSentence(study, found));
        if (found.distance) sentences.push_back(profileSentence(study, found));
    }
    return sentences;
}

}  // namespace kith
