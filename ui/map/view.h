#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include "core/layout/scene.h"

namespace kith {

/// Where the map's unit square lies on a surface: everything about panning and zooming.
struct MapView {
    double scale = 1;  ///< surface pixels of one map unit
    QPointF origin;    ///< where map point (0, 0) lands

    QPointF toSurface(Point at) const { return origin + QPointF(at.x, at.y) * scale; }
    Point toMap(QPointF at) const
    {
        const auto unit = (at - origin) / scale;
        return {unit.x(), unit.y()};
    }

    MapView moved(QPointF by) const { return {scale, origin + by}; }

    /// Zooms so that what is under `about` stays there.
    MapView zoomed(double factor, QPointF about) const
    {
        return {scale * factor, about + (origin - about) * factor};
    }

    friend bool operator==(const MapView&, const MapView&) = default;
};

/// The part of the map that holds anything, in map units; the unit square for an empty scene.
QRectF contentOf(const MapScene& scene);

/// Shows all of `content` in the middle of a surface, with some air around it.
MapView fitting(const QRectF& content, QSizeF surface);

}  // namespace kith
