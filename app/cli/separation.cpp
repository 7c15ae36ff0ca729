#include "core/analysis/separationstudy.h"

#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/groupverbs.h"
#include "app/cli/selection.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json sidesArray(const SeparationStudy& study)
{
    auto array = ordered_json::array();
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}}) {
        auto hubs = ordered_json::array();
        for (const auto v : study.found.walks.hubs[at])
            hubs.push_back(study.two.analysis->persons[v].name);
        array.push_back({{"name", study.two.names[at]},
                         {"people", study.two.people[at]},
                         {"connected", study.found.people[at]},
                         {"hubs", hubs}});
    }
    return array;
}

class SeparationVerb final : public Verb {
public:
    std::string_view name() const override { return "separation"; }
    std::string_view about() const override
    {
        return "Says how closed two sides are to each other, beyond what chance gives";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--trait", options_.trait, "the sides are two values of this trait");
        arguments.option("--sides", options_.sides,
                         "A,B: values of the trait, communities, or numbers of groups");
        arguments.option("--hubs", hubs_, "people at whom walks end, a side; 0 = 1 %, 3 to 50");
        arguments.option("--rewirings", options_.rewirings, "graphs at random to compare with");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        options_.analysis = flags_.options(workspace);
        options_.hubs = hubs_;
        const auto study = studySeparation(workspace, options_, console.task);
        const auto& found = study.found;
        ordered_json document{{"people", study.two.analysis->persons.size()},
                              {"messages", study.two.analysis->people.messages},
                              {"seed", options_.analysis.seed},
                              {"trait", options_.trait},
                              {"sides", sidesArray(study)},
                              {"hubs", found.hubs},
                              {"rwc", number(found.walks.rwc)},
                              {"a", number(found.walks.a)},
                              {"b", number(found.walks.b)},
                              {"rwc_transient", number(found.walks.transient)},
                              {"rwc_forward", number(found.walks.forward)},
                              {"rwc_half_hubs", number(found.halfHubs)},
                              {"rwc_double_hubs", number(found.doubleHubs)},
                              {"adaptive_ei", number(found.adaptiveEi)},
                              {"found", number(found.found)},
                              {"null_mean", number(found.nullMean)},
                              {"null_sd", number(found.nullSd)},
                              {"rwc_star", number(found.normalised)},
                              {"z", number(found.z)},
                              {"p", number(found.p)},
                              {"rewirings", found.rewirings},
                              {"apart", found.apart},
                              {"small", found.small}};
        if (study.two.stability) document["stability"] = number(*study.two.stability);
        std::vector<std::string> lines;
        addEvidence(separationSentences(study, options_), document, lines);
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    unsigned hubs_ = 0;
    SeparationStudyOptions options_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> separationVerb()
{
    return std::make_unique<SeparationVerb>();
}

}  // namespace kith::cli
