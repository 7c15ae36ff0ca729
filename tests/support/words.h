#pragma once

#include <cstdint>
#include <string>

namespace kith::tests {

/// A word that no language has, so that none is left out or cut to a stem; different for every
/// number below 400.
inline std::string inventedWord(std::uint64_t number)
{
    return std::string(1, static_cast<char>('b' + number % 20)) + "o" +
           std::string(1, static_cast<char>('b' + number / 20)) + "ug";
}

}  // namespace kith::tests
