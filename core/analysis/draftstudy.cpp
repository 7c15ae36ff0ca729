#include "core/analysis/languagestudy.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/graph/interest.h"
#include "core/store/communities.h"
#include "core/store/messages.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace kith {
namespace {

constexpr std::size_t wordsSaid = 6;

std::vector<DraftGroup> groupsOf(const Workspace& workspace, const Analysis& analysis)
{
    std::vector<DraftGroup> groups;
    for (const auto& community : communities(workspace))
        groups.push_back({true, community.id.value, community.name, {}});
    for (const auto& cluster : analysis.clusters)
        groups.push_back({false, cluster.id, cluster.label, {}});
    return groups;
}

/// By person: the groups they belong to.
std::unordered_map<std::int64_t, std::vector<std::uint32_t>> memberships(const Workspace& workspace,
                                                                         const Analysis& analysis)
{
    std::unordered_map<std::int64_t, std::vector<std::uint32_t>> of;
    std::uint32_t group = 0;
    for (const auto& community : communities(workspace)) {
        for (const auto& member : community.members)
            if (!member.until) of[member.person.value].push_back(group);
        ++group;
    }
    for (const auto& cluster : analysis.clusters) {
        for (const auto v : cluster.members) of[analysis.people.people[v].value].push_back(group);
        ++group;
    }
    return of;
}

std::size_t senderAmong(const std::vector<DraftGroup>& groups, std::string_view sender)
{
    const auto number = parseInteger(sender);
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (groups[g].name == sender) return g;
    for (const bool community : {true, false})
        for (std::size_t g = 0; g < groups.size(); ++g)
            if (groups[g].community == community && number && groups[g].id == *number) return g;
    std::vector<std::string> known;
    for (const auto& group : groups)
        known.push_back(group.community ? group.name
                                        : fmt::format("{} ({})", group.id, group.name));
    throw Error(Error::Kind::NotFound,
                "there is no community or group called " + std::string(sender), {},
                known.empty() ? "There is none in this selection."
                              : "There are: " + join(known, ", ") + ".");
}

EvidenceSentence groupSentence(const DraftGroup& group, const DraftStudy& study)
{
    EvidenceSentence sentence;
    const DraftFit& fit = group.fit;
    if (!fit.enough) {
        sentence.finding =
            fmt::format("There is too little from “{}” to tell how the draft sounds.", group.name);
        sentence.certainty =
            fmt::format("{} people and {} words are needed.", DraftChecker::fewestAuthors,
                        withSeparators(std::int64_t(DraftChecker::fewestTokens)));
    } else {
        std::vector<std::string> words;
        for (const auto& word : fit.unknown)
            if (words.size() < wordsSaid) words.push_back(word.word);
        sentence.finding = fmt::format("{} of the draft's words are words of “{}”.",
                                       percent(fit.cover), group.name);
        sentence.certainty = words.empty() ? "Nothing in it needs explaining."
                                           : "Words to explain: " + join(words, ", ") + ".";
    }
    sentence.figures = fmt::format("{} people, {} words", fit.authors,
                                   withSeparators(static_cast<std::int64_t>(fit.tokens)));
    if (fit.enough)
        sentence.figures += fmt::format("; cover {:.2f} of {} words; surprise {:.1f} bits a word",
                                        fit.cover, study.contentWords, fit.surprise);
    sentence.method =
        "A word is a group's when at least 5 % of its people used it. Names, numbers "
        "and words that everybody uses are left out. A low figure says that words "
        "are strange, not that the draft is bad.";
    return sentence;
}

}  // namespace

DraftStudy studyDraft(const Workspace& workspace, const Analysis& analysis, std::string_view draft,
                      std::string_view sender, Task& task)
{
    DraftStudy study;
    study.groups = groupsOf(workspace, analysis);
    if (!sender.empty()) study.sender = senderAmong(study.groups, sender);
    const auto of = memberships(workspace, analysis);
    DraftChecker checker(draft, study.groups.size(), allNames(workspace));
    task.begin("Listening to how groups speak", 0);
    eachMessage(
        workspace, analysis.options.selection,
        [&](const MessageRow& message) {
            if (!analysis.people.vertexOf(message.author)) return;  // a program, or nobody known
            const auto groups = of.find(message.author.value);
            const std::vector<std::uint32_t> none;
            checker.add(groups == of.end() ? none : groups->second, message.author.value,
                        message.text);
        },
        task);
    study.contentWords = checker.contentWords();
    if (study.contentWords == 0)
        throw Error(Error::Kind::TooLittleData, "the draft holds no words to compare", {},
                    "Names, numbers and everyday words are left out: write more.");
    std::optional<std::uint32_t> speaker;
    if (study.sender) speaker = static_cast<std::uint32_t>(*study.sender);
    auto fits = checker.check(speaker);
    for (std::size_t g = 0; g < fits.size(); ++g) study.groups[g].fit = std::move(fits[g]);
    return study;
}

std::vector<EvidenceSentence> draftSentences(const DraftStudy& study)
{
    std::vector<EvidenceSentence> sentences;
    for (const auto& group : study.groups) sentences.push_back(groupSentence(group, study));
    return sentences;
}

}  // namespace kith
