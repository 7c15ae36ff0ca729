#pragma once

#include "core/base/largepages.h"
#include "core/base/task.h"
#include "core/base/time.h"
#include "core/model/ids.h"
#include "core/store/conditions.h"
#include "core/store/database.h"
#include "core/store/threadbook.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace kith {

/// Thread ties are not stored: they follow from who spoke in a thread. Everyone is tied to everyone
/// else with weight 1/(n-1) (Newman 2001), once a pair, at the time and by the message with which
/// the later of the two joined. Above 51 people each is tied to 50 of the others, chosen by a
/// shuffled circle that depends on the thread alone, with weight 1/50, so that everybody's sum
/// stays 1.
struct ThreadTie {
    std::int64_t late = 0;   ///< account that joined later
    std::int64_t early = 0;  ///< account that was there
    std::int64_t message = 0;
    std::optional<Time> time;
    double weight = 0;
};

/// Ties that a thread of so many people makes: n(n-1)/2, above 51 people 25n.
std::uint64_t threadTieCount(std::uint64_t people);

/// Counts anew how many people spoke in these threads.
/// @return how many ties they make. O(messages of these threads).
std::uint64_t joinThreads(const Database& db, const std::vector<std::int64_t>& threads, Task& task);

/// Who spoke in which thread, while messages are imported. 8 bytes a pair, at most 2 million pairs.
class ThreadSpeakers {
public:
    void add(std::int64_t thread, AccountId author);

    /// Tells the book how many people spoke in every thread that was added, for threads in which
    /// nothing was before. @return how many ties that makes; nullopt when there were too many to
    /// remember
    std::optional<std::uint64_t> count(ThreadBook& book);

    /// joinThreads() for every thread that was added, or for all when there were too many to
    /// remember; all messages and threads are written.
    std::uint64_t recount(const Database& db, Task& task);

private:
    LargeVector<std::uint64_t> pairs_;  ///< thread, account
    bool overflow_ = false;
};

/// All Thread ties by messages `m` that meet `messages`, to accounts `m` that meet `members`, by
/// thread, then by time. O(messages log messages); memory 32 bytes a message in a thread.
void eachThreadTie(const Database& db, const Conditions& messages, const Conditions& members,
                   const std::function<void(const ThreadTie&)>& each, Task& task);

/// Thread ties in the threads where accounts of both people spoke.
std::vector<ThreadTie> threadTiesBetween(const Database& db, std::int64_t person,
                                         std::int64_t other);

/// Ties of all threads of the workspace.
std::uint64_t countThreadTies(const Database& db);

}  // namespace kith
