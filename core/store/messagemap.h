#pragma once

#include "core/model/ids.h"
#include "core/store/keymap.h"

#include <cstdint>
#include <optional>

namespace kith {

/// Messages by the hash of the platform's own ids, in memory: what an import has stored itself is
/// found again without asking the database. 16 bytes a slot, of which 3/4 may be filled.
class MessageMap {
public:
    /// @param slots at most, a power of two
    explicit MessageMap(std::size_t slots) : entries_(slots) {}

    struct Found {
        MessageId message;
        AccountId author;  ///< 0 = unknown
    };

    bool full() const { return entries_.full(); }

    /// @param key that is not there yet
    /// @return false, and nothing is added, when it is full
    bool add(std::uint64_t key, const Found& message);
    std::optional<Found> find(std::uint64_t key) const;
    void expect(std::uint64_t key) const { entries_.expect(key); }
    void clear() { entries_.clear(); }
    void release() { entries_.release(); }
    std::size_t size() const { return entries_.size(); }

    /// `each` gets key and message, in no particular order.
    template <class Each>
    void each(Each each) const
    {
        entries_.each([&](std::uint64_t key, std::uint64_t found) {
            each(key, static_cast<std::int64_t>(found >> 32U));
        });
    }

private:
    KeyMap entries_;
};

}  // namespace kith
