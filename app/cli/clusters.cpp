#include "core/analysis/sentences.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json alikeObject(const Analysis& analysis, const Likeness& row)
{
    return {{"trait", analysis.traits[row.trait].name},
            {"value", row.value},
            {"known", row.known},
            {"count", row.count},
            {"share", number(row.share)},
            {"expected", number(row.expected)},
            {"value_p", number(row.valueP)},
            {"h", number(row.h)},
            {"p", number(row.p)},
            {"q", number(row.q)},
            {"coverage", number(row.coverage)}};
}

ordered_json clusterObject(const Analysis& analysis, const ClusterFinding& cluster)
{
    ordered_json object{{"id", cluster.id},
                        {"label", cluster.label},
                        {"size", cluster.members.size()},
                        {"conductance", number(cluster.conductance)},
                        {"stability", number(cluster.stability)},
                        {"members", ordered_json::array()},
                        {"words", wordsArray(cluster.words)},
                        {"alike", ordered_json::array()},
                        {"verdict", name(cluster.verdict)},
                        {"sentences", ordered_json::array()}};
    for (const auto member : cluster.members)
        object["members"].push_back(analysis.persons[member].name);
    for (const auto& row : cluster.alike) object["alike"].push_back(alikeObject(analysis, row));
    for (const auto& sentence : clusterSentences(analysis, cluster.id)) {
        object["sentences"].push_back(sentence.finding + " " + sentence.certainty);
    }
    return object;
}

ordered_json document(const Analysis& analysis)
{
    const auto& null = analysis.null;
    ordered_json object{{"people", analysis.persons.size()},
                        {"ties", analysis.people.graph.ties()},
                        {"modularity", number(analysis.consensus.modularity)},
                        {"resolution", number(analysis.options.resolution)},
                        {"seed", analysis.options.seed},
                        {"runs", analysis.consensus.runs},
                        {"stability", number(analysis.consensus.overall)},
                        {"instability", number(analysis.consensus.instability)},
                        {"null",
                         {{"mean", number(null.mean)},
                          {"sd", number(null.sd)},
                          {"z", number(null.z)},
                          {"p", number(null.p)},
                          {"samples", null.samples}}},
                        {"clusters", ordered_json::array()}};
    for (const auto& cluster : analysis.clusters) {
        object["clusters"].push_back(clusterObject(analysis, cluster));
    }
    return object;
}

class Clusters final : public Verb {
public:
    std::string_view name() const override { return "clusters"; }
    std::string_view about() const override
    {
        return "Finds groups of people who talk with each other, and what they share";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--runs", runs_, "how often to look; 0 = by size");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto options = flags_.options(workspace);
        options.runs = runs_;
        options.layout = false;
        options.bridges = false;
        const auto analysis = analyse(workspace, options, console.task);
        std::vector<std::string> lines;
        const auto whole = structureSentence(*analysis);
        lines.push_back(whole.finding + " " + whole.certainty);
        for (const auto& cluster : analysis->clusters) {
            lines.push_back(fmt::format("{}  {} ({} people): {}", cluster.id, cluster.label,
                                        cluster.members.size(), plainVerdict(cluster.verdict)));
            for (const auto& sentence : clusterSentences(*analysis, cluster.id)) {
                lines.push_back("     " + sentence.finding + " " + sentence.certainty);
            }
        }
        console.answer(document(*analysis), lines);
    }

private:
    std::string workspace_;
    unsigned runs_ = 0;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> clustersVerb()
{
    return std::make_unique<Clusters>();
}

}  // namespace kith::cli
