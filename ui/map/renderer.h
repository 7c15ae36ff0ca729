#pragma once

#include <QImage>
#include <QObject>
#include <QThreadPool>

#include "ui/map/painter.h"

#include <atomic>
#include <cstdint>
#include <memory>

namespace kith {

/// A finished picture of a part of the map.
struct MapPicture {
    QImage image;
    MapView view;    ///< as on the widget
    QRectF surface;  ///< the part of the widget's plane that the image covers
};

/// Draws full pictures off the GUI thread. A new wish supersedes one that has not begun; only the
/// newest picture is handed over.
class MapRenderer final : public QObject {
    Q_OBJECT

public:
    explicit MapRenderer(QObject* parent = nullptr);
    ~MapRenderer() override;

    void draw(std::shared_ptr<const MapScene> scene, const MapView& view, const QRectF& surface,
              const MapStyle& style, double pixelRatio);

    bool busy() const { return delivered_ != wished_; }

Q_SIGNALS:
    void drawn(const MapPicture& picture);

private:
    void deliver(std::uint64_t wish, const MapPicture& picture);

    std::atomic<std::uint64_t> wished_ = 0;
    std::uint64_t delivered_ = 0;
    QThreadPool pool_;
};

/// The same, at once.
QImage drawMap(const MapScene& scene, const MapView& view, const QRectF& surface,
               const MapStyle& style, double pixelRatio);

}  // namespace kith
