#include "core/analysis/languagestudy.h"
#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json uptakeArray(const std::vector<Uptake>& uptake)
{
    auto array = ordered_json::array();
    for (const auto& one : uptake) {
        auto weeks = ordered_json::array();
        for (const auto& week : one.weeks)
            weeks.push_back(
                {{"week", week.week}, {"people", week.people}, {"share", number(week.share)}});
        array.push_back({{"id", one.cluster},
                         {"insider_words", one.words},
                         {"newcomers", one.newcomers},
                         {"weeks", weeks},
                         {"settled", one.settled},
                         {"settled_share", number(one.settledShare)}});
        if (!one.refused.empty()) array.back()["refused"] = one.refused;
    }
    return array;
}

class Words final : public Verb {
public:
    std::string_view name() const override { return "words"; }
    std::string_view about() const override
    {
        return "Lists the words that set groups apart, and those they share";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto options = flags_.options(workspace);
        options.layout = false;
        options.null = options.traits = options.bridges = false;
        const auto analysis = analyse(workspace, options, console.task);
        auto groups = ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& cluster : analysis->clusters) {
            std::vector<std::string> shown;
            for (const auto& word : cluster.words) shown.push_back(word.word);
            groups.push_back({{"id", cluster.id},
                              {"label", cluster.label},
                              {"distinctive", wordsArray(cluster.words)}});
            lines.push_back(
                fmt::format("{}  {}: {}", cluster.id, cluster.label, join(shown, ", ")));
        }
        auto shared = ordered_json::array();
        for (const auto& word : analysis->sharedWords) {
            const double least =
                word.reach.empty() ? 0 : *std::min_element(word.reach.begin(), word.reach.end());
            shared.push_back(
                {{"word", word.word}, {"reach", number(least)}, {"by_group", word.reach}});
            for (auto& reach : shared.back()["by_group"]) reach = number(reach.get<double>());
        }
        const auto uptake = studyUptake(workspace, *analysis, console.task);
        ordered_json document{{"people", analysis->persons.size()},
                              {"messages", analysis->people.messages},
                              {"seed", options.seed},
                              {"groups", groups},
                              {"shared", shared},
                              {"uptake", uptakeArray(uptake)}};
        addEvidence(uptakeSentences(*analysis, uptake), document, lines);
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> wordsVerb()
{
    return std::make_unique<Words>();
}

}  // namespace kith::cli
