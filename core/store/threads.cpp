#include "core/store/threads.h"

#include "core/base/random.h"
#include "core/base/release.h"
#include "core/store/postings.h"
#include "core/store/sortnumbers.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace kith {

namespace {

constexpr std::size_t mostPartners = 50;
constexpr std::int64_t noTime = INT64_MIN;  ///< sorts first, as NULL does

/// Somebody's message in a thread.
struct Spoken {
    std::int64_t time = noTime;
    std::int64_t message = 0;
    std::uint32_t thread = 0;
    std::uint32_t account = 0;
    bool counts = true;  ///< as the message of a tie
    bool member = true;  ///< as the other end of one
};

using Each = std::function<void(const Spoken& late, const Spoken& early, double weight)>;

/// Leaves everybody's first message, in the order in which they joined.
void keepFirsts(std::vector<Spoken>& spoken)
{
    std::ranges::sort(spoken, {},
                      [](const Spoken& one) { return std::tie(one.time, one.message); });
    std::unordered_set<std::uint32_t> seen;
    std::erase_if(spoken, [&](const Spoken& one) { return !seen.insert(one.account).second; });
}

void joinAll(std::span<const Spoken> speakers, const Each& each)
{
    const double weight = 1.0 / static_cast<double>(speakers.size() - 1);
    for (std::size_t late = 1; late < speakers.size(); ++late) {
        for (std::size_t early = 0; early < late; ++early) {
            each(speakers[late], speakers[early], weight);
        }
    }
}

void joinSome(std::span<const Spoken> speakers, const Each& each)
{
    std::vector<std::size_t> circle(speakers.size());
    for (std::size_t i = 0; i < circle.size(); ++i) circle[i] = i;
    Random random(speakers.front().thread, circle.size());
    random.shuffle(std::span(circle));
    for (std::size_t i = 0; i < circle.size(); ++i) {
        for (std::size_t step = 1; step <= mostPartners / 2; ++step) {
            const auto [early, late] = std::minmax({circle[i], circle[(i + step) % circle.size()]});
            each(speakers[late], speakers[early], 1.0 / mostPartners);
        }
    }
}

void join(std::vector<Spoken>& spoken, const Each& each)
{
    keepFirsts(spoken);
    if (spoken.size() < 2) return;
    if (spoken.size() - 1 <= mostPartners) {
        joinAll(spoken, each);
    } else {
        joinSome(spoken, each);
    }
}

ThreadTie tieOf(const Spoken& late, const Spoken& early, double weight)
{
    const auto time = late.time == noTime ? std::nullopt : std::optional(fromMillis(late.time));
    return {late.account, early.account, late.message, time, weight};
}

/// Columns thread, account, id, time.
Spoken spokenIn(const Statement& row)
{
    Spoken one;
    one.thread = static_cast<std::uint32_t>(row.integer(0));
    one.account = static_cast<std::uint32_t>(row.integer(1));
    one.message = row.integer(2);
    if (!row.null(3)) one.time = row.integer(3);
    return one;
}

/// Whether more than one person spoke, by thread.
std::vector<bool> sharedThreads(const Database& db)
{
    std::vector<bool> shared;
    Statement rows(db, "SELECT id FROM thread WHERE people > 1 ORDER BY id");
    while (rows.next()) {
        shared.resize(static_cast<std::size_t>(rows.integer(0)) + 1);
        shared.back() = true;
    }
    return shared;
}

std::uint64_t pairOf(std::int64_t thread, std::int64_t account)
{
    return static_cast<std::uint64_t>(thread) << 32U | static_cast<std::uint64_t>(account);
}

void sortOnce(LargeVector<std::uint64_t>& pairs)
{
    sortNumbers(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());  // clang 14: no ranges
}

/// @param ours person by account
std::vector<std::int64_t> threadsOfBoth(const Database& db,
                                        const std::unordered_map<std::uint32_t, std::int64_t>& ours,
                                        std::int64_t person, std::int64_t other)
{
    std::set<std::int64_t> ofOne;
    std::set<std::int64_t> ofOther;
    Postings by(db, PostingList::Account);
    Statement row(db, "SELECT thread FROM message WHERE id = ?1 AND account = ?2");
    std::vector<std::int64_t> messages;
    for (const auto& [account, owner] : ours) {
        messages.clear();
        by.find(account, messages);
        for (const auto message : messages) {
            const bool there = row.bind(message, std::int64_t{account}).next() && !row.null(0);
            if (!there) continue;
            if (owner == person) ofOne.insert(row.integer(0));
            if (owner == other) ofOther.insert(row.integer(0));
        }
        row.reset();
    }
    std::vector<std::int64_t> both;
    std::ranges::set_intersection(ofOne, ofOther, std::back_inserter(both));
    return both;
}

}  // namespace

