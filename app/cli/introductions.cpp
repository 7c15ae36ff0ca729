#include "core/analysis/introductionstudy.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/groupverbs.h"
#include "app/cli/selection.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

class IntroductionsVerb final : public Verb {
public:
    std::string_view name() const override { return "introductions"; }
    std::string_view about() const override
    {
        return "Proposes ties worth making between two sides, and who could make them";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--top", top_, "how many");
        arguments.option("--between", options_.sides,
                         "A,B: communities, numbers of groups, or values of --trait");
        arguments.option("--trait", options_.trait, "the sides are two values of this trait");
        arguments.option("--hubs", hubs_, "people at whom walks end, a side; 0 = 1 %, 3 to 50");
        arguments.option("--leave-out", options_.leftOut,
                         "never propose this person; may be repeated");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        options_.analysis = flags_.options(workspace);
        options_.top = top_;
        options_.hubs = hubs_;
        const auto study = studyIntroductions(workspace, options_, console.task);
        ordered_json document{{"people", study.two.analysis->persons.size()},
                              {"messages", study.two.analysis->people.messages},
                              {"seed", options_.analysis.seed},
                              {"between", {study.two.names[0], study.two.names[1]}},
                              {"hubs", study.hubs},
                              {"separation_before", number(study.before)},
                              {"separation_after", number(study.after)},
                              {"pairs", ordered_json::array()}};
        for (const auto& pair : study.pairs) document["pairs"].push_back(pairObject(study, pair));
        document["largest_drop"] = nullptr;
        if (study.largestDrop)
            document["largest_drop"] = {{"a", named(study, study.largestDrop->first)},
                                        {"b", named(study, study.largestDrop->second)},
                                        {"separation_after", number(study.largestDrop->after)}};
        addIntroducers(study, document);
        addFormula(document);
        document["left_out"] = study.leftOut.size();
        std::vector<std::string> lines;
        addEvidence(introductionSentences(study, options_), document, lines);
        for (const auto& pair : study.pairs)
            lines.push_back(fmt::format("  {} and {}: separation {:.4f} after, chance {:.2f}",
                                        named(study, pair.first), named(study, pair.second),
                                        pair.after, pair.chance));
        console.answer(document, lines);
    }

private:
    static const std::string& named(const IntroductionStudy& study, Vertex v)
    {
        return study.two.analysis->persons[v].name;
    }

    static ordered_json pairObject(const IntroductionStudy& study, const ProposedIntroduction& pair)
    {
        auto introducers = ordered_json::array();
        for (const auto v : pair.introducers) introducers.push_back(named(study, v));
        return {{"a", named(study, pair.first)},
                {"b", named(study, pair.second)},
                {"shared_concerns", pair.sharedConcerns},
                {"shared_words", pair.sharedWords},
                {"topics", number(pair.topics)},
                {"shared_contact", pair.sharedContact},
                {"both_active", pair.bothActive},
                {"not_asked", pair.notAsked},
                {"separation_before", number(pair.before)},
                {"separation_after", number(pair.after)},
                {"chance", number(pair.chance)},
                {"introducers", introducers}};
    }

    static void addIntroducers(const IntroductionStudy& study, ordered_json& document)
    {
        const auto& found = study.introducers;
        auto& people = document["introducers"] = ordered_json::array();
        for (const auto& one : found.people)
            people.push_back({{"person", named(study, one.person)},
                              {"score", number(one.score)},
                              {"to_first", number(one.ratio[0])},
                              {"to_second", number(one.ratio[1])},
                              {"recency", number(one.recency)}});
        auto& pairs = document["introducer_pairs"] = ordered_json::array();
        for (const auto& pair : found.pairs)
            pairs.push_back({{"a", named(study, pair.first)},
                             {"b", named(study, pair.second)},
                             {"score", number(pair.score)}});
        auto& reliance = document["reliance"] = ordered_json::array();
        for (std::size_t i = 0; i < found.holders.size(); ++i)
            reliance.push_back(
                {{"person", named(study, found.holders[i])}, {"share", number(found.reliance[i])}});
    }

    void addFormula(ordered_json& document) const
    {
        document["chance_formula"] = {{"base", options_.chance.base},
                                      {"shared_contact", options_.chance.sharedContact},
                                      {"shared_topics", options_.chance.sharedTopics},
                                      {"both_active", options_.chance.bothActive},
                                      {"not_asked", options_.chance.notAsked}};
    }

    std::string workspace_;
    unsigned top_ = 10;
    unsigned hubs_ = 0;
    IntroductionStudyOptions options_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> introductionsVerb()
{
    return std::make_unique<IntroductionsVerb>();
}

}  // namespace kith::cli
