#include "core/analysis/sentences.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

class Bridges final : public Verb {
public:
    std::string_view name() const override { return "bridges"; }
    std::string_view about() const override { return "Lists the people whose ties cross groups"; }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--top", top_, "how many");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto options = flags_.options(workspace);
        options.layout = false;
        options.null = options.traits = false;
        const auto analysis = analyse(workspace, options, console.task);
        auto list = ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& bridge : analysis->bridges) {
            if (list.size() == top_) break;
            const auto& person = analysis->persons[bridge.person].name;
            list.push_back({{"person", person},
                            {"betweenness", number(bridge.betweenness)},
                            {"participation", number(bridge.participation)},
                            {"within_z", number(bridge.withinZ)},
                            {"constraint", number(bridge.constraint)},
                            {"effective_size", number(bridge.effectiveSize)},
                            {"clusters", bridge.clusters}});
            const auto sentence = bridgeSentence(*analysis, bridge, person);
            lines.push_back(sentence.finding + " (" + sentence.figures + ")");
        }
        if (lines.empty()) lines.emplace_back("Nobody has ties into two groups.");
        const auto& between = analysis->betweenness;
        console.answer({{"seed", options.seed},
                        {"exact", between.exact},
                        {"draws", between.draws},
                        {"error", number(between.error)},
                        {"bridges", list}},
                       lines);
    }

private:
    std::string workspace_;
    unsigned top_ = 20;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> bridgesVerb()
{
    return std::make_unique<Bridges>();
}

}  // namespace kith::cli
