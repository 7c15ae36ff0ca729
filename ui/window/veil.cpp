#include "ui/window/veil.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace kith {

DropVeil::DropVeil(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropVeil::paintEvent(QPaintEvent*)
{
    const Tokens& tokens = theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor wash = tokens.wash;
    wash.setAlpha(235);
    painter.fillRect(rect(), wash);
    painter.setPen(QPen(tokens.accent, 2, Qt::DashLine));
    const int edge = space::huge;
    painter.drawRoundedRect(QRectF(rect()).adjusted(edge, edge, -edge, -edge), 8, 8);
    painter.setPen(tokens.text);
    painter.setFont(theme().font(TextSize::Title));
    painter.drawText(rect().adjusted(2 * edge, 0, -2 * edge, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Drop to look into it. Nothing is stored until you choose Import."));
}

Line::Line(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(1);
}

void Line::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().tokens().line);
}

}  // namespace kith
