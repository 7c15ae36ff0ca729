#include "core/analysis/talklikeness.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/graph/interest.h"
#include "core/text/grouptalk.h"

#include <cmath>
#include <fmt/format.h>

namespace kith {

std::vector<Likeness> talkLikeness(const Workspace& workspace, const Analysis& analysis, Task& task)
{
    const auto& options = analysis.options;
    if (options.selection.layer == Layer::Interest)
        throw Error(Error::Kind::Usage,
                    "the layer interest is made from what people talk about, so that its groups "
                    "cannot be tested for it",
                    {}, "Look at the layer interaction.");
    constexpr std::size_t wordsNamed = 3;
    const auto talk = talkOf(workspace, options.selection, analysis.people.people, task);
    const GroupTalkOptions shuffles{options.permutations, options.seed, options.threads};
    std::vector<Likeness> rows;
    std::vector<double> p;
    for (const auto& found :
         compareTalk(talk, analysis.clusterOf, GroupPairs::Within, shuffles, task)) {
        const auto& members = analysis.clusters[found.a].members;
        Likeness row;
        row.cluster = found.a;
        row.known = row.count = found.peopleA;
        row.coverage = static_cast<double>(found.peopleA) / static_cast<double>(members.size());
        row.pairs = row.share = found.likeness;
        row.pairsExpected = row.expected = found.expected;
        row.h = (found.likeness - found.expected) / (1 - found.expected);
        row.valueP = row.p = found.p;
        row.value = join(wordsInCommon(talk, members, members, wordsNamed), ", ");
        p.push_back(found.p);
        rows.push_back(std::move(row));
    }
    const auto q = benjaminiHochberg(p);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].q = q[i];
    return rows;
}

EvidenceSentence talkSentence(const Analysis& analysis, const Likeness& row)
{
    const auto permutations = analysis.options.permutations;
    EvidenceSentence sentence;
    sentence.finding =
        row.q <= 0.05 && row.h > 0
            ? fmt::format(
                  "People in this group talk about the same things more than people put "
                  "together at random: {}.",
                  row.value)
            : "People in this group do not talk about the same things more than people put "
              "together at random.";
    sentence.certainty =
        row.p <= 1.0 / (permutations + 1) * 1.5
            ? fmt::format("Dealing out everybody's talk {} times never came close.", permutations)
            : fmt::format(
                  "Dealing out everybody's talk at random comes this close {:.0f} times in "
                  "a hundred.",
                  std::ceil(row.p * 100));
    sentence.figures = fmt::format(
        "{} people say enough; mean cosine {:.3f}, among everybody {:.3f}; h = {:.2f}, "
        "q = {:.3f}",
        row.known, row.pairs, row.pairsExpected, row.h, row.q);
    sentence.method = fmt::format(
        "Words weighed by rarity, compared pair by pair; in threads that both were in only what "
        "goes beyond the thread's average counts. Shuffled {} times (seed {}). People may talk "
        "alike because they chose each other, became alike, or share a place.",
        permutations, analysis.options.seed);
    return sentence;
}

}  // namespace kith
