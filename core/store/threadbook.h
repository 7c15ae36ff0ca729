#pragma once

#include "core/store/database.h"
#include "core/store/keymap.h"
#include "core/store/nativeid.h"
#include "core/store/rowbatch.h"
#include "core/store/sieve.h"

#include <cstdint>

namespace kith {

/// Finds and makes the threads of an import. New ones wait in memory, mostly until it is known how
/// many people spoke in them: a row that is written once costs a third of one that is written and
/// changed. Memory: at most 30 MB.
class ThreadBook {
public:
    explicit ThreadBook(const Database& db);

    /// @param key of the thread's id as IdentityBook::keyOf() gives it
    std::int64_t thread(std::int64_t conversation, const NativeId& id, std::uint64_t key);

    /// thread() will be asked for this key soon.
    void expect(std::uint64_t key) const { known_.expect(key); }

    /// How many people spoke in a thread of this import.
    void setPeople(std::int64_t thread, std::int64_t people);

    /// Writes the threads that wait.
    void flush();

private:
    std::int64_t find(std::int64_t conversation, const NativeId& id);

    KeyMap known_;     ///< emptied when it grows large
    bool anyBefore_;   ///< there were threads before this import
    Sieve forgotten_;  ///< keys of this import that known_ had to forget
    std::int64_t firstWaiting_;
    RowBatch waiting_;
    Statement find_;
    Statement insert_;
    Statement update_;
};

}  // namespace kith
