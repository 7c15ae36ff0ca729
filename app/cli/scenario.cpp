#include "core/scenario/scenario.h"

#include <nlohmann/json.hpp>

#include "app/cli/verb.h"

namespace kith::cli {
namespace {

class Scenario final : public Verb {
public:
    std::string_view name() const override { return "scenario"; }
    std::string_view about() const override
    {
        return "Writes an invented town's exports, with the truth about them";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("name", scenario_, "millbrook");
        arguments.required("--out", out_, "folder to write to");
        arguments.option("--seed", options_.seed, "the same seed gives the same town");
        arguments.option("--people", options_.people, "how many people");
        arguments.option("--weeks", options_.weeks, "how many weeks");
    }

    void run(const Console& console) override
    {
        const auto written = writeScenario(scenario_, out_, options_, console.task);
        auto files = nlohmann::ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& file : written.exports) {
            files.push_back(file.string());
            lines.push_back(file.string());
        }
        files.push_back(written.members.string());
        lines.push_back(written.members.string() + " (traits)");
        lines.push_back(written.truth.string() + " (what was planted)");
        console.answer({{"files", files},
                        {"members", written.members.string()},
                        {"truth", written.truth.string()}},
                       lines);
    }

private:
    std::string scenario_;
    std::string out_;
    ScenarioOptions options_;
};

}  // namespace

std::unique_ptr<Verb> scenarioVerb()
{
    return std::make_unique<Scenario>();
}

}  // namespace kith::cli
