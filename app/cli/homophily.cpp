#include "core/analysis/homophilystudy.h"
#include "core/base/error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json intervalArray(const Interval& interval)
{
    return ordered_json::array({number(interval.low), number(interval.high)});
}

ordered_json groupsArray(const std::vector<GroupPanel>& groups)
{
    auto array = ordered_json::array();
    for (const auto& group : groups) {
        array.push_back({{"value", group.value},
                         {"size", group.size},
                         {"within", number(group.within)},
                         {"within_ties", number(group.withinTies)},
                         {"inbreeding", number(group.inbreeding)},
                         {"coleman", number(group.coleman)},
                         {"coleman_ties", number(group.colemanTies)},
                         {"smi", number(group.segregation)}});
    }
    return array;
}

void addGroups(const HomophilyPanel& found, ordered_json& document)
{
    document["assortativity"] = number(found.assortativity);
    document["assortativity_se"] = number(found.assortativitySe);
    document["assortativity_interval"] = intervalArray(found.assortativityInterval);
    document["assortativity_ties"] = number(found.assortativityTies);
    document["assortativity_ties_se"] = number(found.assortativityTiesSe);
    document["if_unknown_alike"] = number(found.ifUnknownAlike);
    document["if_unknown_different"] = number(found.ifUnknownDifferent);
    document["ei_index"] = number(found.eiIndex);
    document["ei_expected"] = number(found.eiExpected);
    document["odds_ratio"] = number(found.oddsRatio);
    document["odds_ratio_interval"] = intervalArray(found.oddsRatioInterval);
    document["log_odds_ratio"] = number(found.logOddsRatio);
    document["yule_q"] = number(found.yuleQ);
    document["freeman"] = number(found.freeman);
    document["z"] = number(found.z);
    document["p"] = number(found.p);
    document["p_free"] = number(found.pFree);
    document["p_activity"] = number(found.pActivity);
    document["within_activity"] = found.byActivity;
    document["permutations"] = found.permutations;
    document["bootstraps"] = found.bootstraps;
    document["groups"] = groupsArray(found.panels);
}

/// What takes the place of the panel of groups when the trait is an amount.
void addAmountsAbove(const ScalarHomophily& found, ordered_json& document)
{
    document["assortativity"] = number(found.assortativity);
    document["assortativity_se"] = number(found.assortativitySe);
    document["assortativity_interval"] = intervalArray(found.interval);
    document["assortativity_ties"] = number(found.assortativityTies);
    for (const char* key : {"ei_index", "ei_expected", "odds_ratio", "freeman"})
        document[key] = nullptr;
    document["p"] = number(found.p);
    document["permutations"] = found.permutations;
    document["bootstraps"] = found.bootstraps;
    document["groups"] = ordered_json::array();
}

void addNumbers(const HomophilyStudy& study, ordered_json& document)
{
    const auto& found = *study.amounts;
    document["scalar"] = {{"assortativity", number(found.assortativity)},
                          {"assortativity_se", number(found.assortativitySe)},
                          {"interval", intervalArray(found.interval)},
                          {"assortativity_ties", number(found.assortativityTies)},
                          {"h", number(found.h)},
                          {"p", number(found.p)},
                          {"permutations", found.permutations}};
    if (study.amountsAlongArcs)
        document["scalar"]["assortativity_arcs"] = number(*study.amountsAlongArcs);
    if (!study.neighbours) return;
    document["neighbour_correlation"] = {{"people", study.neighbours->people},
                                         {"correlation", number(study.neighbours->correlation)},
                                         {"p", number(study.neighbours->p)},
                                         {"permutations", study.neighbours->permutations}};
}

ordered_json arcsObject(const ArcHomophily& found)
{
    return {{"arcs", found.arcs},
            {"assortativity", number(found.assortativity)},
            {"assortativity_arcs", number(found.assortativityArcs)},
            {"ei_index", number(found.eiIndex)},
            {"odds_ratio", number(found.oddsRatio)},
            {"groups", groupsArray(found.groups)}};
}

ordered_json clustersArray(const HomophilyStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& row : study.alike) {
        const auto& cluster = study.analysis->clusters[row.cluster];
        array.push_back({{"id", cluster.id},
                         {"size", cluster.members.size()},
                         {"known", row.known},
                         {"coverage", number(row.coverage)},
                         {"value", row.value},
                         {"count", row.count},
                         {"share", number(row.share)},
                         {"expected", number(row.expected)},
                         {"value_p", number(row.valueP)},
                         {"h", number(row.h)},
                         {"p", number(row.p)},
                         {"q", number(row.q)},
                         {"conductance", number(cluster.conductance)},
                         {"stability", number(cluster.stability)},
                         {"verdict", kith::name(study.verdicts[row.cluster])}});
    }
    return array;
}

TraitReading readingOf(const std::string& text)
{
    if (text == "guess") return TraitReading::Guess;
    if (text == "groups") return TraitReading::Groups;
    if (text == "numbers") return TraitReading::Amounts;
    throw Error(Error::Kind::Usage, "--as " + text + " makes no sense", {},
                "Choose guess, groups or numbers.");
}

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
        arguments.option("--as", as_, "read its values as groups or numbers; guess = by the look");
        arguments.option("--permutations", options_.analysis.permutations, "how often to shuffle");
        arguments.option("--bootstraps", options_.bootstraps, "draws for intervals; 0 = none");
        arguments.flag("--graph-only", graphOnly_, "leave out the test of every group");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto permutations = options_.analysis.permutations;
        options_.analysis = flags_.options(workspace);
        options_.analysis.permutations = permutations;
        options_.reading = readingOf(as_);
        options_.clusters = !graphOnly_;
        const auto study = studyHomophily(workspace, trait_, options_, console.task);

        ordered_json document{{"trait", study.column.trait.name},
                              {"read_as", study.column.asGroups ? "groups" : "numbers"},
                              {"people", study.people},
                              {"messages", study.messages},
                              {"known", study.column.known},
                              {"seed", options_.analysis.seed}};
        if (study.groups)
            addGroups(*study.groups, document);
        else
            addAmountsAbove(*study.amounts, document);
        if (study.arcs) document["arcs"] = arcsObject(*study.arcs);
        if (study.amounts) addNumbers(study, document);
        if (study.analysis) document["clusters"] = clustersArray(study);
        std::vector<std::string> lines;
        addEvidence(homophilySentences(study, options_), document, lines);
        if (study.groups) {
            for (const auto& group : study.groups->panels)
                lines.push_back(fmt::format("  {} ({} people): Coleman index {:.2f}", group.value,
                                            group.size, group.coleman));
        }
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    std::string trait_;
    std::string as_ = "guess";
    bool graphOnly_ = false;
    HomophilyStudyOptions options_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> homophilyVerb()
{
    return std::make_unique<HomophilyVerb>();
}

}  // namespace kith::cli
