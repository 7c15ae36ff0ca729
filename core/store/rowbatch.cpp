#include "core/store/rowbatch.h"

#include <sqlite3.h>

#include <memory>

namespace kith {

/// A table-valued function with one hidden column, its argument, as SQLite's own carray() has it.
struct RowBatchTable {
    struct Cursor : sqlite3_vtab_cursor {
        const RowBatch* batch = nullptr;
        std::size_t row = 0;
    };

    static constexpr int argument = static_cast<int>(RowBatch::mostColumns);

    static int connect(sqlite3* connection, void*, int, const char* const*, sqlite3_vtab** table,
                       char**)
    {
        std::string declaration = "CREATE TABLE batch (";
        for (int i = 0; i < argument; ++i) declaration += "c" + std::to_string(i) + ", ";
        const int code = sqlite3_declare_vtab(connection, (declaration + "rows HIDDEN)").c_str());
        if (code != SQLITE_OK) return code;
        sqlite3_vtab_config(connection, SQLITE_VTAB_DIRECTONLY);
        *table = std::make_unique<sqlite3_vtab>().release();
        return SQLITE_OK;
    }

    static int disconnect(sqlite3_vtab* table)
    {
        const std::unique_ptr<sqlite3_vtab> ends(table);
        return SQLITE_OK;
    }

    /// The only plan: from the first row to the last, of the batch that the argument says.
    static int plan(sqlite3_vtab*, sqlite3_index_info* info)
    {
        for (int i = 0; i < info->nConstraint; ++i) {
            const auto& constraint = info->aConstraint[i];
            if (constraint.iColumn != argument || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ)
                continue;
            if (constraint.usable == 0) return SQLITE_CONSTRAINT;
            info->aConstraintUsage[i].argvIndex = 1;
            info->aConstraintUsage[i].omit = 1;
            info->estimatedCost = 1;
            info->estimatedRows = 256;
            return SQLITE_OK;
        }
        return SQLITE_CONSTRAINT;
    }

    static int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor)
    {
        *cursor = std::make_unique<Cursor>().release();
        return SQLITE_OK;
    }

    static int close(sqlite3_vtab_cursor* cursor)
    {
        const std::unique_ptr<Cursor> ends(static_cast<Cursor*>(cursor));
        return SQLITE_OK;
    }

    static int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value** arguments)
    {
        auto& self = *static_cast<Cursor*>(cursor);
        self.batch =
            static_cast<const RowBatch*>(sqlite3_value_pointer(arguments[0], rowBatchPointer));
        self.row = 0;
        return SQLITE_OK;
    }

    static int next(sqlite3_vtab_cursor* cursor)
    {
        ++static_cast<Cursor*>(cursor)->row;
        return SQLITE_OK;
    }

    static int atEnd(sqlite3_vtab_cursor* cursor)
    {
        const auto& self = *static_cast<Cursor*>(cursor);
        return self.batch == nullptr || self.row >= self.batch->rows() ? 1 : 0;
    }

    static int column(sqlite3_vtab_cursor* cursor, sqlite3_context* result, int column)
    {
        const auto& self = *static_cast<Cursor*>(cursor);
        const auto at = static_cast<std::size_t>(column);
        if (at >= self.batch->columns_) return SQLITE_OK;
        const auto& cell = self.batch->cells_[self.row * self.batch->columns_ + at];
        const auto* bytes = self.batch->bytes_.data() + cell.value;
        switch (cell.kind) {
        case RowBatch::Kind::Null: break;
        case RowBatch::Kind::Number: sqlite3_result_int64(result, cell.value); break;
        case RowBatch::Kind::Text:
            sqlite3_result_text64(result, bytes, cell.size, SQLITE_STATIC, SQLITE_UTF8);
            break;
        case RowBatch::Kind::Blob:
            sqlite3_result_blob64(result, bytes, cell.size, SQLITE_STATIC);
            break;
        }
        return SQLITE_OK;
    }

    static int rowNumber(sqlite3_vtab_cursor* cursor, sqlite3_int64* number)
    {
        *number = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->row) + 1;
        return SQLITE_OK;
    }

    static sqlite3_module make()
    {
        sqlite3_module module{};
        module.xConnect = connect;  // and no xCreate: nobody can make a table of it
        module.xDisconnect = disconnect;
        module.xBestIndex = plan;
        module.xOpen = open;
        module.xClose = close;
        module.xFilter = filter;
        module.xNext = next;
        module.xEof = atEnd;
        module.xColumn = column;
        module.xRowid = rowNumber;
        return module;
    }
};

int addRowBatches(sqlite3* connection)
{
    static const sqlite3_module module = RowBatchTable::make();
    return sqlite3_create_module_v2(connection, "batch", &module, nullptr, nullptr);
}

}  // namespace kith
