#pragma once

#include <QColor>
#include <QFont>
#include <QPainterPath>
#include <QRectF>

#include "core/layout/scene.h"
#include "ui/map/view.h"

#include <set>
#include <utility>
#include <vector>

class QPainter;

namespace kith {

class LabelPlaces;

enum class MapLabels { None, Some, All };

/// The few colours of the theme that a map needs; territories bring their own.
struct MapColours {
    QColor surface;
    QColor text;
    QColor muted;
    QColor line;
    QColor raised;  ///< ground of tips
    QColor focus;   ///< what is chosen, and the focus ring
};

/// Who talks about the same, but not with each other.
struct MapGaps {
    bool shown = false;  ///< ties step back, so that what is missing is seen
    std::vector<std::pair<Vertex, Vertex>> people;
    std::vector<std::pair<int, int>> groups;  ///< clusters

    friend bool operator==(const MapGaps&, const MapGaps&) = default;
};

/// How a scene is to be drawn. Cheap to copy into a worker.
struct MapStyle {
    MapColours colours;
    QFont font;
    MapLabels labels = MapLabels::Some;
    double tiesAtLeast = 0;    ///< weaker ties (0..1) are left out
    std::set<int> lit;         ///< clusters in full colour; empty = all
    std::vector<bool> dimmed;  ///< by vertex, people who step back; empty = nobody
    MapGaps gaps;
    QRectF labelArea;    ///< where labels may stand; empty = the whole surface
    bool quick = false;  ///< while moving: no antialiasing, few ties, no names

    bool isLit(int cluster) const { return lit.empty() || lit.contains(cluster); }
    bool isDimmed(Vertex vertex) const { return vertex < dimmed.size() && dimmed[vertex]; }
};

/// Radius of a person's mark in surface pixels.
double radiusOf(const MapPerson& person, double scale);

/// The mark of a territory's colour, blended for the surface it lies on.
QColor territoryInk(int colour, const MapColours& colours);

/// Fills `area` with the hatch that belongs to a colour: the second channel beside the colour.
void hatch(QPainter& painter, const QPainterPath& area, int colour, const QColor& ink);

/// Draws a scene on any paint device, so that screen, picture and print agree: far out the
/// territories and the roads between them, nearer people and ties, nearest names. Labels never
/// overlap; which are left out first is decided by size. Time O(people + ties), in pixels drawn.
class MapPainter {
public:
    /// Keeps references: use it within one expression or scope.
    MapPainter(const MapScene& scene, const MapView& view, QRectF surface, const MapStyle& style);

    void paint(QPainter& painter) const;

private:
    void drawRoads(QPainter& painter) const;
    void drawTerritories(QPainter& painter) const;
    void drawTies(QPainter& painter) const;
    void drawGaps(QPainter& painter) const;
    void drawPeople(QPainter& painter) const;
    void drawPerson(QPainter& painter, const MapPerson& person) const;
    void drawTerritoryLabel(QPainter& painter, const MapTerritory& territory,
                            LabelPlaces& places) const;
    void drawLabels(QPainter& painter) const;
    void drawNames(QPainter& painter, const std::vector<const MapPerson*>& visible,
                   LabelPlaces& places) const;
    std::vector<const MapPerson*> visiblePeople() const;
    QColor inkOf(int colour, bool stepsBack) const;
    bool namedAtThisDistance(const MapPerson& person, std::size_t visible) const;

    const MapScene& scene_;
    const MapView& view_;
    const QRectF surface_;
    const MapStyle& style_;
};

}  // namespace kith
