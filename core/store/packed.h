#pragma once

#include "core/store/database.h"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace kith {

/// Writes numbers in as few bytes as they need: seven bits a byte, the lowest first.
class NumberWriter {
public:
    void add(std::uint64_t number)
    {
        char* at = room();
        for (; number >= 0x80; number >>= 7U) *at++ = static_cast<char>(number | 0x80U);
        *at++ = static_cast<char>(number);
        size_ = static_cast<std::size_t>(at - bytes_.data());
    }
    /// Small in either direction is short.
    void addSigned(std::int64_t number)
    {
        const auto bits = static_cast<std::uint64_t>(number);
        add(bits << 1U ^ (number < 0 ? ~std::uint64_t{0} : 0));
    }
    void addReal(double number)
    {
        char* at = room();
        auto bits = std::bit_cast<std::uint64_t>(number);
        for (int i = 0; i < 8; ++i, bits >>= 8U) *at++ = static_cast<char>(bits & 0xffU);
        size_ += 8;
    }

    /// Valid until the next number.
    std::string_view bytes() const { return {bytes_.data(), size_}; }
    void clear() { size_ = 0; }

private:
    /// For the longest number there is.
    char* room()
    {
        constexpr std::size_t longest = 10;
        if (bytes_.size() < size_ + longest) bytes_.resize(2 * bytes_.size() + longest);
        return bytes_.data() + size_;
    }

    std::string bytes_;
    std::size_t size_ = 0;
};

/// Packed numbers as the value of a column; refers to them.
inline Blob blobOf(std::string_view bytes)
{
    return {{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}};
}

/// Reads them back, from bytes that may be damaged.
class NumberReader {
public:
    explicit NumberReader(std::string_view bytes) : bytes_(bytes) {}

    bool atEnd() const { return bytes_.empty(); }

    /// These three throw Error WorkspaceDamaged where the bytes end too early.
    std::uint64_t next();
    std::int64_t nextSigned()
    {
        const auto bits = next();
        return static_cast<std::int64_t>(bits >> 1U ^ (bits & 1U ? ~std::uint64_t{0} : 0));
    }
    double nextReal();

private:
    std::string_view bytes_;
};

}  // namespace kith
