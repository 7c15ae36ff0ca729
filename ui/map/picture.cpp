#include "ui/map/picture.h"

#include <QGuiApplication>
#include <QPainter>

#include "ui/map/renderer.h"
#include "ui/theme/theme.h"

namespace kith {

MapColours mapColours(const Tokens& tokens)
{
    return {tokens.surface, tokens.text, tokens.muted, tokens.line, tokens.raised, tokens.focus};
}

QImage renderMap(const MapScene& scene, QSize size, bool dark, double scale)
{
    MapStyle style;
    style.colours = mapColours(dark ? darkTokens() : lightTokens());
    style.font = QGuiApplication::font();
    const QRectF surface(QPointF(0, 0), QSizeF(size) / scale);
    auto image = drawMap(scene, fitting(contentOf(scene), surface.size()), surface, style, scale);
    image.setDevicePixelRatio(1);
    return image;
}

}  // namespace kith
