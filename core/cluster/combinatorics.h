#pragma once

#include <cstddef>

namespace kith {

/// ln n!, to 14 digits. Safe on any number of threads, unlike std::lgamma.
double logFactorial(std::size_t n);

/// ln of the chance of exactly `k` marked among `n` drawn from `total` of which `marked` are
/// marked.
/// @pre max(0, n + marked - total) <= k <= min(n, marked)
double logHypergeometric(std::size_t k, std::size_t n, std::size_t marked, std::size_t total);

}  // namespace kith
