#include "core/analysis/gapstudy.h"
#include "core/base/text.h"

#include <cmath>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr std::size_t groupsSaid = 3;
constexpr std::size_t pairsSaid = 5;
constexpr std::size_t wordsSaid = 3;

std::string someWords(const std::vector<std::string>& words)
{
    const auto end = words.begin() + static_cast<std::ptrdiff_t>(std::min(wordsSaid, words.size()));
    return listed({words.begin(), end});
}

std::string shuffles(const GapGroups& one)
{
    const auto times = std::lround(one.p * (one.permutations + 1)) - 1;
    const auto what = fmt::format("Dealing people out at random {} times", one.permutations);
    if (times <= 0) return what + " never made groups talk so much alike.";
    return fmt::format("{} made groups talk as much alike {} {}.", what, times,
                       times == 1 ? "time" : "times");
}

}  // namespace

EvidenceSentence gapSentence(const Analysis& analysis, const GapGroups& one)
{
    EvidenceSentence sentence;
    sentence.finding = fmt::format(
        "The groups “{}” and “{}” talk about the same things ({}) and hardly with each other.",
        analysis.clusters[one.a].label, analysis.clusters[one.b].label, someWords(one.words));
    sentence.certainty = shuffles(one);
    sentence.figures = fmt::format(
        "mean cosine {:.3f}, by chance {:.3f}; q = {:.3f}; {:.1f} % of all tie weight, {:.1f} % "
        "expected from how active they are; {} and {} people",
        one.likeness, one.expected, one.q, one.ties * 100, one.tiesExpected * 100, one.peopleA,
        one.peopleB);
    sentence.method = fmt::format(
        "Words are weighed by rarity, names and words that nearly everybody uses left out; in a "
        "thread that two people share only what goes beyond its average counts. People were dealt "
        "out over the groups {} times (seed {}). Talking about the same is not agreeing.",
        one.permutations, analysis.options.seed);
    return sentence;
}

namespace {

std::string apart(const GapPair& pair)
{
    if (!pair.distance) return "no way from one to the other along ties";
    return fmt::format("{} steps apart", *pair.distance);
}

}  // namespace

EvidenceSentence gapSentence(const GapStudy& study, const GapPair& pair,
                             const std::vector<std::string>& names)
{
    EvidenceSentence sentence;
    const auto& a = names.at(pair.a);
    const auto& b = names.at(pair.b);
    sentence.finding =
        fmt::format("{} and {} both talk about {}, and know nobody in common.",
                    a.empty() ? "One person" : a, b.empty() ? "another" : b, someWords(pair.words));
    sentence.certainty =
        pair.rarity <= 0.001 ? "Hardly any two people taken at random talk so much alike."
        : pair.rarity <= 0.05
            ? fmt::format("Of a hundred random pairs about {:.0f} talk as much alike.",
                          std::ceil(pair.rarity * 100))
            : "That is not rare here: many pairs talk as much alike.";
    sentence.figures = fmt::format("cosine {:.2f}; {}", pair.likeness, apart(pair));
    if (!pair.concerns.empty()) sentence.figures += "; concerns: " + join(pair.concerns, ", ");
    sentence.method = fmt::format(
        "Words are weighed by rarity and compared by cosine, at least {:.2f}; both have neither a "
        "tie nor a contact in common. {}",
        study.options.least,
        study.exact
            ? "Everybody was compared with everybody."
            : fmt::format("The search finds {:.0f} of 100 such pairs.", study.recall * 100));
    return sentence;
}

namespace {

EvidenceSentence nothing(const GapStudy& study)
{
    EvidenceSentence sentence;
    sentence.finding = "No people or groups were found who talk about the same without contact.";
    sentence.certainty =
        "Whoever talks alike here also talks with each other, or has a contact "
        "in common.";
    sentence.figures = fmt::format("{} people and {} pairs of groups compared",
                                   withSeparators(static_cast<std::int64_t>(study.profiled)),
                                   study.groupsCompared);
    sentence.method =
        "People whose cosine of words weighed by rarity is high, and who have neither a tie nor a "
        "contact in common, were looked for.";
    return sentence;
}

}  // namespace

std::vector<EvidenceSentence> gapSentences(const Analysis& analysis, const GapStudy& study,
                                           const std::vector<std::string>& names)
{
    std::vector<EvidenceSentence> sentences;
    for (const auto& one : study.groups)
        if (one.gap && sentences.size() < groupsSaid)
            sentences.push_back(gapSentence(analysis, one));
    std::size_t said = 0;
    for (const auto& pair : study.pairs)
        if (said++ < pairsSaid) sentences.push_back(gapSentence(study, pair, names));
    if (sentences.empty()) sentences.push_back(nothing(study));
    return sentences;
}

}  // namespace kith
