#include "ui/map/view.h"

#include <algorithm>

namespace kith {

QRectF contentOf(const MapScene& scene)
{
    QPointF low(1e9, 1e9);
    QPointF high(-1e9, -1e9);
    const auto include = [&](Point at) {
        low = {std::min(low.x(), at.x), std::min(low.y(), at.y)};
        high = {std::max(high.x(), at.x), std::max(high.y(), at.y)};
    };
    for (const auto& person : scene.people) include(person.at);
    for (const auto& territory : scene.territories) {
        for (const auto& contour : territory.outline) std::ranges::for_each(contour, include);
    }
    if (low.x() > high.x()) return {0, 0, 1, 1};
    constexpr double smallest = 0.05;  // one person alone must not fill the screen
    QRectF content(low, high);
    if (content.width() < smallest) content.adjust(-smallest, 0, smallest, 0);
    if (content.height() < smallest) content.adjust(0, -smallest, 0, smallest);
    return content;
}

MapView fitting(const QRectF& content, QSizeF surface)
{
    constexpr double air = 0.06;
    const double across = surface.width() * (1 - 2 * air) / content.width();
    const double down = surface.height() * (1 - 2 * air) / content.height();
    const double scale = std::max(1.0, std::min(across, down));
    const QPointF middle(surface.width() / 2, surface.height() / 2);
    return {scale, middle - content.center() * scale};
}

}  // namespace kith
