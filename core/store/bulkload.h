#pragma once

#include "core/store/database.h"

#include <cstdint>

namespace kith {

/// Makes a connection fast for an import, around its transaction, and whole again afterwards. Rows
/// are inserted without looking up what they point at: MessageIndex does that once for all new
/// messages. Where the import is large compared with what is there and nobody else has the
/// workspace open, its pages are written once, to their place: with a rollback journal only the few
/// pages that are there already have to be kept, while a write-ahead log takes every page twice.
class BulkLoad {
public:
    /// Before the transaction begins.
    /// @param bytes of the files that will be imported
    BulkLoad(const Database& db, std::uint64_t bytes);
    ~BulkLoad();
    BulkLoad(const BulkLoad&) = delete;
    BulkLoad& operator=(const BulkLoad&) = delete;

private:
    void writeInPlace();

    const Database& db_;
    std::int64_t cacheSize_ = 0;  ///< as it was before, as SQLite has it
    bool inPlace_ = false;
};

}  // namespace kith
