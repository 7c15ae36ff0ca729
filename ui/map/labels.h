#pragma once

#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QStringList>

#include <optional>
#include <vector>

class QColor;
class QPainter;

namespace kith {

/// Remembers where labels and marks stand, so that no label covers another.
class LabelPlaces {
public:
    explicit LabelPlaces(const QRectF& surface) : surface_(surface) {}

    /// Takes the first of the places that is free and wholly on the surface.
    std::optional<QRectF> take(const std::vector<QRectF>& places);

    void block(const QRectF& place) { taken_.push_back(place); }

private:
    bool free(const QRectF& place) const;

    QRectF surface_;
    std::vector<QRectF> taken_;
};

/// Size of lines set under each other.
QSizeF sizeOf(const QStringList& lines, const QFont& font);

/// Lines centred in `place`, with a halo in the colour of the ground so that they can be read on
/// anything.
void drawHaloed(QPainter& painter, const QRectF& place, const QStringList& lines, const QFont& font,
                const QColor& ink, const QColor& halo);

/// Breaks "damp · mould · landlord" at its dots so that no line is wider than `width` if it can be.
QStringList wrapped(const QString& label, const QFont& font, double width);

}  // namespace kith
