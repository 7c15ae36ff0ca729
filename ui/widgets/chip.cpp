#include "ui/widgets/chip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

namespace kith {

namespace {
constexpr int spot = 10;
}

Chip::Chip(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    setText(text);
    setAccessibleName(text);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(theme().font(TextSize::Small));
    connect(&theme(), &Theme::changed, this, [this] {
        setFont(theme().font(TextSize::Small));
        updateGeometry();
        update();
    });
}

void Chip::setTerritory(std::optional<int> colour)
{
    territory_ = colour;
    updateGeometry();
    update();
}

void Chip::setRemovable(bool removable)
{
    removable_ = removable;
    updateGeometry();
    update();
}

void Chip::setQuiet()
{
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    unsetCursor();
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(font());
    int width = metrics.horizontalAdvance(text()) + 2 * space::medium;
    if (territory_) width += spot + space::small;
    if (removable_) width += crossRect().width() + space::hair;
    return {width, metrics.height() + space::small};
}

QRect Chip::crossRect() const
{
    const int side = QFontMetrics(font()).height();
    return {width() - side - space::hair, (height() - side) / 2, side, side};
}

void Chip::paintEvent(QPaintEvent*)
{
    const Tokens& tokens = theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF shape = QRectF(rect()).adjusted(1, 1, -1, -1);
    const bool filled = isChecked();
    painter.setBrush(filled ? tokens.accent : underMouse() ? tokens.wash : tokens.raised);
    painter.setPen(hasFocus() ? QPen(tokens.focus, 2)
                              : QPen(filled ? tokens.accent : tokens.mark, 1));
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);

    int left = space::medium;
    if (territory_) {
        painter.setPen(QPen(theme().territoryEdge(*territory_), 1));
        painter.setBrush(theme().territory(*territory_));
        painter.drawEllipse(QRectF(left, (height() - spot) / 2.0, spot, spot));
        left += spot + space::small;
    }
    const QColor ink = !isEnabled() ? tokens.muted : filled ? tokens.onAccent : tokens.text;
    painter.setPen(ink);
    const int right = removable_ ? width() - crossRect().left() : 0;
    painter.drawText(rect().adjusted(left, 0, -right, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
    if (removable_) {
        const QRect cross = crossRect().adjusted(3, 3, -3, -3);
        painter.drawPixmap(cross.topLeft(), iconPixmap(QStringLiteral("close"), cross.width(), ink,
                                                       devicePixelRatioF()));
    }
}

void Chip::mouseReleaseEvent(QMouseEvent* event)
{
    if (removable_ && crossRect().contains(event->position().toPoint())) {
        setDown(false);
        Q_EMIT removalWanted();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void Chip::keyPressEvent(QKeyEvent* event)
{
    const bool removal = event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace;
    if (removable_ && removal) {
        Q_EMIT removalWanted();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

}  // namespace kith
