#include "core/analysis/sentences.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr std::size_t smallCell = 5;  ///< counts below are not published

double roundedFor(Audience audience, double share)
{
    return audience == Audience::Public ? std::round(share * 20) / 20 : share;
}

std::string shuffled(const std::string& trait, double p, unsigned permutations)
{
    const auto times = std::lround(p * (permutations + 1)) - 1;
    const auto what = fmt::format("Shuffling everyone's {} {} times", trait, permutations);
    if (times <= 0) return what + " never came close.";
    return fmt::format("{} came this close {} {}.", what, times, times == 1 ? "time" : "times");
}

/// "live in Eastfield", or where the trait is no place "have union Transport".
std::string having(const std::string& trait, const std::string& value)
{
    static constexpr std::array<std::string_view, 8> places{
        "ward", "area", "district", "neighbourhood", "village", "town", "street", "estate"};
    const bool place = std::ranges::find(places, foldForMatching(trait)) != places.end();
    return place ? "live in " + value : "have " + trait + ' ' + value;
}

std::string alikeFinding(const Likeness& row, const std::string& trait, Audience audience)
{
    const auto rest = row.known - row.count;
    if (audience == Audience::Public && rest > 0 && rest < smallCell) {
        return fmt::format(
            "Nearly everybody in this group whose {} is known has {}; among everybody it is {}.",
            trait, row.value, percent(roundedFor(audience, row.expected)));
    }
    return fmt::format("{} of this group {}; by chance it would be {}.",
                       percent(roundedFor(audience, row.share)), having(trait, row.value),
                       percent(roundedFor(audience, row.expected)));
}

EvidenceSentence alikeSentence(const Analysis& analysis, const ClusterFinding& cluster,
                               const Likeness& row, Audience audience)
{
    const auto& trait = analysis.traits.at(row.trait);
    EvidenceSentence sentence;
    sentence.finding =
        trait.scale == TraitScale::Numeric
            ? fmt::format(
                  "People in this group are closer to each other in {} than people put "
                  "together at random.",
                  trait.name)
            : alikeFinding(row, trait.name, audience);
    sentence.certainty = shuffled(trait.name, row.p, analysis.options.permutations);
    sentence.figures = fmt::format("h = {:.2f}, q = {:.3f}", row.h, row.q);
    if (audience == Audience::Organiser) {
        sentence.figures =
            fmt::format("{} of {} people known; ", row.known, cluster.members.size()) +
            sentence.figures;
    }
    sentence.method = fmt::format(
        "For each pair of members whose {0} is known Kith asks whether it is the same, and "
        "compares "
        "the share of such pairs with the whole export. The {0} of everybody who has one was then "
        "dealt out again at random {1} times (seed {2}), leaving the groups as they are. q is "
        "corrected for all groups and traits looked at together. People may be alike because they "
        "chose "
        "each other, became alike, or share a place; one export cannot tell which.",
        trait.name, analysis.options.permutations, analysis.options.seed);
    return sentence;
}

/// The traits worth a sentence: surely alike, and enough to matter (METHODS d.2).
bool worthSaying(const Likeness& row, std::size_t members, Audience audience)
{
    if (audience == Audience::Public && row.count < smallCell) return false;
    return row.q <= 0.05 && row.h >= 0.10 && row.known >= 5 &&
           static_cast<double>(row.known) >= 0.6 * static_cast<double>(members);
}

EvidenceSentence closednessSentence(const ClusterFinding& cluster)
{
    const double inside = 1 - cluster.conductance;
    EvidenceSentence sentence;
    sentence.finding =
        fmt::format("{} of this group's conversation stays inside the group.", percent(inside));
    sentence.certainty = inside >= 0.9   ? "That is a closed circle."
                         : inside >= 0.5 ? "More goes on inside than across its border."
                                         : "More goes on across its border than inside.";
    sentence.figures =
        fmt::format("conductance {:.2f}; {} people", cluster.conductance, cluster.members.size());
    sentence.method =
        "The weight of all ties of the members, answers counting more than likes, split into ties "
        "between members and ties to people outside. A message kept in another place than the "
        "exports that were imported cannot be seen.";
    return sentence;
}

