#include "ui/map/canvas.h"

#include <QAccessible>
#include <QFontMetricsF>
#include <QPainter>
#include <QResizeEvent>

#include "ui/map/accessible.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {
namespace {

constexpr int restBeforeDrawing = 150;  // ms after the last movement
constexpr double margin = 0.15;         // drawn beyond each edge, so that a short drag shows map

}  // namespace

MapCanvas::MapCanvas(QWidget* parent) : QWidget(parent), scene_(std::make_shared<MapScene>())
{
    describeMapsToScreenReaders();
    setObjectName(QStringLiteral("mapCanvas"));
    setAccessibleName(tr("Map"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    rest_.setSingleShot(true);
    rest_.setInterval(restBeforeDrawing);
    connect(&rest_, &QTimer::timeout, this, &MapCanvas::drawNow);
    connect(&renderer_, &MapRenderer::drawn, this, &MapCanvas::receive);
    setScene(scene_, true);
}

void MapCanvas::setScene(std::shared_ptr<const MapScene> scene, bool fitAgain)
{
    scene_ = std::move(scene);
    grid_ = std::make_unique<MapGrid>(*scene_);
    walk_ = std::make_unique<MapWalk>(*scene_);
    hovered_.reset();
    walkedFrom_.reset();
    std::erase_if(chosen_, [this](Vertex person) { return !walk_->indexOf(person); });
    fitted_ = fitting(contentOf(*scene_), size());
    if (fitAgain) fit();
    setAccessibleDescription(summary());
    drawNow();
}

void MapCanvas::setLook(const MapStyle& look)
{
    look_ = look;
    drawNow();
}

void MapCanvas::setTool(Tool tool)
{
    if (tool_ == tool) return;
    tool_ = tool;
    setCursor(tool == Tool::Lasso ? Qt::CrossCursor : Qt::ArrowCursor);
    Q_EMIT toolChanged(tool);
}

void MapCanvas::setChosen(std::vector<Vertex> chosen)
{
    std::erase_if(chosen, [this](Vertex person) { return !walk_->indexOf(person); });
    if (chosen_ == chosen) return;
    chosen_ = std::move(chosen);
    if (chosen_.size() == 1) walkedFrom_ = chosen_.front();
    update();
}

QString MapCanvas::summary() const
{
    if (scene_->people.empty()) return tr("Nobody is on the map.");
    auto text = tr("%1 in %2")
                    .arg(counted(scene_->peopleInAll, tr("person"), tr("people")),
                         counted(scene_->territories.size(), tr("group"), tr("groups")));
    if (!scene_->territories.empty()) {
        const auto& largest = scene_->territories.front();
        text += tr("; largest: %1, with %2")
                    .arg(shown(largest.label), counted(largest.people, tr("person"), tr("people")));
    }
    const auto cross = static_cast<std::size_t>(
        std::ranges::count_if(scene_->people, [](const MapPerson& p) { return p.bridge; }));
    return text + tr("; %1 who cross.").arg(cross);
}

bool MapCanvas::settled() const
{
    return !rest_.isActive() && !renderer_.busy() && picture_.view == view_;
}

void MapCanvas::fit()
{
    viewIsFitted_ = true;
    fitted_ = fitting(contentOf(*scene_), size());
    view_ = fitted_;
    drawSoon();
}

void MapCanvas::zoomIn()
{
    zoomBy(1.25, QRectF(rect()).center());
}
void MapCanvas::zoomOut()
{
    zoomBy(0.8, QRectF(rect()).center());
}

void MapCanvas::zoomBy(double factor, QPointF about)
{
    constexpr double nearest = 60;
    constexpr double furthest = 0.5;
    const double scale =
        std::clamp(view_.scale * factor, fitted_.scale * furthest, fitted_.scale * nearest);
    moveTo(view_.zoomed(scale / view_.scale, about));
}

void MapCanvas::moveTo(const MapView& view)
{
    viewIsFitted_ = false;
    view_ = view;
    drawSoon();
}

void MapCanvas::drawSoon()
{
    rest_.start();
    update();
}

void MapCanvas::drawNow()
{
    rest_.stop();
    if (width() < 1 || height() < 1) return;
    const double across = width() * margin;
    const double down = height() * margin;
    const auto surface = QRectF(rect()).adjusted(-across, -down, across, down);
    auto look = look_;
    look.labelArea = rect();
    renderer_.draw(scene_, view_, surface, look, devicePixelRatioF());
    update();
}

void MapCanvas::receive(const MapPicture& picture)
{
    picture_ = picture;
    update();
}

void MapCanvas::resizeEvent(QResizeEvent* event)
{
    fitted_ = fitting(contentOf(*scene_), size());
    if (viewIsFitted_) {
        fit();
    } else {
        const auto grown = event->size() - event->oldSize();
        view_ = view_.moved(QPointF(grown.width(), grown.height()) / 2);
        drawSoon();
    }
}

void MapCanvas::paintEvent(QPaintEvent*)
{
    if (!picture_.image.isNull() && picture_.image.devicePixelRatio() != devicePixelRatioF() &&
        !rest_.isActive())
        rest_.start();
    QPainter painter(this);
    paintPicture(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintChosen(painter);
    paintLasso(painter);
    paintTip(painter);
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look_.colours.focus, 2));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

void MapCanvas::paintPicture(QPainter& painter) const
{
    painter.fillRect(rect(), look_.colours.surface);
    const double factor = picture_.image.isNull() ? 0 : view_.scale / picture_.view.scale;
    if (factor < 0.4 || factor > 2.5) {  // nothing to show yet, or too far from it
        auto quick = look_;
        quick.quick = true;
        MapPainter(*scene_, view_, rect(), quick).paint(painter);
        return;
    }
    // The picture's plane, moved and stretched to where the view is now.
    const auto at = [&](QPointF corner) {
        return view_.origin + (corner - picture_.view.origin) * factor;
    };
    const QRectF target(at(picture_.surface.topLeft()), at(picture_.surface.bottomRight()));
    if (factor == 1)
        painter.drawImage(target.topLeft(), picture_.image);
    else
        painter.drawImage(target, picture_.image);
}

void MapCanvas::ring(QPainter& painter, const MapPerson& person, double width) const
{
    const double radius = radiusOf(person, view_.scale) + 4;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look_.colours.surface, width + 2));
    painter.drawEllipse(view_.toSurface(person.at), radius, radius);
    painter.setPen(QPen(look_.colours.focus, width));
    painter.drawEllipse(view_.toSurface(person.at), radius, radius);
}

