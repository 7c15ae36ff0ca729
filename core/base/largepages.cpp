#include "core/base/largepages.h"

#include <cstdint>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace kith {

void preferLargePages(const void* first, std::size_t bytes)
{
#ifdef __linux__
    constexpr std::uintptr_t large = std::uintptr_t{2} << 20U;
    const auto begin = reinterpret_cast<std::uintptr_t>(first);
    const std::uintptr_t from = (begin + large - 1) / large * large;
    const std::uintptr_t to = (begin + bytes) / large * large;
    if (first == nullptr || to <= from) return;
    // Advice alone: where it is not taken nothing is lost.
    madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
#else
    (void)first, (void)bytes;
#endif
}

}  // namespace kith
