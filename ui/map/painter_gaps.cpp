// What is missing on the map: a line is broken where no tie is.

#include <QPainter>

#include "ui/map/painter.h"

#include <map>

namespace kith {
namespace {

/// In strokes and gaps as wide as the line, whatever its width.
QPen broken(const QColor& ink, double width)
{
    QPen pen(ink, width, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({3, 2.2});
    return pen;
}

}  // namespace

void MapPainter::drawGaps(QPainter& painter) const
{
    if (!style_.gaps.shown) return;
    std::map<int, Point> middles;
    for (const auto& territory : scene_.territories) middles[territory.cluster] = territory.labelAt;
    auto wide = style_.colours.focus;
    wide.setAlphaF(0.35F);
    painter.setPen(broken(wide, std::clamp(view_.scale / 40, 6.0, 14.0)));
    for (const auto& [a, b] : style_.gaps.groups) {
        const auto from = middles.find(a);
        const auto to = middles.find(b);
        if (from == middles.end() || to == middles.end()) continue;
        painter.drawLine(view_.toSurface(from->second), view_.toSurface(to->second));
    }
    std::map<Vertex, Point> places;
    for (const auto& person : scene_.people) places[person.vertex] = person.at;
    painter.setPen(broken(style_.colours.focus, 2));
    for (const auto& [a, b] : style_.gaps.people) {
        const auto from = places.find(a);
        const auto to = places.find(b);
        if (from == places.end() || to == places.end()) continue;
        painter.drawLine(view_.toSurface(from->second), view_.toSurface(to->second));
    }
}

}  // namespace kith
