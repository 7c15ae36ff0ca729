#include <QPainter>

#include "ui/map/painter.h"

#include <cmath>

namespace kith {
namespace {

/// Parallel lines at an angle, across a whole box.
QVector<QLineF> ruled(const QRectF& box, double degrees, double apart)
{
    const double angle = degrees * 3.14159265358979 / 180;
    const QPointF along(std::cos(angle), std::sin(angle));
    const QPointF across(-along.y(), along.x());
    const double reach = std::hypot(box.width(), box.height()) / 2;
    QVector<QLineF> lines;
    for (double step = -reach; step <= reach; step += apart) {
        const auto middle = box.center() + across * step;
        lines.append({middle - along * reach, middle + along * reach});
    }
    return lines;
}

}  // namespace

void hatch(QPainter& painter, const QPainterPath& area, int colour, const QColor& ink)
{
    if (colour < 0) return;  // grey is plain
    constexpr double apart = 7;
    const auto box = area.boundingRect();
    if (box.width() > 20'000 || box.height() > 20'000) return;  // too near for a pattern to help
    painter.save();
    painter.setClipPath(area, Qt::IntersectClip);
    painter.setPen(QPen(ink, 1));
    switch (colour % 7) {
    case 0: painter.drawLines(ruled(box, 45, apart)); break;
    case 1: painter.drawLines(ruled(box, -45, apart)); break;
    case 2: painter.drawLines(ruled(box, 0, apart)); break;
    case 3: painter.drawLines(ruled(box, 90, apart)); break;
    case 4:
        painter.drawLines(ruled(box, 45, apart * 1.6));
        painter.drawLines(ruled(box, -45, apart * 1.6));
        break;
    case 5:
        painter.drawLines(ruled(box, 0, apart * 1.6));
        painter.drawLines(ruled(box, 90, apart * 1.6));
        break;
    default: painter.drawLines(ruled(box, 20, apart * 0.6)); break;
    }
    painter.restore();
}

}  // namespace kith
