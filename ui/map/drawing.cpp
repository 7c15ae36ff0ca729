#include "ui/map/drawing.h"

#include <QCoreApplication>

#include "core/analysis/sentences.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {
namespace {

constexpr int otherValues = -2;
constexpr int notKnown = -1;

QString say(const char* text)
{
    return QCoreApplication::translate("Map", text);
}

std::vector<double> sizes(const Analysis& analysis, MapSize size)
{
    const auto& graph = analysis.people.graph;
    std::vector<double> values(graph.people());
    for (std::size_t v = 0; v < values.size(); ++v) {
        switch (size) {
        case MapSize::Messages: values[v] = static_cast<double>(analysis.messages.at(v)); break;
        case MapSize::Ties: values[v] = graph.strength[v]; break;
        case MapSize::Crossing: values[v] = analysis.participation.at(v); break;
        }
    }
    return values;
}

void byGroup(const Analysis& analysis, MapDrawing& drawing)
{
    drawing.keyOf = analysis.clusterOf;
    for (const auto& cluster : analysis.clusters) {
        drawing.legend.push_back({static_cast<int>(cluster.id), shown(cluster.label),
                                  cluster.members.size(), cluster.colour,
                                  QString::fromStdString(plainVerdict(cluster.verdict))});
    }
    const auto alone = static_cast<std::size_t>(std::ranges::count(analysis.clusterOf, -1));
    if (alone > 0) drawing.legend.push_back({-1, say("In no group"), alone, -1, {}});
}

/// The commonest values get the colours; the rest share grey.
void byTrait(const Analysis& analysis, const std::map<PersonId, std::string>& values,
             MapDrawing& drawing)
{
    std::map<std::string, std::size_t> counts;
    for (const auto person : analysis.people.people) {
        const auto value = values.find(person);
        if (value != values.end()) ++counts[value->second];
    }
    std::vector<std::pair<std::string, std::size_t>> common(counts.begin(), counts.end());
    std::ranges::stable_sort(common,
                             [](const auto& a, const auto& b) { return a.second > b.second; });
    std::map<std::string, int> keys;
    std::size_t others = 0;
    for (const auto& [value, count] : common) {
        if (keys.size() == territoryColours) {
            others += count;
            continue;
        }
        const int key = static_cast<int>(keys.size());
        keys[value] = key;
        drawing.legend.push_back({key, shown(value), count, key, {}});
    }
    std::size_t unknown = 0;
    for (const auto person : analysis.people.people) {
        const auto value = values.find(person);
        const auto key = value == values.end() ? keys.end() : keys.find(value->second);
        drawing.keyOf.push_back(key != keys.end()       ? key->second
                                : value != values.end() ? otherValues
                                                        : notKnown);
        unknown += value == values.end() ? 1U : 0U;
    }
    if (others > 0) drawing.legend.push_back({otherValues, say("Other values"), others, -1, {}});
    if (unknown > 0) drawing.legend.push_back({notKnown, say("Not known"), unknown, -1, {}});
}

}  // namespace

MapDrawing drawingOf(std::shared_ptr<const Analysis> analysis, const MapChoices& choices,
                     const std::map<PersonId, std::string>& values)
{
    MapDrawing drawing;
    drawing.choices = choices;
    drawing.labels = labels(*analysis, choices.naming);
    auto scene = std::make_shared<MapScene>(
        sceneOf(*analysis, choices.naming, sizes(*analysis, choices.size)));
    if (choices.trait) {
        byTrait(*analysis, values, drawing);
        for (auto& territory : scene->territories) territory.colour = -1;
        for (auto& person : scene->people) {
            person.colour = std::max(-1, drawing.keyOf[person.vertex]);
        }
    } else {
        byGroup(*analysis, drawing);
    }
    drawing.analysis = std::move(analysis);
    drawing.scene = std::move(scene);
    return drawing;
}

}  // namespace kith
