#include "core/analysis/separationstudy.h"

#include <cmath>
#include <fmt/format.h>

namespace kith {
namespace {

SeparationOptions measureOptions(const SeparationStudyOptions& options)
{
    SeparationOptions measure;
    measure.hubs = options.hubs;
    measure.rewirings = options.rewirings;
    measure.seed = options.analysis.seed;
    measure.threads = options.analysis.threads;
    return measure;
}

std::string findingOf(const SeparationStudy& study)
{
    const auto& found = study.found;
    const auto names = fmt::format("“{}” and “{}”", study.two.names[0], study.two.names[1]);
    if (found.p > 0.05)
        return fmt::format(
            "{} are no further apart than chance would put any two halves of this graph.", names);
    if (found.normalised >= 0.3)
        return fmt::format("{} are far more closed to each other than chance would have it.",
                           names);
    return fmt::format("{} are somewhat more closed to each other than chance would have it.",
                       names);
}

EvidenceSentence mainSentence(const SeparationStudy& study, const SeparationStudyOptions& options)
{
    const auto& found = study.found;
    EvidenceSentence sentence;
    sentence.finding = findingOf(study);
    const auto reached = std::lround(found.p * (found.rewirings + 1)) - 1;
    sentence.certainty =
        reached <= 0 ? fmt::format("Dealing out the ties at random {} times never gave as much.",
                                   found.rewirings)
                     : fmt::format("Dealing out the ties at random gave as much {} of {} times.",
                                   reached, found.rewirings);
    if (found.small)
        sentence.certainty +=
            " One side has fewer than twenty people, so most of the raw value is chance.";
    sentence.figures = fmt::format(
        "separation above chance {:.2f}; raw {:.2f}, by chance {:.2f} (sd {:.2f}), z = {:.1f}; "
        "with half as many hubs {:.2f}, with twice {:.2f}; {} and {} people, {} hubs each",
        found.normalised, found.walks.rwc, found.nullMean, found.nullSd, found.z, found.halfHubs,
        found.doubleHubs, found.people[0], found.people[1], found.hubs);
    sentence.method = fmt::format(
        "From everybody a walk along ties is followed until it meets one of the {} people with "
        "most ties on either side; the raw value is 1 when every walk ends on its own side and 0 "
        "when it is a matter of luck (Garimella and others 2018; worked out exactly by a linear "
        "system). Any graph has some by chance, so the clearest halves of this graph are compared "
        "with those of {} graphs in which everybody keeps as many ties (seed {}). Separation is "
        "not disagreement: in replies, opponents answer each other.",
        found.hubs, found.rewirings, options.analysis.seed);
    return sentence;
}

}  // namespace

SeparationStudy studySeparation(const Workspace& workspace, const SeparationStudyOptions& options,
                                Task& task)
{
    SeparationStudy study;
    study.two = twoSides(workspace, options.analysis, options.trait, options.sides, task);
    study.found = separation(study.two.analysis->people.graph, study.two.sides,
                             measureOptions(options), task);
    return study;
}

std::vector<EvidenceSentence> separationSentences(const SeparationStudy& study,
                                                  const SeparationStudyOptions& options)
{
    std::vector<EvidenceSentence> sentences{mainSentence(study, options)};
    if (study.found.apart > 0) {
        EvidenceSentence apart;
        apart.finding = fmt::format(
            "{} people of the two sides have no ties that lead to the rest, and are left out.",
            study.found.apart);
        apart.method = "Walks can only be followed where people are connected.";
        sentences.push_back(std::move(apart));
    }
    return sentences;
}

}  // namespace kith
