#pragma once

#include <cstddef>
#include <vector>

namespace kith {

/// Asks the system to keep `bytes` of memory from `first` on in large pages, where it can: random
/// looks into many megabytes then spend less on finding the page. Best before the memory is first
/// written to. No effect but on speed; small stretches are left alone.
void preferLargePages(const void* first, std::size_t bytes);

/// Makes room for `count` values in an empty vector, in large pages where that pays.
template <class T>
void reserveLarge(std::vector<T>& values, std::size_t count)
{
    values.reserve(count);
    preferLargePages(values.data(), values.capacity() * sizeof(T));
}

}  // namespace kith
