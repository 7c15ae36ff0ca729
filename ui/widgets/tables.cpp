#include "ui/widgets/tables.h"

#include <QHeaderView>
#include <QTableView>
#include <QTimer>

#include "ui/theme/theme.h"

namespace kith {
namespace {

/// A new style sheet measures the columns before the table has its font back: measured once more.
void measureColumns(QHeaderView& header)
{
    for (int column = 0; column < header.count(); ++column)
        header.setSectionResizeMode(column, header.sectionResizeMode(column));
}

}  // namespace

void prepareTable(QTableView& table)
{
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setAlternatingRowColors(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setCornerButtonEnabled(false);
    table.verticalHeader()->hide();
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    const auto restyle = [&table] {
        table.setFont(theme().tableFont());
        const int height = QFontMetrics(theme().tableFont()).height() + 2 * space::small;
        table.verticalHeader()->setMinimumSectionSize(height);
        table.verticalHeader()->setDefaultSectionSize(height);
        QTimer::singleShot(0, &table, [&table] { measureColumns(*table.horizontalHeader()); });
    };
    restyle();
    QObject::connect(&theme(), &Theme::changed, &table, restyle);
}

void fitHeight(QTableView& table, int mostRows)
{
    const int rows = qMin(table.model()->rowCount(), mostRows);
    table.setFixedHeight(table.horizontalHeader()->sizeHint().height() +
                         rows * table.verticalHeader()->defaultSectionSize() +
                         2 * table.frameWidth() + 2);
}

}  // namespace kith
