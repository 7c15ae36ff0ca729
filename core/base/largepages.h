#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
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

/// Allocator of containers that grow to many megabytes: from 2 MiB on, blocks begin where a large
/// page does, so that all of them is in large pages but what is left over at the end. Elsewhere a
/// block of 8 MiB loses half of them to its two ends.
template <class T>
struct LargePages {
    using value_type = T;

    LargePages() = default;
    template <class Other>
    LargePages(const LargePages<Other>&)
    {}

    T* allocate(std::size_t count)
    {
        if (count < least) return std::allocator<T>().allocate(count);
        if (count > SIZE_MAX / sizeof(T)) throw std::bad_array_new_length();
        auto* block = static_cast<T*>(::operator new(count * sizeof(T), alignment));
        preferLargePages(block, count * sizeof(T));
        return block;
    }
    void deallocate(T* block, std::size_t count)
    {
        if (count < least) return std::allocator<T>().deallocate(block, count);
        ::operator delete(block, alignment);
    }

    template <class Other>
    bool operator==(const LargePages<Other>&) const
    {
        return true;
    }

private:
    static constexpr std::size_t page = std::size_t{2} << 20U;
    static constexpr std::size_t least = page / sizeof(T);
    static constexpr std::align_val_t alignment{page};
};

template <class T>
using LargeVector = std::vector<T, LargePages<T>>;

}  // namespace kith
