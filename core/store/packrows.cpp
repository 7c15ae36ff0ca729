#include "core/store/packrows.h"

#include "core/store/identitybook.h"
#include "core/store/messageindex.h"
#include "core/store/sortnumbers.h"
#include "core/store/tieblocks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
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
    LargeVector<std::uint64_t> identities_;
};

/// By what every message has to be found.
class MessageKeys {
public:
    MessageKeys(const Database& db, Task& task)
    {
        std::optional<std::uint64_t> seed;
        Statement rows(db, std::string(messageKeys) + "ORDER BY id");
        while (rows.next()) {
            task.advance(0);
            if (!seed) seed = identitySeed(db);
            messages_.push_back(rows.integer(0));
            const std::array keys{identityIn(rows, *seed), rows.integer(4), rows.integer(5),
                                  rows.integer(1)};
            for (std::size_t i = 0; i < lists.size(); ++i)
                keys_.at(i).push_back(static_cast<std::uint32_t>(keys.at(i)));
        }
    }

    template <class Each>
    void eachMissing(const Database& db, Each each) const
    {
        for (std::size_t i = 0; i < lists.size(); ++i) {
            const auto& [list, name] = lists.at(i);
            std::vector<bool> found(messages_.size());
            Postings(db, list).each([&](std::int64_t key, std::int64_t message) {
                const auto at = std::ranges::lower_bound(messages_, message) - messages_.begin();
                const auto row = static_cast<std::size_t>(at);
                if (row < messages_.size() && messages_[row] == message &&
                    keys_.at(i)[row] == key) {
                    found[row] = true;
                }
            });
            const bool always = list == PostingList::Identity || list == PostingList::Conversation;
            for (std::size_t row = 0; row < messages_.size(); ++row) {
                if (!found[row] && (always || keys_.at(i)[row] != 0)) each(messages_[row], name);
            }
        }
    }

    /// Messages whose identity another, earlier one has.
    template <class Each>
    void eachTwin(const Database& db, Each each) const
    {
        LargeVector<std::uint64_t> sorted;
        for (std::size_t row = 0; row < messages_.size(); ++row)
            sorted.push_back(posting(keys_.front()[row], messages_[row]));
        sortNumbers(sorted);
        Statement same(db,
                       "SELECT 1 FROM message a JOIN message b ON b.conversation = a.conversation "
                       "AND b.native = a.native WHERE a.id = ?1 AND b.id = ?2");
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            for (auto j = i; j-- > 0 && sorted[j] >> 32U == sorted[i] >> 32U;) {
                const auto message = static_cast<std::int64_t>(sorted[i] & UINT32_MAX);
                const auto other = static_cast<std::int64_t>(sorted[j] & UINT32_MAX);
                const bool twins = same.bind(message, other).next();
                same.reset();
                if (!twins) continue;
                each(message);
                break;
            }
        }
    }

private:
    static constexpr std::array<std::pair<PostingList, std::string_view>, 4> lists{
        {{PostingList::Identity, "identity"},
         {PostingList::Account, "account"},
         {PostingList::Thread, "thread"},
         {PostingList::Conversation, "conversation"}}};

    std::vector<std::int64_t> messages_;
    std::array<std::vector<std::uint32_t>, lists.size()> keys_;
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

std::vector<std::string> missingPostings(const Database& db, std::size_t most, Task& task)
{
    const MessageKeys keys(db, task);
    std::vector<std::string> findings;
    const auto note = [&](std::int64_t message, const std::string& what) {
        if (findings.size() < most)
            findings.push_back("message " + std::to_string(message) + " " + what);
    };
    keys.eachMissing(db, [&](std::int64_t message, std::string_view list) {
        note(message, "is not found by its " + std::string(list));
    });
    keys.eachTwin(db, [&](std::int64_t message) { note(message, "stands there twice"); });
    return findings;
}

}  // namespace kith
