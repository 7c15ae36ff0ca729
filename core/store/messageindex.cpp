#include "core/store/messageindex.h"

#include "core/base/error.h"
#include "core/store/postings.h"
#include "core/store/rowbatch.h"
#include "core/store/sortnumbers.h"

#include <utility>

namespace kith {

namespace {

/// Whether a table holds every number from one to another, as tables that are only filled do.
bool holdsAll(const Database& db, const std::string& table, std::uint64_t first, std::uint64_t last)
{
    Statement count(db, "SELECT count(*) FROM " + table + " WHERE id BETWEEN ?1 AND ?2");
    count.bind(static_cast<std::int64_t>(first), static_cast<std::int64_t>(last)).next();
    return static_cast<std::uint64_t>(count.integer(0)) == last - first + 1;
}

/// Sorted postings name each key in one run.
void requireRows(const Database& db, const std::string& table,
                 const LargeVector<std::uint64_t>& sorted)
{
    constexpr std::size_t atOnce = 4096;
    if (sorted.empty()) return;
    const auto first = sorted.front() >> 32U;
    const auto last = sorted.back() >> 32U;
    if (last - first < sorted.size() && holdsAll(db, table, first, last)) return;
    Statement missing(db, "SELECT c0 FROM batch(?1) WHERE NOT EXISTS (SELECT 1 FROM " + table +
                              " WHERE id = c0)");
    RowBatch keys(1);
    const auto look = [&] {
        const bool any = missing.bind(keys).next();
        missing.reset();
        keys.clear();
        if (!any) return;
        throw Error(Error::Kind::WorkspaceDamaged,
                    "an imported message points at a missing " + table, {},
                    "Nothing was imported. Run a check of the workspace.");
    };
    std::uint64_t before = 0;
    for (const auto posting : sorted) {
        const auto key = posting >> 32U;
        if (std::exchange(before, key) != key) keys.add(static_cast<std::int64_t>(key));
        if (keys.rows() >= atOnce) look();
    }
    look();
}

}  // namespace

void MessageIndex::add(MessageId message, std::int64_t account, std::int64_t thread,
                       std::int64_t conversation)
{
    if (account != 0) push(accounts_, posting(account, message.value));
    if (thread != 0) push(threads_, posting(thread, message.value));
    push(conversations_, posting(conversation, message.value));
}

void MessageIndex::push(LargeVector<std::uint64_t>& postings, std::uint64_t added)
{
    constexpr std::size_t many = 1U << 16U;
    if (postings.size() == postings.capacity() && postings.size() >= many) {
        // It will grow to its most: once, and not twofold again and again.
        LargeVector<std::uint64_t> larger;
        larger.reserve(mostWaiting);
        larger.insert(larger.end(), postings.begin(), postings.end());
        postings = std::move(larger);
    }
    postings.push_back(added);
}

void MessageIndex::flush()
{
    const auto write = [this](PostingList list, const std::string& table,
                              LargeVector<std::uint64_t>& postings) {
        sortNumbers(postings);
        requireRows(db_, table, postings);
        Postings(db_, list).add(postings);
    };
    write(PostingList::Account, "account", accounts_);
    write(PostingList::Thread, "thread", threads_);
    write(PostingList::Conversation, "conversation", conversations_);
}

std::vector<std::string> danglingMessages(const Database& db, std::size_t most)
{
    std::vector<std::string> found;
    for (const std::string column : {"account", "thread", "conversation", "source"}) {
        Statement rows(db, "SELECT id FROM message WHERE " + column + " IS NOT NULL AND " + column +
                               " NOT IN (SELECT id FROM " + column + ") ORDER BY id");
        while (found.size() < most && rows.next()) {
            found.push_back("row " + rows.text(0) + " of message points at a missing " + column);
        }
    }
    return found;
}

}  // namespace kith
