#pragma once

#include <fstream>
#include <string>

/// The most memory that was resident, from the kernel's own figure.
namespace kith::bench {

/// Starts the figure anew from what is resident now.
inline void forgetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

inline double peakBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmHWM:", 0) == 0) return 1024 * std::stod(line.substr(6));
    return 0;
}

}  // namespace kith::bench
