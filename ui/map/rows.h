#pragma once

#include <QAbstractTableModel>
#include <QString>

#include <functional>
#include <vector>

class QTableView;

namespace kith {

/// One column of a RowsModel: text and counts are shown as such, `show` words anything else.
struct RowsColumn {
    QString title;
    std::function<QVariant(std::size_t row)> value;      ///< what it sorts by
    std::function<QString(const QVariant& value)> show;  ///< absent = as it is
};

/// A table of cells that are read from a snapshot when they are needed. New rows are a reset.
class RowsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::size_t rows, std::vector<RowsColumn> columns);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    std::size_t rows_ = 0;
    std::vector<RowsColumn> columns_;
};

/// A sortable table of whole rows over a RowsModel, quiet as the rest of the house.
QTableView* rowsTable(RowsModel* model, const QString& name, QWidget* parent);

/// Row of the RowsModel behind a row of the sorted table, and back; -1 when there is none.
int sourceRow(const QTableView* table, int row);
int tableRow(const QTableView* table, int sourceRow);

/// The rows of the RowsModel that are chosen, in the table's order.
std::vector<std::size_t> chosenRows(const QTableView* table);

/// Chooses rows of the RowsModel and brings the first into view.
void chooseRows(QTableView* table, const std::vector<std::size_t>& rows);

}  // namespace kith
