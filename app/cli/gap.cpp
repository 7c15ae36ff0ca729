#include "core/analysis/gapstudy.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json clusterOrNull(const Analysis& analysis, Vertex person)
{
    const int cluster = analysis.clusterOf[person];
    return cluster < 0 ? ordered_json(nullptr) : ordered_json(cluster);
}

ordered_json pairsArray(const Analysis& analysis, const GapStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& pair : study.pairs) {
        array.push_back(
            {{"a", analysis.persons[pair.a].name},
             {"b", analysis.persons[pair.b].name},
             {"cosine", number(pair.likeness)},
             {"random_pairs_as_alike", number(pair.rarity)},
             {"distance", pair.distance ? ordered_json(*pair.distance) : ordered_json(nullptr)},
             {"shared_words", pair.words},
             {"shared_concerns", pair.concerns},
             {"cluster_a", clusterOrNull(analysis, pair.a)},
             {"cluster_b", clusterOrNull(analysis, pair.b)}});
    }
    return array;
}

ordered_json groupsArray(const Analysis& analysis, const GapStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& one : study.groups) {
        array.push_back({{"a", one.a},
                         {"b", one.b},
                         {"label_a", analysis.clusters[one.a].label},
                         {"label_b", analysis.clusters[one.b].label},
                         {"people_a", one.peopleA},
                         {"people_b", one.peopleB},
                         {"cosine", number(one.likeness)},
                         {"expected", number(one.expected)},
                         {"sd", number(one.sd)},
                         {"p", number(one.p)},
                         {"q", number(one.q)},
                         {"permutations", one.permutations},
                         {"ties", number(one.ties)},
                         {"ties_expected", number(one.tiesExpected)},
                         {"ties_ratio", number(one.ratio())},
                         {"shared_words", one.words},
                         {"gap", one.gap}});
    }
    return array;
}

class Gap final : public Verb {
public:
    std::string_view name() const override { return "gap"; }
    std::string_view about() const override
    {
        return "Finds people and groups who talk about the same things, but not with each other";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--top", top_, "how many pairs to list");
        arguments.option("--permutations", permutations_, "how often to shuffle");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto options = flags_.options(workspace);
        options.null = options.traits = options.bridges = options.layout = false;
        const auto analysis = analyse(workspace, options, console.task);
        GapOptions wanted;
        wanted.top = top_;
        wanted.permutations = permutations_;
        wanted.seed = options.seed;
        wanted.threads = options.threads;
        const auto study = studyGap(workspace, *analysis, wanted, console.task);

        ordered_json document{{"people", analysis->persons.size()},
                              {"messages", analysis->people.messages},
                              {"profiled", study.profiled},
                              {"seed", options.seed},
                              {"least_cosine", number(study.options.least)},
                              {"permutations", permutations_},
                              {"exact", study.exact},
                              {"recall", number(study.recall)},
                              {"recall_sample", study.recallSample},
                              {"pairs", pairsArray(*analysis, study)},
                              {"clusters_compared", study.groupsCompared},
                              {"clusters", groupsArray(*analysis, study)}};
        std::vector<std::string> lines;
        addEvidence(gapSentences(*analysis, study, labels(*analysis, Naming::Real)), document,
                    lines);
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    unsigned top_ = 20;
    unsigned permutations_ = 999;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> gapVerb()
{
    return std::make_unique<Gap>();
}

}  // namespace kith::cli
