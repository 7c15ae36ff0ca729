#pragma once

#include "core/store/database.h"
#include "core/store/messagemap.h"
#include "core/store/nativeid.h"
#include "core/store/postings.h"
#include "core/store/sieve.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kith {

/// Finds messages by conversation and the platform's own id: those of the workspace through its
/// postings, where each that is found is compared with its row; those of the import in hand in
/// memory. Where many are asked for, a sieve first tells most of those that are not stored, for
/// that is what nearly all messages of a new file are. Memory: at most 32 MB, and half as much
/// again while it grows.
class IdentityBook {
public:
    explicit IdentityBook(const Database& db);

    std::uint64_t keyOf(std::int64_t conversation, const NativeId& id) const
    {
        return id.hash(seed_, conversation);
    }

    /// `key` as keyOf() gives it.
    std::optional<MessageMap::Found> find(std::uint64_t key, std::int64_t conversation,
                                          const NativeId& id);

    /// find() will be asked for this key soon.
    void expect(std::uint64_t key) const
    {
        recent_.expect(key);
        if (sieve_.isOpen()) sieve_.expect(key);
    }

    /// Whether the next add() writes what was added before.
    bool full() const { return recent_.full() || (!sieve_.isOpen() && asked_ > manyAsked); }

    /// A message that was stored just now.
    void add(std::uint64_t key, const MessageMap::Found& message);

    /// Writes what was added.
    void flush();

    /// The same where little or nothing will be added any more: gives the memory back.
    void close()
    {
        flush();
        recent_.release();
        sieve_.close();
        asked_ = 0;
    }

    /// What find() does not find was never stored, and it has not asked the database.
    bool inMemory() const { return stored_.empty(); }

private:
    std::optional<MessageMap::Found> findStored(std::uint64_t key, std::int64_t conversation,
                                                const NativeId& id);
    static constexpr std::size_t manyAsked = 20'000;

    bool mayBeStored(std::uint64_t key);
    void makeSieve();

    std::uint64_t seed_;
    MessageMap recent_;
    Sieve sieve_;            ///< of what is stored; not open until it is worth the while
    std::size_t asked_ = 0;  ///< how often without it
    Postings stored_;
    std::vector<std::int64_t> candidates_;
    Statement compare_;
};

/// The number by which the identity of a message is found among postings.
inline std::int64_t identityPosting(std::uint64_t key)
{
    return static_cast<std::int64_t>(key >> 32U);
}

/// For hashing identities: a number that depends on the workspace's secret.
std::uint64_t identitySeed(const Database& db);

}  // namespace kith
