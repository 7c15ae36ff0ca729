#include "core/base/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

class HomophilyVerb final : public Verb {
public:
    std::string_view name() const override { return "homophily"; }
    std::string_view about() const override
    {
        return "Says how much ties stay among people alike in a trait";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.required("--trait", trait_, "the trait, such as ward");
        arguments.option("--permutations", permutations_, "how often to shuffle");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto options = flags_.options(workspace);
        const auto people =
            interactionGraph(workspace, options.selection, options.weights, console.task);
        const auto values = nominalTrait(workspace, people, trait_);
        const auto found = homophily(people.graph, values,
                                     {permutations_, options.seed, options.threads}, console.task);

        ordered_json document{{"trait", trait_},
                              {"people", found.people},
                              {"known", found.known},
                              {"assortativity", number(found.assortativity)},
                              {"assortativity_se", number(found.assortativitySe)},
                              {"ei_index", number(found.eiIndex)},
                              {"ei_expected", number(found.eiExpected)},
                              {"odds_ratio", number(found.oddsRatio)},
                              {"freeman", number(found.freeman)},
                              {"p", number(found.p)},
                              {"permutations", found.permutations},
                              {"seed", options.seed},
                              {"groups", ordered_json::array()}};
        std::vector<std::string> lines{
            fmt::format(
                "Ties between people of the same {} are about {:.1f} times as likely as others.",
                trait_, found.oddsRatio),
            fmt::format("assortativity {:.3f} (standard error {:.3f}); p = {:.3g} from {} "
                        "shuffles; {} of {} people known",
                        found.assortativity, found.assortativitySe, found.p, found.permutations,
                        found.known, found.people)};
        for (const auto& group : found.groups) {
            document["groups"].push_back({{"value", group.value},
                                          {"size", group.size},
                                          {"within", number(group.within)},
                                          {"coleman", number(group.coleman)}});
            lines.push_back(fmt::format("  {} ({} people): Coleman index {:.2f}", group.value,
                                        group.size, group.coleman));
        }
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    std::string trait_;
    unsigned permutations_ = 999;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> homophilyVerb()
{
    return std::make_unique<HomophilyVerb>();
}

}  // namespace kith::cli