std::uint64_t threadTieCount(std::uint64_t people)
{
    if (people < 2) return 0;
    return people - 1 <= mostPartners ? people * (people - 1) / 2 : people * (mostPartners / 2);
}

std::uint64_t joinThreads(const Database& db, const std::vector<std::int64_t>& threads, Task& task)
{
    Statement account(db,
                      "SELECT account FROM message "
                      "WHERE id = ?1 AND thread = ?2 AND account IS NOT NULL");
    Postings inThread(db, PostingList::Thread);
    std::vector<std::int64_t> messages;
    std::unordered_set<std::int64_t> speakers;
    Statement store(db, "UPDATE thread SET people = ?2 WHERE id = ?1");
    std::uint64_t ties = 0;
    for (const auto thread : threads) {
        messages.clear();
        speakers.clear();
        inThread.find(thread, messages);
        for (const auto message : messages) {
            if (account.bind(message, thread).next()) speakers.insert(account.integer(0));
        }
        account.reset();
        const auto people = static_cast<std::int64_t>(speakers.size());
        store.run(thread, people);
        ties += threadTieCount(static_cast<std::uint64_t>(people));
        task.advance();
    }
    return ties;
}

void ThreadSpeakers::add(std::int64_t thread, AccountId author)
{
    constexpr std::size_t mostPairs = 2'000'000;
    overflow_ = overflow_ || thread > UINT32_MAX || author.value > UINT32_MAX;
    if (overflow_) return;
    if (pairs_.capacity() == 0) pairs_.reserve(1024);
    if (pairs_.size() == pairs_.capacity() && pairs_.size() * 2 > mostPairs) {
        sortOnce(pairs_);
        overflow_ = pairs_.size() * 2 > mostPairs;
    }
    pairs_.push_back(pairOf(thread, author.value));
}

namespace {

/// Who spoke in threads from `from` on, as pairs in order, for as many threads as there is room
/// for.
/// @return the first thread that is left for another walk; 0 = none
std::int64_t speakersFrom(const Database& db, std::int64_t from, LargeVector<std::uint64_t>& pairs,
                          Task& task)
{
    constexpr std::size_t most = 2'000'000;
    std::int64_t until = INT64_MAX;
    pairs.clear();
    pairs.reserve(most);
    Statement rows(db,
                   "SELECT thread, account FROM message "
                   "WHERE thread >= ?1 AND account IS NOT NULL");
    for (rows.bind(from); rows.next();) {
        task.advance(0);
        if (rows.integer(0) >= until) continue;
        pairs.push_back(pairOf(rows.integer(0), rows.integer(1)));
        if (pairs.size() < most) continue;
        sortOnce(pairs);
        if (pairs.size() < most / 2) continue;
        // The upper half waits, but the first thread always comes whole.
        const auto first = static_cast<std::int64_t>(pairs.front() >> 32U);
        const auto middle = static_cast<std::int64_t>(pairs[pairs.size() / 2] >> 32U);
        until = std::max(middle, first + 1);
        pairs.erase(std::ranges::lower_bound(pairs, pairOf(until, 0)), pairs.end());
    }
    sortOnce(pairs);
    return until == INT64_MAX ? 0 : until;
}

/// Counts the people of every thread anew, in walks over all messages.
void countSpeakers(const Database& db, Task& task)
{
    Statement store(db, "UPDATE thread SET people = ?2 WHERE id = ?1");
    LargeVector<std::uint64_t> pairs;
    for (std::int64_t from = 1; from != 0;) {
        from = speakersFrom(db, from, pairs, task);
        for (std::size_t at = 0; at < pairs.size();) {
            const auto start = at;
            const auto thread = pairs[at] >> 32U;
            while (at < pairs.size() && pairs[at] >> 32U == thread) ++at;
            store.run(static_cast<std::int64_t>(thread), static_cast<std::int64_t>(at - start));
        }
    }
}

}  // namespace

