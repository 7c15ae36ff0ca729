#pragma once

#include "core/base/task.h"
#include "core/store/database.h"

#include <cstdint>
#include <vector>

namespace kith {

/// Works out the Thread ties of these threads anew: everyone who spoke in one is tied to everyone
/// else with weight 1/(n-1) (Newman 2001), once a pair, at the time and by the message with which
/// the later of the two joined. Above 51 people each is tied to 50 of the others, chosen by a
/// shuffled circle that depends on the thread alone, with weight 1/50, so that everybody's sum
/// stays 1.
/// @return how many ties were written. O(people x min(people, 50)) a thread.
std::uint64_t joinThreads(const Database& db, const std::vector<std::int64_t>& threads, Task& task);

}  // namespace kith
