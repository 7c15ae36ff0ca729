#include "ui/map/labels.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace kith {

std::optional<QRectF> LabelPlaces::take(const std::vector<QRectF>& places)
{
    const auto found =
        std::ranges::find_if(places, [this](const QRectF& place) { return free(place); });
    if (found == places.end()) return std::nullopt;
    taken_.push_back(*found);
    return *found;
}

bool LabelPlaces::free(const QRectF& place) const
{
    constexpr double halo = 2;
    const auto whole = place.adjusted(-halo, -halo, halo, halo);
    return surface_.contains(place) && std::ranges::none_of(taken_, [&](const QRectF& other) {
               return other.intersects(whole);
           });
}

QSizeF sizeOf(const QStringList& lines, const QFont& font)
{
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const auto& line : lines) width = std::max(width, metrics.horizontalAdvance(line));
    return {width + 4, metrics.height() * static_cast<double>(lines.size()) + 2};
}

void drawHaloed(QPainter& painter, const QRectF& place, const QStringList& lines, const QFont& font,
                const QColor& ink, const QColor& halo)
{
    const QFontMetricsF metrics(font);
    QPainterPath letters;
    double baseline = place.top() + 1 + metrics.ascent();
    for (const auto& line : lines) {
        const double left = place.center().x() - metrics.horizontalAdvance(line) / 2;
        letters.addText(left, baseline, font, line);
        baseline += metrics.height();
    }
    letters.setFillRule(Qt::WindingFill);
    painter.strokePath(letters, QPen(halo, 3.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(letters, ink);
}

QStringList wrapped(const QString& label, const QFont& font, double width)
{
    const QString dot = QStringLiteral(" · ");
    const QFontMetricsF metrics(font);
    QStringList lines;
    const auto breaks = label.contains(dot) ? dot : QStringLiteral(" ");
    for (const auto& part : label.split(breaks, Qt::SkipEmptyParts)) {
        const auto longer = lines.isEmpty() ? part : lines.last() + breaks + part;
        if (lines.isEmpty() || metrics.horizontalAdvance(longer) > width)
            lines.append(part);
        else
            lines.last() = longer;
    }
    return lines;
}

}  // namespace kith
