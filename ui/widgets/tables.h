#pragma once

class QTableView;

namespace kith {

/// Whole rows, quiet lines, figures of equal width, heights that follow the text size.
void prepareTable(QTableView& table);

/// Makes a short table as high as its rows, so that the page scrolls and not the table.
void fitHeight(QTableView& table, int mostRows = 12);

}  // namespace kith
