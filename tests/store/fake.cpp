#include "tests/store/fake.h"

#include "core/store/database.h"

#include <algorithm>

namespace kith::tests {

std::string dump(const Workspace& workspace, const std::vector<std::string>& without)
{
    const Database& db = workspace.database();
    std::string all;
    Statement tables(db,
                     "SELECT name FROM sqlite_schema WHERE type = 'table' "
                     "AND name NOT IN ('sqlite_sequence', 'message_text') ORDER BY name");
    while (tables.next()) {
        const std::string table = tables.text(0);
        if (std::ranges::find(without, table) != without.end()) continue;
        all += "== " + table + "\n";
        const bool single = Statement(db, "SELECT * FROM " + table).columns() == 1;
        Statement rows(db, "SELECT * FROM " + table + (single ? " ORDER BY 1" : " ORDER BY 1, 2"));
        while (rows.next()) {
            for (int column = 0; column < rows.columns(); ++column) {
                all += rows.null(column) ? "NULL" : rows.text(column);
                all += '|';
            }
            all += '\n';
        }
    }
    return all;
}

}  // namespace kith::tests
