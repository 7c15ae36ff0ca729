#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include "ui/map/canvas.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <cmath>

namespace kith {
namespace {

constexpr double reach = 6;         // pixels beside a mark that still count as on it
constexpr double stepShare = 0.12;  // of the widget, for one arrow key

std::optional<Direction> directionOf(int key)
{
    switch (key) {
    case Qt::Key_Left: return Direction::Left;
    case Qt::Key_Right: return Direction::Right;
    case Qt::Key_Up: return Direction::Up;
    case Qt::Key_Down: return Direction::Down;
    default: return std::nullopt;
    }
}

}  // namespace

std::optional<std::size_t> MapCanvas::personAt(QPointF at) const
{
    constexpr double largestMark = 22;
    const auto index = grid_->nearest(view_.toMap(at), (largestMark + reach) / view_.scale);
    if (!index) return std::nullopt;
    const auto& person = scene_->people[*index];
    const auto away = view_.toSurface(person.at) - at;
    if (std::hypot(away.x(), away.y()) > radiusOf(person, view_.scale) + reach) return std::nullopt;
    return index;
}

void MapCanvas::choose(std::vector<Vertex> chosen)
{
    if (chosen_ == chosen) return;
    setChosen(std::move(chosen));
    Q_EMIT choiceChanged(chosen_);
    if (chosen_.size() == 1) {
        const auto& person = scene_->people[*walk_->indexOf(chosen_.front())];
        setAccessibleDescription(
            tr("Chosen: %1, %2. %3").arg(shownLine(person.label), groupOf(person), summary()));
    } else {
        setAccessibleDescription(tr("%n chosen. ", nullptr, static_cast<int>(chosen_.size())) +
                                 summary());
    }
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void MapCanvas::walk(Direction direction, bool adding)
{
    const auto from = chosen_.back();
    const auto to = walk_->towards(from, direction);
    if (!to) return;
    auto chosen = adding ? chosen_ : std::vector<Vertex>{};
    std::erase(chosen, *to);
    chosen.push_back(*to);
    choose(std::move(chosen));
    reveal(*to);
}

void MapCanvas::walkRound(int step)
{
    if (chosen_.empty()) return;
    const auto anchor = walkedFrom_.value_or(chosen_.back());
    const auto neighbours = walk_->neighbours(anchor);
    if (neighbours.empty()) return;
    const auto count = static_cast<std::ptrdiff_t>(neighbours.size());
    const auto here = std::ranges::find(neighbours, chosen_.back());
    std::ptrdiff_t next = step > 0 ? 0 : count - 1;
    if (here != neighbours.end()) next = (here - neighbours.begin() + step + count) % count;
    const auto to = neighbours[static_cast<std::size_t>(next)];
    choose({to});
    walkedFrom_ = anchor;  // choosing moved it; the round goes on about the same person
    reveal(to);
}

void MapCanvas::reveal(Vertex person)
{
    const auto at = view_.toSurface(scene_->people[*walk_->indexOf(person)].at);
    constexpr double edge = 24;
    const auto seen = QRectF(rect()).adjusted(edge, edge, -edge, -edge);
    if (!seen.contains(at)) moveTo(view_.moved(QRectF(rect()).center() - at));
}

bool MapCanvas::panBy(int key)
{
    const auto direction = directionOf(key);
    if (!direction) return false;
    const double across = width() * stepShare;
    const double down = height() * stepShare;
    switch (*direction) {
    case Direction::Left: moveTo(view_.moved({across, 0})); break;
    case Direction::Right: moveTo(view_.moved({-across, 0})); break;
    case Direction::Up: moveTo(view_.moved({0, down})); break;
    case Direction::Down: moveTo(view_.moved({0, -down})); break;
    }
    return true;
}

bool MapCanvas::walkBy(int key, bool adding)
{
    if (key == Qt::Key_BracketLeft || key == Qt::Key_BracketRight) {
        walkRound(key == Qt::Key_BracketRight ? 1 : -1);
        return true;
    }
    const auto direction = directionOf(key);
    if (!direction || chosen_.empty()) return false;
    walk(*direction, adding);
    return true;
}

void MapCanvas::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool adding = event->modifiers().testFlag(Qt::ShiftModifier);
    if (!control && walkBy(event->key(), adding)) return;
    if (panBy(event->key())) return;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomIn(); break;
    case Qt::Key_Minus: zoomOut(); break;
    case Qt::Key_0:
    case Qt::Key_Home: fit(); break;
    case Qt::Key_Space:
        if (chosen_.empty()) {
            if (const auto first = walk_->start()) choose({*first});
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!chosen_.empty()) Q_EMIT opened(chosen_.back());
        break;
    case Qt::Key_Escape:
        if (circling_ || tool_ == Tool::Lasso) {
            circling_ = false;
            lasso_.clear();
            setTool(Tool::Hand);
            update();
        } else {
            choose({});
        }
        break;
    default: QWidget::keyPressEvent(event);
    }
}

void MapCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    const bool adding = event->modifiers().testFlag(Qt::ShiftModifier);
    dragged_ = false;
    if (tool_ == Tool::Lasso || (adding && !personAt(event->position()))) {
        circling_ = true;
        lasso_ = {view_.toMap(event->position())};
    } else {
        grabbed_ = event->position();
    }
}

void MapCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (circling_) {
        lasso_.push_back(view_.toMap(event->position()));
        update();
        return;
    }
    if (grabbed_) {
        const auto moved = event->position() - *grabbed_;
        constexpr double still = 4;  // a hand is never quite still
        if (!dragged_ && std::hypot(moved.x(), moved.y()) < still) return;
        dragged_ = true;
        grabbed_ = event->position();
        moveTo(view_.moved(moved));
        return;
    }
    const auto under = personAt(event->position());
    if (under == hovered_) return;
    hovered_ = under;
    update();
}

void MapCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    const bool adding = event->modifiers().testFlag(Qt::ShiftModifier);
    if (circling_) {
        closeLasso(adding && tool_ == Tool::Hand);
        return;
    }
    if (!grabbed_) return;
    grabbed_.reset();
    if (dragged_) return;
    const auto under = personAt(event->position());
    if (!under) {
        if (!adding) choose({});
        return;
    }
    const auto person = scene_->people[*under].vertex;
    auto chosen = adding ? chosen_ : std::vector<Vertex>{};
    const bool wasChosen = std::erase(chosen, person) > 0;
    if (!wasChosen) chosen.push_back(person);
    choose(std::move(chosen));
}

void MapCanvas::closeLasso(bool adding)
{
    circling_ = false;
    auto chosen = adding ? chosen_ : std::vector<Vertex>{};
    for (const auto index : grid_->inside(lasso_)) {
        const auto person = scene_->people[index].vertex;
        if (std::ranges::find(chosen, person) == chosen.end()) chosen.push_back(person);
    }
    lasso_.clear();
    choose(chosen);
    update();
    setTool(Tool::Hand);
    if (!chosen.empty()) Q_EMIT circled(chosen);
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const auto under = personAt(event->position())) {
        choose({scene_->people[*under].vertex});
        Q_EMIT opened(scene_->people[*under].vertex);
    } else {
        zoomBy(1.6, event->position());
    }
}

void MapCanvas::wheelEvent(QWheelEvent* event)
{
    const double notches = event->angleDelta().y() / 120.0;
    if (notches != 0) zoomBy(std::pow(1.2, notches), event->position());
    event->accept();
}

void MapCanvas::leaveEvent(QEvent*)
{
    hovered_.reset();
    update();
}

void MapCanvas::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

}  // namespace kith
