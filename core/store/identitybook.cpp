#include "core/store/identitybook.h"

#include "core/base/quickhash.h"
#include "core/store/suppression.h"

namespace kith {

std::uint64_t identitySeed(const Database& db)
{
    return QuickHasher().add(workspaceKey(db)).finish();
}

IdentityBook::IdentityBook(const Database& db)
    : seed_(identitySeed(db)),
      stored_(db, PostingList::Identity),
      compare_(db,
               "SELECT account FROM message "
               "WHERE id = ?1 AND conversation = ?2 AND native = ?3")
{}

std::optional<MessageMap::Found> IdentityBook::find(std::uint64_t key, std::int64_t conversation,
                                                    const NativeId& id)
{
    if (const auto known = recent_.find(key)) return known;
    if (inMemory()) return std::nullopt;
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
    if (recent_.add(key, message)) return;
    flush();
    recent_.add(key, message);
}

void IdentityBook::flush()
{
    std::vector<std::uint64_t> postings;
    postings.reserve(recent_.size());
    recent_.each([&](std::uint64_t key, std::int64_t message) {
        postings.push_back(posting(identityPosting(key), message));
    });
    recent_.clear();
    stored_.add(postings);
}

}  // namespace kith
