#include "ui/widgets/badge.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace kith {

QString initialsOf(const QString& name)
{
    QString initials;
    bool atStart = true;
    for (const QChar letter : name) {
        if (atStart && letter.isLetterOrNumber()) initials += letter.toUpper();
        atStart = !letter.isLetterOrNumber();
        if (initials.size() == 2) break;
    }
    return initials;
}

PersonBadge::PersonBadge(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(theme().font(TextSize::Small, true));
    connect(&theme(), &Theme::changed, this, [this] {
        setFont(theme().font(TextSize::Small, true));
        updateGeometry();
        update();
    });
}

void PersonBadge::setPerson(const QString& name, bool organisation, int territory)
{
    name_ = name;
    organisation_ = organisation;
    territory_ = territory;
    setAccessibleName(name);
    update();
}

QSize PersonBadge::sizeHint() const
{
    const int side = QFontMetrics(font()).height() * 2;
    return {side, side};
}

void PersonBadge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().territoryEdge(territory_), 1));
    painter.setBrush(theme().territory(territory_));
    const QRectF shape = QRectF(rect()).adjusted(1, 1, -1, -1);
    const double radius = organisation_ ? 6 : shape.width() / 2;
    painter.drawRoundedRect(shape, radius, radius);
    painter.setPen(theme().onTerritory(territory_));
    painter.drawText(rect(), Qt::AlignCenter, initialsOf(name_));
}

}  // namespace kith
