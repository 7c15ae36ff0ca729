#pragma once

#include <cstddef>
#include <functional>

namespace kith {

/// Runs work(0) ... work(count - 1) on up to `threads` threads (0 = as many as the machine has).
/// Which thread runs which index is not defined, so work must write only to its own place and take
/// random numbers from a stream numbered by the index; then results do not depend on `threads`.
/// An exception stops the handing out of further indexes; that of the lowest index is rethrown.
void parallelFor(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace kith
