#pragma once

#include "core/model/ids.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kith {

/// Messages by the hash of the platform's own ids, in memory: what an import has stored itself is
/// found again without asking the database. 16 bytes a slot, at most 3/4 of 2 million are filled.
/// Two ids are taken for one with a chance of 2^-64 a pair, under a seed that nobody outside of the
/// workspace knows.
class MessageMap {
public:
    struct Found {
        MessageId message;
        AccountId author;  ///< 0 = unknown
    };

    bool full() const;

    /// @return false, and nothing is added, when it is full
    bool add(std::uint64_t key, const Found& message);
    std::optional<Found> find(std::uint64_t key) const;
    void clear();

    /// `each` gets key and message, in no particular order.
    template <class Each>
    void each(Each each) const
    {
        for (const Slot& slot : slots_) {
            if (slot.key != 0) each(slot.key, std::int64_t{slot.message});
        }
    }

private:
    struct Slot {
        std::uint64_t key = 0;  ///< 0 = free
        std::uint32_t message = 0;
        std::uint32_t author = 0;
    };

    std::size_t slotOf(std::uint64_t key) const;
    bool crowded() const { return filled_ * 4 >= slots_.size() * 3; }
    void grow();

    std::vector<Slot> slots_;
    std::size_t filled_ = 0;
};

}  // namespace kith
