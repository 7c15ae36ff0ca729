#include "ui/theme/icons.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

static void useResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace kith {

namespace {

QByteArray coloured(const QString& name, const QColor& colour)
{
    useResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().replace("currentColor", colour.name().toLatin1());
}

/// Draws the SVG in the palette's colour of the moment, so that a change of theme needs no reload.
class LineIcon final : public QIconEngine {
public:
    explicit LineIcon(QString name) : name_(std::move(name)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        QSvgRenderer renderer(coloured(name_, palette.color(group, QPalette::Text)));
        renderer.render(painter, rect);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return picture;
    }

    QIconEngine* clone() const override { return new LineIcon(name_); }

private:
    QString name_;
};

}  // namespace

QIcon icon(const QString& name)
{
    useResources();
    if (!QFile::exists(QStringLiteral(":/icons/%1.svg").arg(name))) return {};
    return QIcon(new LineIcon(name));
}

QPixmap iconPixmap(const QString& name, int size, const QColor& colour, qreal pixelRatio)
{
    QPixmap picture(QSize(size, size) * pixelRatio);
    picture.fill(Qt::transparent);
    picture.setDevicePixelRatio(pixelRatio);
    QPainter painter(&picture);
    QSvgRenderer renderer(coloured(name, colour));
    renderer.render(&painter, QRectF(0, 0, size, size));
    return picture;
}

}  // namespace kith