EvidenceSentence settledSentence(const Analysis& analysis, const ClusterFinding& cluster)
{
    EvidenceSentence sentence;
    sentence.finding =
        cluster.stability >= 0.9 ? "This grouping is settled."
        : cluster.stability >= 0.6
            ? "This grouping is fairly settled; a few people might as well belong elsewhere."
            : "This grouping is not settled.";
    sentence.certainty =
        fmt::format("Of {} runs, {} on average put two members who talk to each other together.",
                    analysis.consensus.runs, percent(cluster.stability));
    sentence.figures = fmt::format("stability {:.2f}", cluster.stability);
    sentence.method = fmt::format(
        "The groups were looked for {} times with different random numbers (Leiden method, "
        "resolution "
        "{:g}, seed {}); the groups shown are those that the runs agree on.",
        analysis.consensus.runs, analysis.options.resolution, analysis.options.seed);
    return sentence;
}

EvidenceSentence mixedSentence(const Analysis& analysis, const ClusterFinding& cluster)
{
    EvidenceSentence sentence;
    if (analysis.traits.empty()) {
        sentence.finding = "Nothing is known yet about what these people have in common.";
        sentence.certainty = "Add a table of people (ward, union, age ...) to find out.";
        return sentence;
    }
    std::vector<std::string> names;
    for (const auto& trait : analysis.traits) names.push_back(trait.name);
    const bool small = cluster.members.size() < 5;
    sentence.finding = small ? "This group is too small to say whether its people are alike."
                             : "People in this group are not more alike than chance would have it.";
    sentence.certainty =
        small ? "At least five people are needed." : fmt::format("Looked at: {}.", listed(names));
    sentence.method =
        "The same test as for groups that are alike; see any of them for how it is done. Not alike "
        "can also mean that too few people's traits are known.";
    return sentence;
}

/// Whether ties are mostly of people who spoke in one thread.
bool mostlyThreads(const PeopleGraph& people)
{
    std::uint64_t all = 0;
    for (const auto& [kind, rows] : people.tieRows) all += rows;
    const auto threads = people.tieRows.find(TieKind::Thread);
    return threads != people.tieRows.end() && threads->second * 2 > all;
}

}  // namespace

std::string percent(double share)
{
    return fmt::format("{}\u00a0%", std::lround(share * 100));
}

std::string listed(const std::vector<std::string>& items)
{
    if (items.size() < 2) return join(items, "");
    const std::vector<std::string> first(items.begin(), items.end() - 1);
    return join(first, ", ") + " and " + items.back();
}

std::string plainVerdict(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Homophilous: return "Alike and close-knit";
    case Verdict::CloseKnitMixed: return "Close-knit and mixed";
    case Verdict::AlikeNotClose: return "Alike, but open to others";
    case Verdict::Neither: return "Loose and mixed";
    case Verdict::TooSmall: return "Too small to say";
    }
    return {};
}

std::vector<EvidenceSentence> clusterSentences(const Analysis& analysis, std::uint32_t cluster,
                                               Audience audience)
{
    const auto& found = analysis.clusters.at(cluster);
    std::vector<EvidenceSentence> sentences;
    for (const auto& row : found.alike) {
        if (worthSaying(row, found.members.size(), audience)) {
            sentences.push_back(alikeSentence(analysis, found, row, audience));
        }
    }
    if (sentences.empty()) sentences.push_back(mixedSentence(analysis, found));
    sentences.push_back(closednessSentence(found));
    sentences.push_back(settledSentence(analysis, found));
    return sentences;
}

