#include "ui/window/rail.h"

#include <QPainter>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace kith {

namespace {

/// Side of the icon; it grows with the text.
int pictureSide()
{
    return std::clamp(20 * theme().textScale() / 100, 20, 32);
}

}  // namespace

RailButton::RailButton(const QString& iconName, const QString& word, int number, QWidget* parent)
    : QToolButton(parent), iconName_(iconName)
{
    setText(word);
    setCheckable(true);
    setShortcut(QKeySequence(Qt::ALT | (Qt::Key_0 + number)));
    setAccessibleName(word);
    setToolTip(tr("%1 (Alt+%2)").arg(word).arg(number));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RailButton::sizeHint() const
{
    const QFontMetrics metrics(font());
    const int picture = pictureSide();
    const int word = brief_ ? 0 : space::medium + metrics.horizontalAdvance(text());
    return {space::large + picture + word + space::large,
            qMax(picture, metrics.height()) + 2 * space::small + space::hair};
}

void RailButton::setBrief(bool brief)
{
    if (brief == brief_) return;
    brief_ = brief;
    updateGeometry();
    update();
}

void RailButton::paintEvent(QPaintEvent*)
{
    const Tokens& tokens = theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF shape = QRectF(rect()).adjusted(space::hair, 1, -space::hair, -1);
    painter.setPen(Qt::NoPen);
    if (isChecked() || underMouse()) {
        painter.setBrush(tokens.wash);
        painter.drawRoundedRect(shape, 4, 4);
    }
    if (isChecked()) painter.fillRect(QRectF(0, 6, 3, height() - 12), tokens.accent);
    const QColor ink = !isEnabled() ? tokens.mark : isChecked() ? tokens.accent : tokens.text;
    const int left = space::large;
    const int picture = pictureSide();
    painter.drawPixmap(left, (height() - picture) / 2,
                       iconPixmap(iconName_, picture, ink, devicePixelRatioF()));
    painter.setPen(ink);
    if (!brief_)
        painter.drawText(rect().adjusted(left + picture + space::medium, 0, 0, 0),
                         Qt::AlignVCenter | Qt::AlignLeft, text());
    if (hasFocus()) {
        painter.setPen(QPen(tokens.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(shape, 4, 4);
    }
}

}  // namespace kith
