#include "core/analysis/bridgestudy.h"

#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json bridgeObject(const Analysis& analysis, const PersonBridge& bridge)
{
    const auto& finding = bridge.finding;
    return {{"person", analysis.persons[finding.person].name},
            {"betweenness", number(finding.betweenness)},
            {"betweenness_normalised", number(bridge.normalised)},
            {"participation", number(finding.participation)},
            {"within_z", number(finding.withinZ)},
            {"constraint", number(finding.constraint)},
            {"effective_size", number(finding.effectiveSize)},
            {"role", kith::name(bridge.role)},
            {"cut", bridge.cut},
            {"clusters", finding.clusters}};
}

class Bridges final : public Verb {
public:
    std::string_view name() const override { return "bridges"; }
    std::string_view about() const override { return "Lists the people whose ties cross groups"; }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--top", top_, "how many; 0 = all");
        arguments.flag("--everyone", everyone_, "people whose ties all stay in one group too");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto options = flags_.options(workspace);
        const auto study = studyBridges(workspace, options, everyone_, console.task);
        const auto& analysis = *study.analysis;
        auto list = ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& bridge : study.people) {
            if (top_ > 0 && list.size() == top_) break;
            list.push_back(bridgeObject(analysis, bridge));
            const auto& person = analysis.persons[bridge.finding.person].name;
            const auto sentence = bridgeSentence(analysis, bridge.finding, person);
            lines.push_back(sentence.finding + " (" + sentence.figures + ")");
        }
        if (lines.empty()) lines.emplace_back("Nobody has ties into two groups.");
        ordered_json document{{"people", analysis.persons.size()},
                              {"messages", analysis.people.messages},
                              {"ties", analysis.people.graph.ties()},
                              {"seed", options.seed},
                              {"exact", study.betweenness.exact},
                              {"betweenness_error", number(study.betweenness.error)},
                              {"draws", study.betweenness.draws},
                              {"cut_people", study.cutPeople},
                              {"cut_ties", study.cutTies},
                              {"local_bridges", study.localBridges},
                              {"bridges", list}};
        addEvidence(bridgeStudySentences(study), document, lines);
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    unsigned top_ = 20;
    bool everyone_ = false;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> bridgesVerb()
{
    return std::make_unique<Bridges>();
}

}  // namespace kith::cli
