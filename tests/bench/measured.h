#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace kith::bench {

struct Cost {
    double cpu = 0;        ///< seconds, user and system
    double wall = 0;       ///< seconds
    double megabytes = 0;  ///< the most memory that was resident
    bool good = false;
};

/// Runs `work` in a process of its own, so that its memory is its own.
Cost measured(const std::function<void()>& work);

/// Prints one line: what it cost, and how many messages a second of processor time that is.
void show(const std::string& what, const Cost& cost, std::uint64_t messages);

}  // namespace kith::bench
