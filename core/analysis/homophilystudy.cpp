#include "core/analysis/homophilystudy.h"

#include "core/base/error.h"
#include "core/store/messages.h"

namespace kith {
namespace {

PanelOptions permutationsOf(const HomophilyStudyOptions& options)
{
    PanelOptions permutations;
    permutations.permutations = options.analysis.permutations;
    permutations.seed = options.analysis.seed;
    permutations.threads = options.analysis.threads;
    permutations.bootstraps = options.bootstraps;
    return permutations;
}

void studyAmounts(HomophilyStudy& study, const PeopleGraph& people,
                  const PanelOptions& permutations, Task& task)
{
    const auto& values = study.column.amounts;
    study.amounts = scalarHomophily(people.graph, values, permutations, task);
    if (study.directed) study.amountsAlongArcs = scalarAssortativity(people.arcs, values);
    try {
        study.neighbours = neighbourCorrelation(people.graph, values, permutations, task);
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::TooLittleData)
            throw;  // then there is nothing to correlate
    }
}

void studyClusters(HomophilyStudy& study, const PanelOptions& permutations, Task& task)
{
    const auto& column = study.column;
    ClusterTraits traits;
    traits.names = {column.trait.name};
    traits.nominal.push_back(column.asGroups ? column.groups : NominalValues{});
    traits.numeric.push_back(column.asGroups ? NumericValues{} : column.amounts);
    for (auto& row :
         testLikeness(study.analysis->consensus.partition, traits, permutations, task)) {
        if (row.cluster < study.analysis->clusters.size()) study.alike.push_back(std::move(row));
    }
    for (const auto& cluster : study.analysis->clusters) {
        std::vector<Likeness> own;
        for (const auto& row : study.alike)
            if (row.cluster == cluster.id) own.push_back(row);
        study.verdicts.push_back(verdictOf(cluster.members.size(), cluster.conductance,
                                           cluster.stability, study.analysis->structured, own));
    }
}

/// True when there are ties and each has a direction.
bool everyTieDirected(const Workspace& workspace, const Selection& selection, Task& task)
{
    std::size_t ties = 0;
    std::size_t directed = 0;
    eachTie(
        workspace, selection,
        [&](const TieRow& row) {
            ++ties;
            directed += row.directed ? 1U : 0U;
        },
        task);
    return ties > 0 && directed == ties;
}

}  // namespace

HomophilyStudy studyHomophily(const Workspace& workspace, const std::string& trait,
                              const HomophilyStudyOptions& options, Task& task)
{
    HomophilyStudy study;
    const auto permutations = permutationsOf(options);
    PeopleGraph alone;
    if (options.clusters) {
        auto quick = options.analysis;
        quick.traits = false;
        quick.bridges = false;
        quick.text = false;
        quick.layout = false;
        study.analysis = analyse(workspace, quick, task);
    } else {
        alone =
            interactionGraph(workspace, options.analysis.selection, options.analysis.weights, task);
    }
    const PeopleGraph& people = study.analysis ? study.analysis->people : alone;
    study.column = traitColumn(workspace, people, trait, options.reading);
    study.people = people.people.size();
    study.messages = people.messages;
    study.directed = everyTieDirected(workspace, options.analysis.selection, task);
    if (study.column.asGroups) {
        study.groups = homophilyPanel(people.graph, study.column.groups, permutations, task);
        if (study.directed)
            study.arcs = arcHomophily(people.people.size(), people.arcs, study.column.groups);
    }
    if (!study.column.amounts.empty()) studyAmounts(study, people, permutations, task);
    if (study.analysis) studyClusters(study, permutations, task);
    return study;
}

}  // namespace kith
