#include "core/store/packrows.h"

#include "core/store/messageindex.h"
#include "core/store/tieblocks.h"

#include <algorithm>
#include <utility>

namespace kith {

namespace {

constexpr std::size_t mostWaiting = 1'000'000;

// Columns of a message that say by what it is found.
constexpr const char* messageKeys =
    "SELECT id, conversation, native, typeof(native) = 'blob', ifnull(account, 0), "
    "ifnull(thread, 0) FROM message ";

std::int64_t identityIn(const Statement& row, std::uint64_t seed)
{
    const auto native = row.view(2);
    const auto id = row.integer(3) != 0 ? NativeId::ofHash(native) : NativeId(native);
    return identityPosting(id.hash(seed, row.integer(1)));
}

/// Adds messages to all four lists.
class Packing {
public:
    explicit Packing(const Database& db) : db_(db), seed_(identitySeed(db)), index_(db) {}

    void add(const Statement& row)
    {
        const auto message = row.integer(0);
        identities_.push_back(posting(identityIn(row, seed_), message));
        index_.add(MessageId{message}, row.integer(4), row.integer(5), row.integer(1));
        if (identities_.size() >= mostWaiting) flush();
    }

    void flush()
    {
        Postings(db_, PostingList::Identity).add(identities_);
        index_.flush();
    }

private:
    const Database& db_;
    std::uint64_t seed_;
    MessageIndex index_;
    std::vector<std::uint64_t> identities_;
};

void packTies(const Database& db)
{
    Statement conversations(db, "SELECT conversation FROM message WHERE id = ?1");
    Statement ties(db,
                   "SELECT message, kind, from_account, to_account, target, time, weight FROM tie "
                   "WHERE (kind = 7) = ?1 ORDER BY message, kind, from_account, to_account, "
                   "target, ordinal");
    const auto tieIn = [&] {
        return StoredTie{ties.integer(0), static_cast<TieKind>(ties.integer(1)),
                         ties.integer(2), ties.integer(3),
                         ties.integer(4), ties.time(5),
                         ties.real(6)};
    };
    TieWriter made(db);
    for (ties.bind(0); ties.next();) made.add(tieIn());
    made.finish();

    std::vector<std::pair<std::int64_t, StoredTie>> inferred;
    for (ties.bind(1); ties.next();) {
        const bool there = conversations.bind(ties.integer(0)).next();
        inferred.emplace_back(there ? conversations.integer(0) : 0, tieIn());
    }
    std::ranges::stable_sort(inferred, {}, [](const auto& one) { return one.first; });
    for (auto at = inferred.begin(); at != inferred.end();) {
        const auto conversation = at->first;
        TieWriter writer(db, conversation);
        for (; at != inferred.end() && at->first == conversation; ++at) writer.add(at->second);
        writer.finish();
    }
}

}  // namespace

void packRows(const Database& db)
{
    Statement any(db, "SELECT EXISTS (SELECT 1 FROM message)");
    any.next();
    if (any.integer(0) == 0) return;
    packTies(db);
    Packing packing(db);
    Statement rows(db, std::string(messageKeys) + "ORDER BY id");
    while (rows.next()) packing.add(rows);
    packing.flush();
}

void returnToPostings(const Database& db, const std::vector<std::int64_t>& messages)
{
    if (messages.empty()) return;
    Packing packing(db);
    Postings known(db, PostingList::Identity);
    const auto seed = identitySeed(db);
    std::vector<std::int64_t> found;
    Statement row(db, std::string(messageKeys) + "WHERE id = ?1");
    for (const auto message : messages) {
        if (!row.bind(message).next()) continue;
        found.clear();
        known.find(identityIn(row, seed), found);
        if (std::ranges::find(found, message) == found.end()) packing.add(row);
        row.reset();
    }
    packing.flush();
}

MissingPostings::MissingPostings(const Database& db)
    : identity_(db, PostingList::Identity),
      account_(db, PostingList::Account),
      thread_(db, PostingList::Thread),
      conversation_(db, PostingList::Conversation),
      row_(db, std::string(messageKeys) + "WHERE id = ?1"),
      same_(db,
            "SELECT 1 FROM message a JOIN message b ON b.conversation = a.conversation AND "
            "b.native = a.native WHERE a.id = ?1 AND b.id = ?2"),
      seed_(identitySeed(db))
{}

bool MissingPostings::lists(Postings& postings, std::int64_t key, std::int64_t message)
{
    found_.clear();
    postings.find(key, found_);
    return std::ranges::binary_search(found_, message);
}

bool MissingPostings::isAlone(std::int64_t message)
{
    return std::ranges::none_of(found_, [&](std::int64_t other) {
        if (other == message) return false;
        const bool same = same_.bind(message, other).next();
        same_.reset();
        return same;
    });
}

std::string MissingPostings::of(std::int64_t message)
{
    if (!row_.bind(message).next()) return "is gone";
    const auto conversation = row_.integer(1);
    const auto account = row_.integer(4);
    const auto thread = row_.integer(5);
    const auto identity = identityIn(row_, seed_);
    row_.reset();
    if (!lists(identity_, identity, message)) return "is not found by its identity";
    if (!isAlone(message)) return "stands there twice";
    if (account != 0 && !lists(account_, account, message)) return "is not found by its account";
    if (thread != 0 && !lists(thread_, thread, message)) return "is not found by its thread";
    if (!lists(conversation_, conversation, message)) return "is not found by its conversation";
    return {};
}

}  // namespace kith