EvidenceSentence structureSentence(const Analysis& analysis)
{
    EvidenceSentence sentence;
    const auto groups = analysis.clusters.size();
    if (groups == 0) {
        sentence.finding = "There are no ties between people in this selection yet.";
        sentence.certainty = "Import a conversation, or widen the selection.";
        return sentence;
    }
    const auto people = withSeparators(static_cast<std::int64_t>(analysis.persons.size()));
    const bool interest = analysis.options.selection.layer == Layer::Interest;
    sentence.finding =
        analysis.structured
            ? fmt::format("{} people {} {} {} that hold together more than chance would have it.",
                          people, interest ? "fall by what they talk about into" : "talk in",
                          groups, groups == 1 ? "group" : "groups")
            : fmt::format(
                  "{} people; the {} groups drawn here are no clearer than chance would draw them.",
                  people, groups);
    const auto& null = analysis.null;
    const auto reached = std::lround(null.p * (null.samples + 1)) - 1;
    const std::string dealt = interest ? "Dealing out who said what" : "Dealing out the same ties";
    sentence.certainty =
        reached <= 0
            ? fmt::format("{} at random {} times never gave groups as clear.", dealt, null.samples)
            : fmt::format("{} at random gave groups as clear {} of {} times.", dealt, reached,
                          null.samples);
    sentence.figures =
        fmt::format("modularity {:.3f}, by chance {:.3f} (sd {:.3f}); stability {:.2f}",
                    null.observed, null.mean, null.sd, analysis.consensus.overall);
    sentence.method = fmt::format(
        "Groups are people who {} than with the rest (Leiden method, {} runs, resolution {:g}, "
        "seed {}). To see what chance alone would give, {}.",
        interest ? "have more of their subjects in common with each other"
                 : "interact more with each other",
        analysis.consensus.runs, analysis.options.resolution, analysis.options.seed,
        interest ? "all that one person said in a thread, or on a day of a chat, is dealt out to "
                   "anybody, and it is looked again who talks alike"
                 : "every person keeps the same number of ties but the other ends are dealt out "
                   "again");
    if (mostlyThreads(analysis.people))
        sentence.method +=
            " Most ties here are between people who spoke in the same thread. Such ties come in "
            "bunches, which alone makes groups look clearer than ties dealt out one by one.";
    return sentence;
}

EvidenceSentence bridgeSentence(const Analysis& analysis, const BridgeFinding& bridge,
                                const std::string& who)
{
    std::vector<std::string> groups;
    for (const auto cluster : bridge.clusters) {
        if (cluster < analysis.clusters.size())
            groups.push_back("“" + analysis.clusters[cluster].label + "”");
    }
    EvidenceSentence sentence;
    const std::string person = who.empty() ? "This person" : who;
    sentence.finding = groups.size() < 2
                           ? fmt::format("{} has some ties outside the own group.", person)
                           : fmt::format("{} talks with people in {}.", person, listed(groups));
    const auto rank = static_cast<std::size_t>(
        std::count_if(analysis.betweenness.value.begin(), analysis.betweenness.value.end(),
                      [&](double other) { return other > bridge.betweenness; }));
    const auto among = analysis.persons.size();
    sentence.certainty = rank * 20 < among
                             ? "Few people here lie on more of the shortest ways between others."
                             : "Others lie on more of the shortest ways between people.";
    sentence.figures = fmt::format("participation {:.2f}; betweenness {:.0f}", bridge.participation,
                                   bridge.betweenness);
    sentence.method =
        "Participation is 0 when all of somebody's ties are in one group and nears 1 when they are "
        "spread evenly over many (Guimerà and Amaral 2005). Betweenness counts the shortest ways "
        "between other people that pass through this one (Brandes 2001; among more than 10,000 "
        "people "
        "estimated from ways drawn at random, Borassi and Natale 2019). A person who reads and "
        "never writes cannot be seen.";
    return sentence;
}

}  // namespace kith
