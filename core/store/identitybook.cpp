#include "core/store/identitybook.h"

#include "core/base/quickhash.h"
#include "core/store/suppression.h"

namespace kith {

namespace {

constexpr std::size_t mostSlots = 1U << 21U;
constexpr std::size_t slotsBesideSieve = 1U << 20U;  ///< together they take no more than before
constexpr std::size_t sieveWords = 1U << 21U;

}  // namespace

std::uint64_t identitySeed(const Database& db)
{
    return QuickHasher().add(workspaceKey(db)).finish();
}

IdentityBook::IdentityBook(const Database& db)
    : seed_(identitySeed(db)),
      recent_(mostSlots),
      stored_(db, PostingList::Identity),
      compare_(db,
               "SELECT account FROM message "
               "WHERE id = ?1 AND conversation = ?2 AND native = ?3")
{}

std::optional<MessageMap::Found> IdentityBook::find(std::uint64_t key, std::int64_t conversation,
                                                    const NativeId& id)
{
    if (const auto known = recent_.find(key)) return known;
    if (inMemory() || !mayBeStored(key)) return std::nullopt;
    return findStored(key, conversation, id);
}

std::optional<MessageMap::Found> IdentityBook::findStored(std::uint64_t key,
                                                          std::int64_t conversation,
                                                          const NativeId& id)
{
    candidates_.clear();
    stored_.find(identityPosting(key), candidates_);
    for (const auto candidate : candidates_) {
        compare_.bind(candidate, conversation);
        id.bind(compare_, 3);
        const bool same = compare_.next();
        const AccountId author{same ? compare_.integer(0) : 0};
        compare_.reset();
        if (same) return MessageMap::Found{MessageId{candidate}, author};
    }
    return std::nullopt;
}

void IdentityBook::add(std::uint64_t key, const MessageMap::Found& message)
{
    if (!full() && recent_.add(key, message)) return;
    flush();
    if (!sieve_.isOpen()) makeSieve();
    recent_.add(key, message);
}

bool IdentityBook::mayBeStored(std::uint64_t key)
{
    if (sieve_.isOpen()) return sieve_.mayHold(key);
    ++asked_;
    return true;
}

/// Of all that is stored, while nothing is in memory.
void IdentityBook::makeSieve()
{
    recent_ = MessageMap(slotsBesideSieve);
    sieve_.open(sieveWords);
    stored_.each([this](std::int64_t identity, std::int64_t) {
        sieve_.add(static_cast<std::uint64_t>(identity) << 32U);
    });
}

void IdentityBook::flush()
{
    LargeVector<std::uint64_t> postings;
    postings.reserve(recent_.size());
    recent_.each([&](std::uint64_t key, std::int64_t message) {
        postings.push_back(posting(identityPosting(key), message));
        if (sieve_.isOpen()) sieve_.add(key);
    });
    recent_.clear();
    stored_.add(postings);
}

}  // namespace kith
