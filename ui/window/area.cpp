#include "ui/window/area.h"

#include <QEvent>
#include <QScrollBar>

namespace kith {

ScreenArea::ScreenArea(QWidget* screen, QWidget* parent) : QScrollArea(parent)
{
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::NoFrame);
    setWidget(screen);
    viewport()->setAutoFillBackground(false);
    screen->setAutoFillBackground(false);
    screen->installEventFilter(this);
}

void ScreenArea::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

bool ScreenArea::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) fit();
    return QScrollArea::eventFilter(watched, event);
}

// A scroll area of Qt's own would ask for the height that the screen likes best, and scroll a map
// that could as well be a little smaller.
void ScreenArea::fit()
{
    const QSize least = widget()->minimumSizeHint().expandedTo(widget()->minimumSize());
    QSize room = maximumViewportSize();
    if (least.height() > room.height()) room.rwidth() -= verticalScrollBar()->sizeHint().width();
    if (least.width() > room.width()) room.rheight() -= horizontalScrollBar()->sizeHint().height();
    widget()->resize(room.expandedTo(least));
}

}  // namespace kith
