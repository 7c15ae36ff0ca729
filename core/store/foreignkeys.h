#pragma once

#include "core/store/database.h"

#include <sqlite3.h>

namespace kith {

/// While it lives, SQLite does not look up what rows point at, nor deletes what points at them: for
/// changesets, which hold their cascades already, and for tables that are made anew. Outside of a
/// transaction.
class ForeignKeysOff {
public:
    explicit ForeignKeysOff(const Database& db) : db_(db) { db_.run("PRAGMA foreign_keys = OFF"); }
    ~ForeignKeysOff()
    {
        // Destructors never throw, and outside of a transaction this cannot fail.
        sqlite3_exec(db_.handle(), "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
    }
    ForeignKeysOff(const ForeignKeysOff&) = delete;
    ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;

private:
    const Database& db_;
};

}  // namespace kith
