#pragma once

#include "core/base/task.h"
#include "core/store/database.h"

#include <cstdint>

namespace kith {

/// Makes a connection fast for an import, around its transaction, and whole again afterwards. Rows
/// are inserted without looking up what they point at: finish() checks that once for all new
/// messages. Where the import is large compared with what is there, the indexes of messages are
/// dropped and built anew from sorted keys; and where nobody else has the workspace open, its pages
/// are written once, to their place: with a rollback journal only the few pages that are there
/// already have to be kept, while a write-ahead log takes every page twice.
class BulkLoad {
public:
    /// Before the transaction begins.
    /// @param bytes of the files that will be imported
    BulkLoad(const Database& db, std::uint64_t bytes);
    ~BulkLoad();
    BulkLoad(const BulkLoad&) = delete;
    BulkLoad& operator=(const BulkLoad&) = delete;

    void begin();  ///< first thing in the transaction

    /// Last thing in the transaction.
    /// @throws Error WorkspaceDamaged when a new message points at something that is not there
    void finish(Task& task);

private:
    void writeInPlace();
    void check() const;

    const Database& db_;
    bool large_ = false;
    bool inPlace_ = false;
    std::int64_t before_ = 0;  ///< last message that was there
};

}  // namespace kith
