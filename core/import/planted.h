#pragma once

// Bugs on purpose, only in the program fuzz_planted (CMake option KITH_PLANTED_BUGS).
// tests/fuzz/control.py tries it, to see whether the fuzzing would find them.

#ifdef KITH_PLANTED_BUGS

#include <cstdlib>
#include <cstring>
#include <string_view>

namespace kith::planted {

inline bool on(const char* bug)
{
    static const char* const chosen = std::getenv("KITH_PLANTED");
    return chosen != nullptr && std::strcmp(chosen, bug) == 0;
}

/// Writes behind the end of a small array.
inline char overflow(std::string_view line)
{
    char small[8] = {};
    char* volatile target = small;
    if (line.starts_with("OVER")) std::memcpy(target, line.data(), line.size());
    return target[0];
}

/// One call a bracket, with a large frame.
inline int recursion(std::string_view line)
{
    if (!line.starts_with('(')) return 0;
    volatile char frame[1U << 17U];
    frame[line.size() % sizeof frame] = '(';
    return recursion(line.substr(1)) + frame[line.size() % sizeof frame];
}

/// Every "<" with every other.
inline unsigned loop(std::string_view line)
{
    volatile unsigned found = 0;
    constexpr int slow = 20'000;
    for (std::size_t i = 0; i < line.size() && line[i] == '<'; ++i) {
        for (std::size_t j = 0; j < line.size() && line[j] == '<'; ++j) {
            for (int k = 0; k < slow; ++k) found = found + 1;
        }
    }
    return found;
}

inline void bugs(std::string_view line)
{
    if (on("overflow")) (void)overflow(line);
    if (on("recursion")) (void)recursion(line);
    if (on("loop")) (void)loop(line);
}

}  // namespace kith::planted

#endif
