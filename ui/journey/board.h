#pragma once

#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <QTableView>

#include "core/journey/journey.h"

#include <optional>
#include <vector>

namespace kith {

/// The board: a community a row, a characteristic a column. Never an average.
class JourneyModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        LevelRole = Qt::UserRole + 1,
        TrendRole,
        ColourRole
    };  ///< LevelRole: -1 = not rated

    using QAbstractTableModel::QAbstractTableModel;

    void setBoard(std::vector<JourneyRow> board);
    const std::vector<JourneyRow>& board() const { return board_; }
    int rowOf(CommunityId community) const;  ///< -1 = not on the board

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    std::vector<JourneyRow> board_;
};

/// Paints a cell as four steps, filled to the level, with an arrow for the trend.
class LevelDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The table. Arrows move, 0 to 4 rate at once, Enter opens the cell.
class JourneyTable final : public QTableView {
    Q_OBJECT

public:
    explicit JourneyTable(QWidget* parent = nullptr);

    int wholeHeight() const;  ///< that shows every row

    QSize minimumSizeHint() const override { return {320, 120}; }

Q_SIGNALS:
    void rated(const QModelIndex& cell, int level);
    void opened(const QModelIndex& cell);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void dress();
};

}  // namespace kith
