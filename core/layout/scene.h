#pragma once

#include "core/graph/graph.h"
#include "core/layout/layout.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// What a map shows, as shapes in map coordinates (unit square). Colours are numbers of the palette
/// of territories (-1 = grey), so that screen, picture and report agree; painters add nothing.
struct MapTerritory {
    int cluster = 0;
    int colour = -1;
    std::string label;  ///< in the people's own words
    std::size_t people = 0;
    std::vector<std::vector<Point>> outline;  ///< closed contours, filled by even-odd
    Point labelAt;
};

struct MapPerson {
    Vertex vertex = 0;
    int cluster = -1;
    int colour = -1;
    Point at;
    double size = 1;  ///< 0..1 of the largest; draw it as the area, radius by its root
    bool bridge = false;
    bool organisation = false;
    std::string label;  ///< name or pseudonym
};

struct MapTie {
    Vertex a = 0;
    Vertex b = 0;
    Point from;
    Point to;
    double strength = 0;    ///< 0..1 of the strongest
    bool crossing = false;  ///< between clusters
};

struct MapScene {
    std::vector<MapTerritory> territories;  ///< by descending people
    std::vector<MapTie> ties;               ///< weakest first
    std::vector<MapPerson> people;          ///< smallest first
    std::size_t peopleInAll = 0;
    std::size_t tiesInAll = 0;
};

/// What goes into a scene, beside the graph.
struct SceneInput {
    std::vector<Point> positions;           ///< by vertex
    std::vector<int> clusterOf;             ///< by vertex; -1 = none
    std::vector<int> clusterColour;         ///< by cluster
    std::vector<std::string> clusterLabel;  ///< by cluster
    std::vector<std::string> personLabel;   ///< by vertex
    std::vector<double> personSize;         ///< by vertex, any non-negative measure
    std::vector<bool> bridge;               ///< by vertex
    std::vector<bool> organisation;         ///< by vertex
    std::size_t tieBudget = 5000;           ///< the strongest are kept
};

/// Territories are contours of the density of a cluster's people, smoothed, cut where clusters
/// meet; a cluster of fewer than three people has none.
MapScene mapScene(const Graph& graph, const SceneInput& input);

/// The palette of territories: Okabe-Ito without black, as "#rrggbb"; colour -1 is mapGrey.
inline constexpr std::size_t territoryColours = 7;
const char* territoryColour(int colour);

}  // namespace kith
