#include "core/report/tables.h"

#include "core/store/people.h"
#include "core/version.h"

#include <cmath>
#include <fmt/format.h>

namespace kith {
namespace {

std::string numberText(double value)
{
    return std::isfinite(value) ? fmt::format("{:.10g}", value) : std::string();
}

ExportColumn clusterColumn(const Analysis& analysis)
{
    ExportColumn column{"cluster", true, {}};
    for (const int cluster : analysis.clusterOf) {
        column.values.push_back(cluster < 0 ? std::string() : std::to_string(cluster));
    }
    return column;
}

ExportColumn clusterLabelColumn(const Analysis& analysis)
{
    ExportColumn column{"cluster_label", false, {}};
    for (const int cluster : analysis.clusterOf) {
        column.values.push_back(cluster < 0
                                    ? std::string()
                                    : analysis.clusters[static_cast<std::size_t>(cluster)].label);
    }
    return column;
}

ExportColumn numbers(std::string name, const std::vector<double>& values)
{
    ExportColumn column{std::move(name), true, {}};
    for (const double value : values) column.values.push_back(numberText(value));
    return column;
}

ExportColumn traitColumn(const Workspace& workspace, const Analysis& analysis, const Trait& trait)
{
    ExportColumn column{trait.name, trait.scale == TraitScale::Numeric, {}};
    const auto values = traitValues(workspace, trait.id);
    for (const auto person : analysis.people.people) {
        const auto known = values.find(person);
        column.values.push_back(known == values.end() ? std::string() : known->second);
    }
    return column;
}

std::string selectionText(const Selection& selection)
{
    std::string text;
    if (selection.from) text += "from " + isoText(*selection.from) + ' ';
    if (selection.until) text += "until " + isoText(*selection.until) + ' ';
    for (const auto source : selection.sources) text += fmt::format("source {} ", source.value);
    for (const auto kind : selection.kinds) text += fmt::format("kind {} ", name(kind));
    if (selection.concern) text += fmt::format("concern {} ", selection.concern->value);
    if (selection.community) text += fmt::format("community {} ", selection.community->value);
    if (selection.minWeight > 0) text += fmt::format("minimum weight {:g} ", selection.minWeight);
    if (text.empty()) return "everything";
    text.pop_back();
    return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> provenance(const Analysis& analysis)
{
    const auto& options = analysis.options;
    return {
        {"program", std::string("Kith ") + kithVersion},
        {"selection", selectionText(options.selection)},
        {"people", std::to_string(analysis.persons.size())},
        {"messages", std::to_string(analysis.people.messages)},
        {"ties", std::to_string(analysis.people.graph.ties())},
        {"method", "Leiden, modularity, consensus of runs"},
        {"resolution", fmt::format("{:g}", options.resolution)},
        {"seed", std::to_string(options.seed)},
        {"runs", std::to_string(analysis.consensus.runs)},
        {"null samples", std::to_string(analysis.null.samples)},
        {"permutations", std::to_string(options.permutations)},
        {"half-life in days", fmt::format("{:g}", options.weights.halfLifeDays)},
    };
}

GraphExport graphExport(const Workspace& workspace, const Analysis& analysis, Naming naming)
{
    GraphExport data;
    data.graph = &analysis.people;
    data.labels = labels(analysis, naming);
    if (naming == Naming::None) {
        for (std::size_t v = 0; v < data.labels.size(); ++v) data.labels[v] = std::to_string(v + 1);
    }
    data.columns.push_back(clusterColumn(analysis));
    if (analysis.options.text) data.columns.push_back(clusterLabelColumn(analysis));
    data.columns.push_back(numbers("betweenness", analysis.betweenness.value));
    data.columns.push_back(numbers("participation", analysis.participation));
    data.columns.push_back(
        numbers("messages", {analysis.messages.begin(), analysis.messages.end()}));
    if (naming == Naming::Real) {
        for (const auto& trait : traits(workspace))
            data.columns.push_back(traitColumn(workspace, analysis, trait));
    }
    data.provenance = provenance(analysis);
    return data;
}

}  // namespace kith
