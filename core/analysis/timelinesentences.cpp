#include "core/analysis/timelinestudy.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr std::size_t mostEvents = 8;  ///< that get a sentence of their own

std::string groupText(std::size_t lineage)
{
    return fmt::format("group {}", lineage + 1);
}

std::string groupsText(const std::vector<std::size_t>& lineages)
{
    std::vector<std::string> names;
    for (const auto lineage : lineages) names.push_back(groupText(lineage));
    return listed(names);
}

std::string day(Time time)
{
    return isoText(time).substr(0, 10);
}

std::string findingOf(const TimelineStudy& study, const TimelineEvent& event)
{
    const auto when = day(study.windows[event.event.window].from);
    const auto from = groupsText(event.from);
    const auto to = groupsText(event.to);
    switch (event.event.kind) {
    case GroupEventKind::Birth:
        return fmt::format("In the window from {} {} comes into being.", when, to);
    case GroupEventKind::Death: return fmt::format("From {} on {} is no longer there.", when, from);
    case GroupEventKind::Dormant:
        return fmt::format("In the window from {} {} is silent, and comes back after it.", when,
                           from);
    case GroupEventKind::Return: return fmt::format("In the window from {} {} is back.", when, to);
    case GroupEventKind::Split:
        return fmt::format("In the window from {} {} splits into {}.", when, from, to);
    case GroupEventKind::Merge:
        return fmt::format("In the window from {} {} come together as {}.", when, from, to);
    case GroupEventKind::Growth:
        return fmt::format("In the window from {} {} has grown by more than a quarter.", when, to);
    case GroupEventKind::Contraction:
        return fmt::format("In the window from {} {} has lost more than a fifth of its people.",
                           when, to);
    }
    return {};
}

EvidenceSentence wholeSentence(const TimelineStudy& study, const TimelineOptions& options)
{
    std::size_t lineages = 0;
    for (const auto& window : study.windows)
        for (const auto& group : window.groups) lineages = std::max(lineages, group.lineage + 1);
    const auto firm = std::ranges::count_if(study.events, &TimelineEvent::firm);
    EvidenceSentence sentence;
    sentence.finding =
        fmt::format("{} groups over {} windows of {}; {} changes.", lineages, study.windows.size(),
                    lengthText(study.window), study.events.size());
    sentence.certainty =
        options.firm ? fmt::format(
                           "{} of the changes also show with windows half or twice as "
                           "long; the others may come from where the windows begin.",
                           firm)
                     : "One length of window was looked at: any change may come from where the "
                       "windows begin.";
    if (study.medianPeople < 50)
        sentence.certainty += fmt::format(
            " The median window has {:.0f} active people; with fewer than fifty, "
            "groups come and go by chance.",
            study.medianPeople);
    sentence.figures = fmt::format("{} people active in the median window; seed {}",
                                   study.medianPeople, options.seed);
    sentence.method = fmt::format(
        "In every window groups are looked for {} times, beginning from those of the window before "
        "and adding {:g} of the weight that a tie had there. Groups are matched by the people they "
        "share among those active in both windows (Greene, Doyle and Cunningham 2010); a match "
        "must reach 0.3 and beat 95 of 100 shuffles of the later memberships.",
        options.runs, options.smoothing);
    return sentence;
}

}  // namespace

std::vector<EvidenceSentence> timelineSentences(const TimelineStudy& study,
                                                const TimelineOptions& options)
{
    std::vector<EvidenceSentence> sentences{wholeSentence(study, options)};
    for (const auto& event : study.events) {
        if (sentences.size() > mostEvents) break;
        if (options.firm && !event.firm) continue;
        EvidenceSentence sentence;
        sentence.finding = findingOf(study, event);
        sentence.certainty = options.firm ? fmt::format("Seen with {} of {} lengths of window.",
                                                        event.seenIn, study.lengths.size())
                                          : "";
        if (!event.event.looked)
            sentence.certainty += " No later window says whether it comes back.";
        sentence.figures =
            event.event.jaccard > 0
                ? fmt::format(
                      "Jaccard {:.2f} among people active in both windows, {:.2f} among "
                      "all members",
                      event.event.jaccard, event.event.jaccardAll)
                : "no group of the neighbouring window shares enough people";
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

}  // namespace kith
