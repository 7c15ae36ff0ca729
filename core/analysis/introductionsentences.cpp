#include "core/analysis/introductionstudy.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr std::size_t pairsTold = 3;
constexpr double fragile = 0.5;

std::string nameOf(const IntroductionStudy& study, Vertex v)
{
    return study.two.analysis->persons[v].name;
}

EvidenceSentence pairSentence(const IntroductionStudy& study, const ProposedIntroduction& pair,
                              const IntroductionStudyOptions& options)
{
    EvidenceSentence sentence;
    sentence.finding = fmt::format(
        "{} and {} have no tie; one between them would open the sides to "
        "each other.",
        nameOf(study, pair.first), nameOf(study, pair.second));
    std::vector<std::string> who;
    for (const auto v : pair.introducers) who.push_back(nameOf(study, v));
    if (!pair.sharedConcerns.empty())
        sentence.finding += fmt::format(" Both speak of {}.", listed(pair.sharedConcerns));
    else if (!pair.sharedWords.empty())
        sentence.finding += fmt::format(" Both speak of {}.", listed(pair.sharedWords));
    if (!who.empty())
        sentence.finding +=
            pair.sharedContact ? fmt::format(" {} could introduce them, knowing both.", listed(who))
                               : fmt::format(" {} knows people on both sides.", listed(who));
    sentence.certainty =
        pair.chance >= 0.5 ? "It has a fair chance." : "It may well come to nothing.";
    sentence.figures = fmt::format("separation {:.4f} before, {:.4f} after; chance {:.2f}",
                                   pair.before, pair.after, pair.chance);
    const auto& chance = options.chance;
    sentence.method = fmt::format(
        "What one new tie would do to the separation of the sides is worked out exactly; each is "
        "chosen as if those before it had been made. The chance is no finding but a fixed formula: "
        "1/(1 + exp(-x)), x = {:g}, plus {:g} if somebody knows both, {:g} times the likeness of "
        "what they talk about, {:g} if both spoke in the last 30 days, {:g} if neither is in three "
        "introductions already. Nobody is written to: it is for people who know them to ask. "
        "Whoever has the trait “leave out” is never proposed.",
        chance.base, chance.sharedContact, chance.sharedTopics, chance.bothActive, chance.notAsked);
    return sentence;
}

EvidenceSentence relianceSentence(const IntroductionStudy& study)
{
    const auto& found = study.introducers;
    EvidenceSentence sentence;
    if (found.holders.empty()) {
        sentence.finding = "Nothing joins the two sides yet.";
    } else {
        const double share = found.reliance.front();
        sentence.finding =
            share > fragile
                ? fmt::format("If {} leaves, most of what joins the two sides goes too.",
                              nameOf(study, found.holders.front()))
                : fmt::format("{} of what joins the two sides goes through {}.", percent(share),
                              nameOf(study, found.holders.front()));
        sentence.certainty = share > fragile
                                 ? "Asking the same person again is a burden; look for a second."
                                 : "No one person carries most of it.";
        sentence.figures = fmt::format("{} of the weight between the sides", percent(share));
    }
    sentence.method =
        "All tie weight between the sides, and through people of neither the smaller of their ties "
        "to both; the share that one person's ties make up.";
    return sentence;
}

}  // namespace

std::vector<EvidenceSentence> introductionSentences(const IntroductionStudy& study,
                                                    const IntroductionStudyOptions& options)
{
    std::vector<EvidenceSentence> sentences;
    for (std::size_t i = 0; i < std::min(pairsTold, study.pairs.size()); ++i)
        sentences.push_back(pairSentence(study, study.pairs[i], options));
    if (study.pairs.empty()) {
        EvidenceSentence none;
        none.finding = "No tie between two people of these sides would open them to each other.";
        sentences.push_back(std::move(none));
    }
    sentences.push_back(relianceSentence(study));
    return sentences;
}

}  // namespace kith
