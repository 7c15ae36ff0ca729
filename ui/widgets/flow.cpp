#include "ui/widgets/flow.h"

#include <QWidget>

#include <algorithm>

namespace kith {

namespace {

/// As wide as it likes, but never wider than the row when it can do with less.
QSize sizeIn(const QLayoutItem& item, int width)
{
    const QSize likes = item.sizeHint();
    return {std::max(item.minimumSize().width(), std::min(likes.width(), width)), likes.height()};
}

/// Fields take what the others leave of a row.
bool grows(const QLayoutItem& item)
{
    const QWidget* widget = const_cast<QLayoutItem&>(item).widget();
    return widget != nullptr && widget->sizePolicy().horizontalPolicy() == QSizePolicy::Expanding;
}

}  // namespace

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout()
{
    for (QLayoutItem* item : items_) delete item;
}

void FlowLayout::addItem(QLayoutItem* item)
{
    items_.push_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    QLayoutItem* item = itemAt(index);
    if (item != nullptr) items_.erase(items_.begin() + index);
    return item;
}

void FlowLayout::clear()
{
    while (QLayoutItem* item = takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();  // it may be in the middle of a signal of its own
        }
        delete item;
    }
    invalidate();
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

QSize FlowLayout::minimumSize() const
{
    QSize size(0, 0);
    for (const QLayoutItem* item : items_) size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::place(const std::vector<QLayoutItem*>& row, const QRect& rect) const
{
    int left = rect.width() + spacing();
    int growing = 0;
    for (const QLayoutItem* item : row) {
        left -= sizeIn(*item, rect.width()).width() + spacing();
        growing += grows(*item) ? 1 : 0;
    }
    int x = rect.x();
    for (QLayoutItem* item : row) {
        QSize size = sizeIn(*item, rect.width());
        if (grows(*item))
            size.rwidth() = std::min(size.width() + left / growing, item->maximumSize().width());
        item->setGeometry(QRect(QPoint(x, rect.y() + (rect.height() - size.height()) / 2), size));
        x += size.width() + spacing();
    }
}

int FlowLayout::arrange(const QRect& rect, bool move) const
{
    std::vector<QLayoutItem*> row;
    int right = rect.x();
    int y = rect.y();
    int height = 0;
    const auto endRow = [&] {
        if (move) place(row, QRect(rect.x(), y, rect.width(), height));
        row.clear();
    };
    for (QLayoutItem* item : items_) {
        if (item->isEmpty()) continue;
        const QSize size = sizeIn(*item, rect.width());
        if (!row.empty() && right + size.width() > rect.right() + 1) {
            endRow();
            right = rect.x();
            y += height + spacing();
            height = 0;
        }
        row.push_back(item);
        right += size.width() + spacing();
        height = std::max(height, size.height());
    }
    endRow();
    return y + height - rect.y();
}

}  // namespace kith
