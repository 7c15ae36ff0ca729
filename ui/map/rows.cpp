#include "ui/map/rows.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QSortFilterProxyModel>
#include <QTableView>

#include "ui/theme/theme.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

void RowsModel::setRows(std::size_t rows, std::vector<RowsColumn> columns)
{
    beginResetModel();
    rows_ = rows;
    columns_ = std::move(columns);
    endResetModel();
}

int RowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_);
}

int RowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant RowsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& column = columns_[static_cast<std::size_t>(index.column())];
    if (role != Qt::DisplayRole && role != SortRole && role != Qt::TextAlignmentRole) return {};
    const auto value = column.value(static_cast<std::size_t>(index.row()));
    const bool isText = value.typeId() == QMetaType::QString;
    if (role == Qt::TextAlignmentRole) {
        return QVariant((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role == SortRole) return value;
    if (column.show) return column.show(value);
    return isText ? value : number(std::uint64_t{value.toULongLong()});
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    if (role == Qt::DisplayRole) return columns_[static_cast<std::size_t>(section)].title;
    if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

QTableView* rowsTable(RowsModel* model, const QString& name, QWidget* parent)
{
    auto* table = new QTableView(parent);
    auto* sorted = new QSortFilterProxyModel(table);
    sorted->setSourceModel(model);
    sorted->setSortRole(RowsModel::SortRole);
    sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    sorted->setSortLocaleAware(true);
    table->setModel(sorted);
    table->setAccessibleName(name);
    const auto dress = [table] {
        table->setFont(theme().tableFont());
        table->verticalHeader()->setDefaultSectionSize(QFontMetrics(table->font()).height() +
                                                       2 * space::small);
    };
    dress();
    QObject::connect(&theme(), &Theme::changed, table, dress);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

int sourceRow(const QTableView* table, int row)
{
    const auto* sorted = static_cast<const QSortFilterProxyModel*>(table->model());
    return sorted->mapToSource(sorted->index(row, 0)).row();
}

int tableRow(const QTableView* table, int sourceRow)
{
    const auto* sorted = static_cast<const QSortFilterProxyModel*>(table->model());
    return sorted->mapFromSource(sorted->sourceModel()->index(sourceRow, 0)).row();
}

std::vector<std::size_t> chosenRows(const QTableView* table)
{
    std::vector<std::size_t> rows;
    for (const auto& index : table->selectionModel()->selectedRows()) {
        rows.push_back(static_cast<std::size_t>(sourceRow(table, index.row())));
    }
    return rows;
}

void chooseRows(QTableView* table, const std::vector<std::size_t>& rows)
{
    QItemSelection selection;
    for (const auto row : rows) {
        const auto index = table->model()->index(tableRow(table, static_cast<int>(row)), 0);
        if (index.isValid()) selection.select(index, index);
    }
    table->selectionModel()->select(
        selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (selection.isEmpty()) return;
    const auto first = selection.indexes().front();
    table->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    table->scrollTo(first);
}

}  // namespace kith
