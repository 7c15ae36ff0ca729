#pragma once

#include <QString>

#include "core/analysis/analysis.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith {

enum class MapSize { Messages, Ties, Crossing };

/// What the reader of the map has asked to see.
struct MapChoices {
    std::optional<TraitId> trait;  ///< colour by this trait; absent = by group
    MapSize size = MapSize::Messages;
    Naming naming = Naming::Real;

    friend bool operator==(const MapChoices&, const MapChoices&) = default;
};

/// One line of the legend: a group, or a value of the trait that colours the map.
struct LegendEntry {
    int key = 0;
    QString label;
    std::size_t people = 0;
    int colour = -1;
    QString note;  ///< the verdict on a group, in plain words
};

/// A scene ready to show, with its legend. Never changed after it was made.
struct MapDrawing {
    std::shared_ptr<const Analysis> analysis;
    MapChoices choices;
    std::shared_ptr<const MapScene> scene;
    std::vector<LegendEntry> legend;
    std::vector<int> keyOf;           ///< by vertex: key of its legend entry
    std::vector<std::string> labels;  ///< by vertex
};

/// @param values of the trait in `choices`, by person; empty when coloured by group
/// Time O(people + ties), beside what the contours take: not for the GUI thread.
MapDrawing drawingOf(std::shared_ptr<const Analysis> analysis, const MapChoices& choices,
                     const std::map<PersonId, std::string>& values);

}  // namespace kith
