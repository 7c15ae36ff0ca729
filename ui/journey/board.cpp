#include "ui/journey/board.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include "core/journey/rubric.h"
#include "ui/journey/names.h"
#include "ui/theme/theme.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {
namespace {

constexpr int steps = 4;
constexpr int stepWidth = 10;
constexpr int stepHeight = 14;
constexpr int arrowWidth = 10;
constexpr int cellHeight = 44;
constexpr int leastNames = 150;
constexpr int leastCell = 72;  // wide

QString titleOf(int column)
{
    const auto title = rubric()[static_cast<std::size_t>(column)].title;
    return QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size()));
}

/// "Core team" of "Core team and general membership": what a narrow column has room for.
QString shortTitleOf(int column)
{
    const auto title = titleOf(column);
    static const QString expected = QStringLiteral("Expected ");
    const auto start = title.startsWith(expected) ? expected.size() : 0;
    const auto end = title.indexOf(QLatin1String(" and "));
    auto brief = title.mid(start, end < 0 ? -1 : end - start);
    if (start > 0) brief[0] = brief[0].toUpper();
    return brief;
}

QString trendWords(int trend)
{
    return trend > 0   ? JourneyModel::tr(", rising")
           : trend < 0 ? JourneyModel::tr(", falling")
                       : QString();
}

QString cellWords(const JourneyRow& row, const JourneyCell& cell, int column)
{
    const auto where =
        JourneyModel::tr("%1, %2: ").arg(shownLine(row.community.name, 80), titleOf(column));
    if (!cell.latest) return where + JourneyModel::tr("not rated yet");
    return where + JourneyModel::tr("level %1 of 4").arg(cell.latest->level) +
           trendWords(cell.trend);
}

void drawArrow(QPainter& painter, QPointF middle, int trend)
{
    const auto& tokens = theme().tokens();
    const double half = arrowWidth / 2.0;
    const double up = trend > 0 ? -half : half;
    const QPolygonF head{middle + QPointF(-half, -up / 2), middle + QPointF(half, -up / 2),
                         middle + QPointF(0, up)};
    painter.setPen(Qt::NoPen);
    painter.setBrush(trend > 0 ? tokens.accent : tokens.attention);
    painter.drawPolygon(head);
}

}  // namespace

void JourneyModel::setBoard(std::vector<JourneyRow> board)
{
    const bool sameShape = board.size() == board_.size();
    if (!sameShape) beginResetModel();
    board_ = std::move(board);
    if (!sameShape) {
        endResetModel();
    } else if (!board_.empty()) {  // keeps the current cell where it is
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
    }
}

int JourneyModel::rowOf(CommunityId community) const
{
    const auto found = std::ranges::find_if(
        board_, [&](const JourneyRow& row) { return row.community.id == community; });
    return found == board_.end() ? -1 : static_cast<int>(found - board_.begin());
}

int JourneyModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(board_.size());
}

int JourneyModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(allCharacteristics.size());
}

QVariant JourneyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& row = board_[static_cast<std::size_t>(index.row())];
    const auto& cell = row.cells[static_cast<std::size_t>(index.column())];
    switch (role) {
    case LevelRole: return cell.latest ? cell.latest->level : -1;
    case TrendRole: return cell.trend;
    case ColourRole: return row.community.colour;
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return cellWords(row, cell, index.column());
    case Qt::ToolTipRole: return toolTipOf(cellWords(row, cell, index.column()));
    default: return {};
    }
}

QVariant JourneyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal) {
        const auto& row = rubric()[static_cast<std::size_t>(section)];
        if (role == Qt::DisplayRole) return shortTitleOf(section);
        if (role == Qt::FontRole) return theme().font(TextSize::Small);
        if (role == Qt::AccessibleTextRole) return titleOf(section);
        if (role == Qt::ToolTipRole) return tr("%1: %2").arg(titleOf(section), shown(row.question));
        return {};
    }
    if (section < 0 || section >= rowCount()) return {};
    const auto& community = board_[static_cast<std::size_t>(section)].community;
    if (role == Qt::DisplayRole) return shownLine(community.name, 60);
    if (role == Qt::ToolTipRole) return toolTipOf(shownLine(community.name, 120));
    if (role == ColourRole) return community.colour;
    return {};
}

void LevelDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    const auto& tokens = theme().tokens();
    const int level = index.data(JourneyModel::LevelRole).toInt();
    const int trend = index.data(JourneyModel::TrendRole).toInt();
    const bool current = option.state.testFlag(QStyle::State_Selected) ||
                         option.state.testFlag(QStyle::State_HasFocus);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect, current ? tokens.wash : tokens.raised);
    const int width = steps * stepWidth + (steps - 1) * space::hair;
    const double left = option.rect.center().x() - (width + arrowWidth) / 2.0;
    const double top = option.rect.center().y() - stepHeight / 2.0;
    for (int step = 0; step < steps; ++step) {
        const QRectF box(left + step * (stepWidth + space::hair) + 0.5, top + 0.5, stepWidth - 1,
                         stepHeight - 1);
        const bool filled = step < level;
        painter->setPen(
            QPen(filled ? tokens.accent : tokens.mark, 1, level < 0 ? Qt::DotLine : Qt::SolidLine));
        painter->setBrush(filled ? QBrush(tokens.accent) : QBrush(Qt::NoBrush));
        painter->drawRoundedRect(box, 2, 2);
    }
    if (trend != 0) {
        drawArrow(*painter,
                  QPointF(left + width + space::hair + arrowWidth / 2.0, top + stepHeight / 2.0),
                  trend);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(tokens.focus, 2));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), 4, 4);
    }
    painter->restore();
}

QSize LevelDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {steps * (stepWidth + space::hair) + arrowWidth + 2 * space::small, cellHeight};
}

JourneyTable::JourneyTable(QWidget* parent) : QTableView(parent)
{
    setObjectName(QStringLiteral("journeyBoard"));
    setAccessibleName(tr("Journey board: communities by nine characteristics"));
    setItemDelegate(new LevelDelegate(this));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalHeader(new NamesHeader(this));
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setDefaultAlignment(
        Qt::Alignment::fromInt(Qt::AlignCenter | Qt::TextWordWrap));
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(cellHeight);
    horizontalHeader()->setStyleSheet(QStringLiteral("QHeaderView::section { padding: 4px 1px; }"));
    setCornerButtonEnabled(false);
    dress();
}

void JourneyTable::dress()
{
    const QFontMetrics metrics(theme().font(TextSize::Small));
    int width = leastCell;
    for (int column = 0; column < static_cast<int>(allCharacteristics.size()); ++column) {
        for (const auto& word : shortTitleOf(column).split(QLatin1Char(' ')))
            width = std::max(width, metrics.horizontalAdvance(word) + space::hair);
    }
    int height = 0;
    for (int column = 0; column < static_cast<int>(allCharacteristics.size()); ++column) {
        const QRect room(0, 0, width - 2, QWIDGETSIZE_MAX);
        const int flags = Qt::AlignCenter | Qt::TextWordWrap;
        height = std::max(height, metrics.boundingRect(room, flags, shortTitleOf(column)).height());
    }
    horizontalHeader()->setMinimumSectionSize(width);
    horizontalHeader()->setFixedHeight(height + space::medium);
}

void JourneyTable::resizeEvent(QResizeEvent* event)
{
    // Long names make room for the nine columns, down to what still tells them apart.
    const int columns =
        static_cast<int>(allCharacteristics.size()) * horizontalHeader()->minimumSectionSize();
    verticalHeader()->setMaximumWidth(std::max(leastNames, width() - columns - space::hair));
    QTableView::resizeEvent(event);
}

void JourneyTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) dress();
    QTableView::changeEvent(event);
}

int JourneyTable::wholeHeight() const
{
    const int rows = model() == nullptr ? 0 : model()->rowCount();
    const int columns = model() == nullptr ? 0 : model()->columnCount();
    const int width =
        std::min(verticalHeader()->sizeHint().width(), verticalHeader()->maximumWidth()) +
        columns * horizontalHeader()->minimumSectionSize();
    const int bar = width > this->width() ? horizontalScrollBar()->sizeHint().height() : 0;
    return horizontalHeader()->height() + rows * cellHeight + bar + space::hair;
}

void JourneyTable::keyPressEvent(QKeyEvent* event)
{
    if (!currentIndex().isValid()) return QTableView::keyPressEvent(event);
    if (event->key() >= Qt::Key_0 && event->key() <= Qt::Key_4) {
        Q_EMIT rated(currentIndex(), event->key() - Qt::Key_0);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT opened(currentIndex());
    } else {
        QTableView::keyPressEvent(event);
    }
}

}  // namespace kith
