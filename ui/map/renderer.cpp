#include "ui/map/renderer.h"

#include <QMetaObject>
#include <QPainter>

namespace kith {

QImage drawMap(const MapScene& scene, const MapView& view, const QRectF& surface,
               const MapStyle& style, double pixelRatio)
{
    QImage image((surface.size() * pixelRatio).toSize(), QImage::Format_RGB32);
    image.fill(style.colours.surface);
    image.setDevicePixelRatio(pixelRatio);
    QPainter painter(&image);
    painter.translate(-surface.topLeft());
    MapPainter(scene, view, surface, style).paint(painter);
    return image;
}

MapRenderer::MapRenderer(QObject* parent) : QObject(parent)
{
    pool_.setMaxThreadCount(1);
}

MapRenderer::~MapRenderer()
{
    ++wished_;  // what waits gives up
    pool_.clear();
    pool_.waitForDone();
}

void MapRenderer::draw(std::shared_ptr<const MapScene> scene, const MapView& view,
                       const QRectF& surface, const MapStyle& style, double pixelRatio)
{
    const auto wish = ++wished_;
    pool_.clear();
    pool_.start([this, wish, scene = std::move(scene), view, surface, style, pixelRatio] {
        if (wish != wished_) return;
        const MapPicture picture{drawMap(*scene, view, surface, style, pixelRatio), view, surface};
        QMetaObject::invokeMethod(
            this, [this, wish, picture] { deliver(wish, picture); }, Qt::QueuedConnection);
    });
}

void MapRenderer::deliver(std::uint64_t wish, const MapPicture& picture)
{
    if (wish != wished_) return;
    delivered_ = wish;
    Q_EMIT drawn(picture);
}

}  // namespace kith