std::optional<std::uint64_t> ThreadSpeakers::count(ThreadBook& book)
{
    if (overflow_) return std::nullopt;
    sortOnce(pairs_);
    std::uint64_t ties = 0;
    for (std::size_t at = 0; at < pairs_.size();) {
        const auto thread = pairs_[at] >> 32U;
        std::uint64_t people = 0;
        for (; at < pairs_.size() && pairs_[at] >> 32U == thread; ++at) {
            people += (pairs_[at] & UINT32_MAX) != 0 ? 1U : 0U;
        }
        ties += threadTieCount(people);
        book.setPeople(static_cast<std::int64_t>(thread), static_cast<std::int64_t>(people));
    }
    return ties;
}

std::uint64_t ThreadSpeakers::recount(const Database& db, Task& task)
{
    if (overflow_) {
        release(pairs_);
        countSpeakers(db, task);
        return countThreadTies(db);
    }
    sortOnce(pairs_);
    std::vector<std::int64_t> threads;
    for (const auto pair : pairs_) {
        const auto thread = static_cast<std::int64_t>(pair >> 32U);
        if (threads.empty() || threads.back() != thread) threads.push_back(thread);
    }
    return joinThreads(db, threads, task);
}

void eachThreadTie(const Database& db, const Conditions& messages, const Conditions& members,
                   const std::function<void(const ThreadTie&)>& each, Task& task)
{
    const auto shared = sharedThreads(db);
    if (shared.empty()) return;
    std::vector<Spoken> all;
    Statement rows(db, "SELECT m.thread, m.account, m.id, m.time, " + messages.all() + ", " +
                           members.all() +
                           " FROM message m WHERE m.thread IS NOT NULL AND m.account IS NOT NULL");
    members.bind(rows, messages.bind(rows));
    while (rows.next()) {
        task.advance(0);
        const auto thread = static_cast<std::size_t>(rows.integer(0));
        if (thread >= shared.size() || !shared[thread]) continue;
        all.push_back(spokenIn(rows));
        all.back().counts = rows.integer(4) != 0;
        all.back().member = rows.integer(5) != 0;
    }
    rows.reset();
    std::ranges::sort(
        all, {}, [](const Spoken& one) { return std::tie(one.thread, one.time, one.message); });
    const Each hand = [&](const Spoken& late, const Spoken& early, double weight) {
        if (late.counts && early.member) each(tieOf(late, early, weight));
    };
    std::vector<Spoken> thread;
    for (auto at = all.begin(); at != all.end();) {
        const auto end = std::find_if(at, all.end(),
                                      [&](const Spoken& one) { return one.thread != at->thread; });
        thread.assign(at, end);
        join(thread, hand);
        task.advance();
        at = end;
    }
}

std::vector<ThreadTie> threadTiesBetween(const Database& db, std::int64_t person,
                                         std::int64_t other)
{
    std::vector<ThreadTie> ties;
    std::unordered_map<std::uint32_t, std::int64_t> ours;
    Statement accounts(db, "SELECT id, person FROM account WHERE person IN (?1, ?2)");
    for (accounts.bind(person, other); accounts.next();) {
        ours[static_cast<std::uint32_t>(accounts.integer(0))] = accounts.integer(1);
    }

    Postings inThread(db, PostingList::Thread);
    Statement row(db,
                  "SELECT thread, account, id, time FROM message "
                  "WHERE id = ?1 AND thread = ?2 AND account IS NOT NULL");
    std::vector<std::int64_t> messages;
    std::vector<Spoken> spoken;
    for (const auto thread : threadsOfBoth(db, ours, person, other)) {
        messages.clear();
        spoken.clear();
        inThread.find(thread, messages);
        for (const auto message : messages) {
            if (row.bind(message, thread).next()) spoken.push_back(spokenIn(row));
        }
        row.reset();
        join(spoken, [&](const Spoken& late, const Spoken& early, double weight) {
            const auto one = ours.find(late.account);
            const auto two = ours.find(early.account);
            if (one == ours.end() || two == ours.end() || one->second == two->second) return;
            ties.push_back(tieOf(late, early, weight));
        });
    }
    return ties;
}

std::uint64_t countThreadTies(const Database& db)
{
    std::uint64_t ties = 0;
    Statement rows(db, "SELECT people, count(*) FROM thread WHERE people > 1 GROUP BY people");
    while (rows.next()) {
        ties += threadTieCount(static_cast<std::uint64_t>(rows.integer(0))) *
                static_cast<std::uint64_t>(rows.integer(1));
    }
    return ties;
}

}  // namespace kith
