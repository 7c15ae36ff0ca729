#pragma once

#include "core/model/ids.h"
#include "core/store/nativeid.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kith {

/// Messages by the platform's own ids, in memory: what an import has stored itself is found again
/// without asking the database. 16 bytes a slot, at most 3/4 of 4 million are filled; what comes
/// later is not kept, see full(). Two ids are taken for one with a chance of 2^-64 a pair, under a
/// seed that nobody outside of the workspace knows.
class MessageMap {
public:
    struct Found {
        MessageId message;
        AccountId author;  ///< 0 = unknown
    };

    explicit MessageMap(std::uint64_t seed) : seed_(seed) {}

    void add(std::int64_t conversation, const NativeId& id, const Found& message);
    std::optional<Found> find(std::int64_t conversation, const NativeId& id) const;

    bool full() const { return full_; }  ///< something that was added is not in it

private:
    struct Slot {
        std::uint64_t key = 0;  ///< 0 = free
        std::uint32_t message = 0;
        std::uint32_t author = 0;
    };

    std::uint64_t keyOf(std::int64_t conversation, const NativeId& id) const;
    std::size_t slotOf(std::uint64_t key) const;
    void grow();

    std::uint64_t seed_;
    std::vector<Slot> slots_;
    std::size_t filled_ = 0;
    bool full_ = false;
};

}  // namespace kith
