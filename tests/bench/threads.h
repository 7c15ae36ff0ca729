#pragma once

#include <string>

namespace kith::bench {

/// Prints what one thread takes and what two take, by themselves and beside a process that keeps
/// one processor busy, and whether the results are the same.
/// @return 0 when all are
int compareThreads(const std::string& ground);

}  // namespace kith::bench
