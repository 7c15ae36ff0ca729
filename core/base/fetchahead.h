#pragma once

#include <cstddef>

namespace kith {

/// Begins to fetch what stands at an address into the processor's cache, so that whoever reads it
/// some hundred instructions later need not wait for it. Any address will do; no effect but on
/// speed.
[[gnu::always_inline]] inline void fetchAhead(const void* address)
{
#ifdef __GNUC__
    __builtin_prefetch(address);
    // GCC takes a function that does nothing but this for one without effect, and leaves its calls
    // out. An empty instruction that is given the address is an effect.
    asm volatile("" : : "r"(address));
#else
    (void)address;
#endif
}

/// The same for `bytes` from an address on.
[[gnu::always_inline]] inline void fetchAhead(const void* first, std::size_t bytes)
{
    constexpr std::size_t line = 64;
    for (std::size_t at = 0; at < bytes; at += line)
        fetchAhead(static_cast<const char*>(first) + at);
}

}  // namespace kith
