#include "core/analysis/concernstudy.h"

#include "core/base/text.h"
#include "core/graph/interest.h"
#include "core/store/messages.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr std::size_t fewestWriters = 5;
constexpr double mostQ = 0.05;
constexpr std::size_t wordsSaid = 3;

std::string counted(std::uint64_t number)
{
    return withSeparators(static_cast<std::int64_t>(number));
}

std::string topicWords(const Topic& topic)
{
    std::vector<std::string> words;
    for (const auto& word : topic.words)
        if (words.size() < wordsSaid) words.push_back(word.word);
    return listed(words);
}

void findClusters(const Analysis& analysis, const std::map<PersonId, std::uint64_t>& spoke,
                  ConcernStudy& study)
{
    std::vector<double> p;
    for (const auto& cluster : analysis.clusters) {
        ConcernCluster one;
        one.cluster = cluster.id;
        for (const auto member : cluster.members) {
            if (analysis.messages[member] == 0) continue;
            ++one.members;
            const auto found = spoke.find(analysis.people.people[member]);
            if (found == spoke.end()) continue;
            ++one.people;
            one.messages += found->second;
        }
        if (one.members < fewestWriters) continue;
        one.share = static_cast<double>(one.people) / static_cast<double>(one.members);
        one.expected = static_cast<double>(study.people) / static_cast<double>(study.writers);
        one.p = hypergeometricTail(one.people, one.members, study.people, study.writers);
        p.push_back(one.p);
        study.clusters.push_back(one);
    }
    const auto q = benjaminiHochberg(p);
    for (std::size_t i = 0; i < q.size(); ++i) study.clusters[i].q = q[i];
    std::stable_sort(
        study.clusters.begin(), study.clusters.end(),
        [](const auto& a, const auto& b) { return a.q != b.q ? a.q < b.q : a.share > b.share; });
}

EvidenceSentence wholeSentence(const ConcernStudy& study)
{
    EvidenceSentence sentence;
    const auto& name = study.concern.name;
    if (study.messages == 0) {
        sentence.finding = fmt::format("Nobody speaks of “{}” in this selection.", name);
    } else {
        sentence.finding = fmt::format(
            "{} people speak of “{}”: {} of those who wrote.", counted(study.people), name,
            percent(static_cast<double>(study.people) / static_cast<double>(study.writers)));
    }
    sentence.certainty =
        "A message counts when it holds the words of the query, whatever it says "
        "of them.";
    sentence.figures = fmt::format("{} of {} messages; query: {}", counted(study.messages),
                                   counted(study.allMessages), study.concern.query);
    sentence.method =
        "Full-text search for the words of the concern. Other words for the same "
        "thing are not found: add them with OR.";
    return sentence;
}

EvidenceSentence clusterSentence(const Analysis& analysis, const ConcernStudy& study,
                                 const ConcernCluster& one)
{
    EvidenceSentence sentence;
    sentence.finding = fmt::format(
        "“{}” lives in the group “{}”: {} of its people speak of it; among everybody "
        "it is {}.",
        study.concern.name, analysis.clusters[one.cluster].label, percent(one.share),
        percent(one.expected));
    sentence.certainty = "So many would hardly come together by chance.";
    sentence.figures = fmt::format("{} of {} people, {} messages; q = {:.2g}", one.people,
                                   one.members, counted(one.messages), one.q);
    sentence.method =
        "The chance that so many of those who speak of it fall into this group when "
        "people are dealt out at random (hypergeometric), corrected for all groups.";
    return sentence;
}

}  // namespace

ConcernStudy studyConcern(const Workspace& workspace, const Analysis& analysis,
                          const Concern& concern, Task& task)
{
    ConcernStudy study;
    study.concern = concern;
    for (const auto count : analysis.messages) {
        study.allMessages += count;
        if (count > 0) ++study.writers;
    }
    auto selection = analysis.options.selection;
    selection.concern = concern.id;
    std::map<PersonId, std::uint64_t> spoke;
    for (const auto& [person, count] : messageCounts(workspace, selection)) {
        if (!analysis.people.vertexOf(person)) continue;
        spoke[person] = count;
        study.messages += count;
    }
    study.people = spoke.size();
    findClusters(analysis, spoke, study);
    const auto activity = activityOf(workspace, selection, task);
    if (!activity.events.empty()) study.weeks = binned(activity, std::chrono::hours(24 * 7));
    return study;
}

std::vector<EvidenceSentence> concernSentences(const Analysis& analysis, const ConcernStudy& study)
{
    std::vector<EvidenceSentence> sentences{wholeSentence(study)};
    for (const auto& one : study.clusters)
        if (one.q <= mostQ && one.people >= fewestWriters)
            sentences.push_back(clusterSentence(analysis, study, one));
    return sentences;
}

TopicModel studyTopics(const Workspace& workspace, const Selection& selection,
                       const TopicOptions& options, Task& task)
{
    return findTopics(poolsOf(workspace, selection, task), options, task);
}

std::vector<EvidenceSentence> topicSentences(const TopicModel& model, std::uint64_t seed)
{
    constexpr double settled = 0.8;
    constexpr double fair = 0.7;  // words that all come from one bag reach 0.5 to 0.65
    std::vector<EvidenceSentence> sentences;
    for (const auto& topic : model.topics) {
        EvidenceSentence sentence;
        sentence.finding =
            fmt::format("{} people in {} messages talk about {}.", counted(topic.people),
                        counted(topic.messages), topicWords(topic));
        sentence.certainty =
            topic.stability >= settled ? "Half of what was said would have shown it too."
            : topic.stability >= fair
                ? "Half of what was said would mostly have shown it too."
                : "It hangs on which half of what was said is looked at: take it as a hint.";
        sentence.figures = fmt::format(
            "weight {:.3f}; stability {:.2f}; coherence (NPMI) {:.2f}; {} of {} threads or days",
            topic.weight, topic.stability, topic.npmi, counted(topic.pools), counted(model.pools));
        sentence.method = fmt::format(
            "Threads, or in chats a person's day, as words weighed by rarity were split into {} "
            "topics (non-negative factors, begun from singular vectors); {} of them were used, the "
            "others assigned. Ten random halves were split again (seed {}). People name topics.",
            model.topics.size(), counted(model.fitted), seed);
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

}  // namespace kith
