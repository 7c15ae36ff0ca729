#include "ui/journey/names.h"

#include <QPainter>

#include "ui/journey/board.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace kith {
namespace {

constexpr int side = 10;  // of the spot
constexpr int least = 150;
constexpr int most = 220;  // at ordinary text size
constexpr int widest = 280;

}  // namespace

NamesHeader::NamesHeader(QWidget* parent) : QHeaderView(Qt::Vertical, parent)
{
    setSectionsClickable(true);
    setHighlightSections(false);
}

QSize NamesHeader::sizeHint() const
{
    const QFontMetrics metrics(theme().font());
    int width = 0;
    for (int row = 0; row < count(); ++row) {
        const auto name = model()->headerData(row, Qt::Vertical).toString();
        width = std::max(width, metrics.horizontalAdvance(name));
    }
    const int edge = std::min(most * theme().textScale() / 100, widest);
    return {std::clamp(width + side + 4 * space::small, least, edge), 0};
}

void NamesHeader::paintSection(QPainter* painter, const QRect& rect, int row) const
{
    if (!rect.isValid()) return;
    const auto& tokens = theme().tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(rect, tokens.surface);
    painter->setPen(tokens.line);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    const int colour = model()->headerData(row, Qt::Vertical, JourneyModel::ColourRole).toInt();
    painter->setBrush(theme().territory(colour));
    painter->setPen(theme().territoryEdge(colour));
    const double top = rect.center().y() - side / 2.0;
    painter->drawEllipse(QRectF(rect.left() + space::small, top, side, side));
    const auto room = rect.adjusted(2 * space::small + side, 0, -space::small, 0);
    const QFontMetrics metrics(theme().font());
    painter->setFont(theme().font());
    painter->setPen(tokens.text);
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                      metrics.elidedText(model()->headerData(row, Qt::Vertical).toString(),
                                         Qt::ElideRight, room.width()));
    painter->restore();
}

}  // namespace kith
