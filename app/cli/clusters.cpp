#include "core/analysis/sentences.h"
#include "core/analysis/weightcheck.h"
#include "core/cluster/levels.h"
#include "core/cluster/overlap.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
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
                        {"messages", analysis.people.messages},
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

/// Who has a quarter of their ties in a group that is not their own.
ordered_json alsoCloseArray(const Analysis& analysis)
{
    auto array = ordered_json::array();
    for (const auto& row : alsoCloseTo(analysis.people.graph, analysis.consensus.partition)) {
        array.push_back({{"person", analysis.persons[row.person].name},
                         {"cluster", row.cluster},
                         {"share", number(row.share)}});
    }
    return array;
}

ordered_json weightsObject(const WeightCheck& check)
{
    return {{"kinds", check.kinds},
            {"draws", check.draws},
            {"agreement", number(check.agreement)},
            {"lowest", number(check.lowest)},
            {"settled", check.settled}};
}

/// "coarse", "middle", "fine"; of two "coarse" and "fine".
std::string levelName(std::size_t level, std::size_t levels)
{
    if (level == 0) return "coarse";
    return level + 1 < levels ? "middle" : "fine";
}

ordered_json levelObject(const Analysis& analysis, const Levels& found, std::size_t at)
{
    const auto& level = found.levels[at];
    auto groups = ordered_json::array();
    const auto members = level.partition.members();
    for (std::size_t c = 0; c < members.size() && members[c].size() > 1; ++c) {
        ordered_json group{{"id", c}, {"size", members[c].size()}};
        if (!level.parent.empty()) group["inside"] = level.parent[c];
        group["members"] = ordered_json::array();
        for (const auto v : members[c]) group["members"].push_back(analysis.persons[v].name);
        groups.push_back(std::move(group));
    }
    return {{"name", levelName(at, found.levels.size())},
            {"default", found.preferred == at},
            {"gamma", number(level.gamma)},
            {"gamma_from", number(found.sweep[level.first].gamma)},
            {"gamma_to", number(found.sweep[level.last].gamma)},
            {"instability", number(level.instability)},
            {"stability", number(level.stability)},
            {"groups", groups}};
}

void addLevels(const Analysis& analysis, const Levels& found, ordered_json& document,
               std::vector<std::string>& lines)
{
    auto& levels = document["levels"] = ordered_json::array();
    for (std::size_t at = 0; at < found.levels.size(); ++at) {
        levels.push_back(levelObject(analysis, found, at));
        lines.push_back(fmt::format("{}: {} groups, instability {:.3f}{}",
                                    levelName(at, found.levels.size()),
                                    levels.back()["groups"].size(), found.levels[at].instability,
                                    found.preferred == at ? " (the level to begin with)" : ""));
    }
    if (levels.empty()) lines.emplace_back("There is no scale at which the groups hold still.");
    auto& sweep = document["sweep"] = ordered_json::array();
    for (const auto& point : found.sweep) {
        sweep.push_back({{"gamma", number(point.gamma)},
                         {"groups", number(point.groups)},
                         {"instability", number(point.instability)},
                         {"change", number(point.change)},
                         {"flat", point.flat}});
    }
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
        arguments.flag("--levels", levels_, "coarser and finer groups too, nested");
        arguments.flag("--check-weights", checkWeights_,
                       "whether the groups hang on how kinds of ties are weighed; always done up "
                       "to 2,000 people");
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
        auto found = document(*analysis);
        std::vector<std::string> lines;
        std::vector<EvidenceSentence> evidence{structureSentence(*analysis)};
        const auto weights = weightsChecked(workspace, *analysis, console.task);
        if (weights) {
            found["weights"] = weightsObject(*weights);
            evidence.push_back(weightSentence(*weights));
        }
        addEvidence(evidence, found, lines);
        for (const auto& cluster : analysis->clusters) {
            lines.push_back(fmt::format("{}  {} ({} people): {}", cluster.id, cluster.label,
                                        cluster.members.size(), plainVerdict(cluster.verdict)));
            for (const auto& sentence : clusterSentences(*analysis, cluster.id)) {
                lines.push_back("     " + sentence.finding + " " + sentence.certainty);
            }
        }
        found["also_close_to"] = alsoCloseArray(*analysis);
        if (levels_) {
            LevelsOptions sweep;
            sweep.seed = options.seed;
            sweep.threads = options.threads;
            addLevels(*analysis, findLevels(analysis->people.graph, sweep, console.task), found,
                      lines);
        }
        console.answer(found, lines);
    }

private:
    /// Small maps are always checked: it takes no time.
    std::optional<WeightCheck> weightsChecked(const Workspace& workspace, const Analysis& analysis,
                                              Task& task) const
    {
        constexpr std::size_t small = 2'000;
        const bool several = analysis.people.tieRows.size() > 1;
        const bool any = analysis.people.graph.ties() > 0;
        const bool quick = several && analysis.persons.size() <= small;
        if (!any || (!checkWeights_ && !quick)) return std::nullopt;
        return checkWeights(workspace, analysis, {}, task);
    }

    std::string workspace_;
    unsigned runs_ = 0;
    bool levels_ = false;
    bool checkWeights_ = false;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> clustersVerb()
{
    return std::make_unique<Clusters>();
}

}  // namespace kith::cli