void MapCanvas::paintChosen(QPainter& painter) const
{
    if (chosen_.size() == 1) {  // their ties, so that one sees where the arrow keys can go
        const auto index = walk_->indexOf(chosen_.front());
        auto ink = look_.colours.focus;
        ink.setAlphaF(0.6F);
        painter.setPen(QPen(ink, 1.4));
        for (const auto other : walk_->neighbours(chosen_.front())) {
            painter.drawLine(view_.toSurface(scene_->people[*index].at),
                             view_.toSurface(scene_->people[*walk_->indexOf(other)].at));
        }
    }
    for (const auto vertex : chosen_) ring(painter, scene_->people[*walk_->indexOf(vertex)], 2.5);
    if (hovered_) ring(painter, scene_->people[*hovered_], 1.5);
}

void MapCanvas::paintLasso(QPainter& painter) const
{
    if (lasso_.size() < 2) return;
    QPolygonF line;
    for (const auto& at : lasso_) line.append(view_.toSurface(at));
    auto inside = look_.colours.focus;
    inside.setAlphaF(0.12F);
    painter.setBrush(inside);
    painter.setPen(QPen(look_.colours.focus, 1.5, Qt::DashLine));
    painter.drawPolygon(line);
}

void MapCanvas::paintTip(QPainter& painter) const
{
    if (!hovered_ || grabbed_ || circling_) return;
    const auto& person = scene_->people[*hovered_];
    const QFontMetricsF metrics(font());
    const auto name = metrics.elidedText(shownLine(person.label), Qt::ElideRight, 260);
    const auto group = metrics.elidedText(groupOf(person), Qt::ElideRight, 260);
    const double width =
        std::max(metrics.horizontalAdvance(name), metrics.horizontalAdvance(group)) + 16;
    QRectF box(view_.toSurface(person.at) + QPointF(12, 12),
               QSizeF(width, metrics.height() * 2 + 12));
    if (box.right() > rect().right()) box.moveRight(view_.toSurface(person.at).x() - 12);
    if (box.bottom() > rect().bottom()) box.moveBottom(view_.toSurface(person.at).y() - 12);
    painter.setPen(QPen(look_.colours.line, 1));
    painter.setBrush(look_.colours.raised);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(look_.colours.text);
    painter.drawText(box.topLeft() + QPointF(8, 6 + metrics.ascent()), name);
    painter.setPen(look_.colours.muted);
    painter.drawText(box.topLeft() + QPointF(8, 6 + metrics.height() + metrics.ascent()), group);
}

QString MapCanvas::groupOf(const MapPerson& person) const
{
    for (const auto& territory : scene_->territories) {
        if (territory.cluster != person.cluster) continue;
        const auto label = shown(territory.label);
        return person.bridge ? tr("%1 · crosses").arg(label) : label;
    }
    return person.cluster < 0 ? tr("In no group") : tr("In a small group");
}

}  // namespace kith
