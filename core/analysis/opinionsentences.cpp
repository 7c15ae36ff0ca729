#include "core/analysis/opinionstudy.h"
#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {

namespace {

std::string counted(std::size_t number)
{
    return withSeparators(static_cast<std::int64_t>(number));
}

std::string quoted(const OpinionStudy& study, std::uint32_t statement)
{
    constexpr std::size_t longest = 160;
    const auto& one = study.statements[statement];
    return one.text.empty() ? "statement " + one.number : "“" + shorten(one.text, longest) + "”";
}

EvidenceSentence groupsSentence(const OpinionStudy& study, const OpinionStudyOptions& options)
{
    const auto& found = study.found;
    EvidenceSentence sentence;
    std::vector<std::string> sizes;
    for (const auto size : found.sizes) sizes.push_back(counted(size));
    if (study.fromExport) {
        sentence.finding = fmt::format("The votes came with {} groups, of {} people.", found.groups,
                                       kith::listed(sizes));
    } else {
        sentence.finding =
            study.supported()
                ? fmt::format("People vote in {} groups, of {} people.", found.groups,
                              kith::listed(sizes))
                : "People do not vote in groups that are clearer than chance would make.";
    }
    sentence.certainty =
        found.p <= 0.05
            ? fmt::format(
                  "Shuffling the votes on every statement {} times rarely gave groups as "
                  "clear.",
                  options.opinions.shuffles)
            : "Shuffled votes give groups as clear.";
    const double silhouette = *std::max_element(found.silhouettes.begin(), found.silhouettes.end());
    sentence.figures = fmt::format(
        "{} people, {} statements, {} votes; {} people voted enough; silhouette {:.3f}, of "
        "shuffled votes 95 of 100 below {:.3f}, p = {:.3g}; stability {:.2f} without a fifth of "
        "the statements",
        counted(study.people), counted(study.statements.size()), counted(study.votes),
        counted(found.used), silhouette, found.shuffledP95, found.p, found.stability);
    if (study.likenessToExport) {
        sentence.figures +=
            fmt::format("; likeness to the groups of the export {:.2f}", *study.likenessToExport);
    }
    sentence.method = fmt::format(
        "After the published steps of Polis (Small and others 2021): two principal components of "
        "the votes that were cast, k-means with two to five groups, as many as fit best "
        "(silhouette), {} starts, seed {}; people with at least {} votes. The silhouette compares "
        "how near people are to their own group and to the next. People chose what they voted on.",
        options.opinions.starts, options.opinions.seed, options.opinions.minVotes);
    return sentence;
}

EvidenceSentence consensusSentence(const OpinionStudy& study)
{
    const auto& best = study.found.consensus.front();
    EvidenceSentence sentence;
    const bool most = best.lowestGroup > 0.5;
    sentence.finding = most ? fmt::format("Every group leans towards agreeing with {}.",
                                          quoted(study, best.statement))
                            : "There is no statement that every group leans towards agreeing with.";
    sentence.certainty =
        fmt::format("In the group that agrees least, about {} do.", percent(best.lowestGroup));
    sentence.figures = fmt::format(
        "statement {}: group-informed consensus {:.3f}, lowest group "
        "{:.3f}, {} groups",
        study.statements[best.statement].number, best.value, best.lowestGroup, study.found.groups);
    sentence.method =
        "The product over groups of (agreeing + 1) / (votes + 2). It shrinks with the number of "
        "groups: the lowest group stands beside it.";
    return sentence;
}

std::vector<EvidenceSentence> groupSentences(const OpinionStudy& study)
{
    std::vector<EvidenceSentence> sentences;
    std::int64_t last = -1;
    for (const auto& one : study.found.representative) {
        if (one.group == last) continue;
        last = one.group;
        const auto& label = study.labels[one.group];
        EvidenceSentence sentence;
        sentence.finding =
            fmt::format("Group {} {} more than others with {}.", label,
                        one.agree ? "agrees" : "disagrees", quoted(study, one.statement));
        sentence.certainty = fmt::format(
            "About {} of the group do, {:.1f} times as many as of the "
            "rest.",
            percent(one.p), one.r);
        sentence.figures = fmt::format(
            "statement {}; {} votes in the group; z = {:.1f} against "
            "one half, {:.1f} against the rest",
            study.statements[one.statement].number, counted(one.votes), one.zP, one.zR);
        sentence.method =
            "Statements rank by how much more often a group says so than the rest, and how sure "
            "both are; only those with both z above 1.28 are listed.";
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

}  // namespace

std::vector<EvidenceSentence> opinionSentences(const OpinionStudy& study,
                                               const OpinionStudyOptions& options)
{
    std::vector<EvidenceSentence> sentences{groupsSentence(study, options)};
    if (!study.fromExport && !study.supported()) return sentences;
    if (!study.found.consensus.empty()) sentences.push_back(consensusSentence(study));
    for (auto& sentence : groupSentences(study)) sentences.push_back(std::move(sentence));
    return sentences;
}

}  // namespace kith
