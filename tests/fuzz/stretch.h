#pragma once

#include "core/base/random.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace kith::fuzz {

/// Repeats a piece of the input, a sign, a few or a line, many times over where it stands. What
/// nests too deeply or compares each with each shows itself only in such inputs, which the fuzzer's
/// own mutations, a few bytes at a time, hardly reach.
inline std::size_t stretch(std::uint8_t* data, std::size_t size, std::size_t most, Random& random)
{
    const auto from = random.below(size);
    std::size_t length = 1;
    if (random.chance(0.25)) length = 1 + random.below(16);
    if (random.chance(0.25)) {
        const auto* const end = std::find(data + from, data + size, '\n');
        length = static_cast<std::size_t>(end - data) - from + 1;
    }
    length = std::min(length, size - from);
    constexpr int doublings = 14;
    const std::size_t wanted = std::size_t{8} << random.below(doublings);
    const std::size_t times = std::min(wanted, (most - std::min(most, size)) / length);
    const std::string piece(reinterpret_cast<const char*>(data + from), length);
    std::memmove(data + from + times * length, data + from, size - from);
    for (std::size_t i = 0; i < times; ++i)
        std::memcpy(data + from + i * length, piece.data(), length);
    return size + times * length;
}

/// A number, mostly one digit around what 32 or 64 bits hold, with what numbers stand behind: one
/// digit more at a time, and changing nothing on the way, the fuzzer's own do not get there.
inline std::string number(Random& random)
{
    constexpr std::string_view before = "#-+@$:=,.\" ";
    constexpr std::size_t lengths[] = {10, 10, 11, 19, 20, 21};
    constexpr std::uint64_t mostDigits = 40;
    std::string digits;
    if (random.chance(0.75)) digits = before[random.below(before.size())];
    const auto length = random.chance(0.25) ? 1 + random.below(mostDigits)
                                            : lengths[random.below(std::size(lengths))];
    const auto digit = static_cast<char>('0' + random.below(10));
    return digits.append(length, digit);
}

/// A run of one sign, or a number.
inline std::string run(Random& random)
{
    if (random.chance(0.5)) return number(random);
    constexpr std::string_view signs = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ 0a";
    constexpr int doublings = 11;
    const auto sign = signs[random.below(signs.size())];
    return std::string((std::size_t{16} << random.below(doublings)) + random.below(16), sign);
}

/// Puts such a run in: where a line begins, or anywhere.
inline std::size_t insertRun(std::uint8_t* data, std::size_t size, std::size_t most, Random& random)
{
    auto at = random.below(size + 1);
    if (random.chance(0.5)) {
        const auto* const end = std::find(data + at, data + size, '\n');
        at = end == data + size ? at : static_cast<std::size_t>(end - data) + 1;
    }
    const auto piece = run(random).substr(0, most - std::min(most, size));
    std::memmove(data + at + piece.size(), data + at, size - at);
    std::memcpy(data + at, piece.data(), piece.size());
    return size + piece.size();
}

/// Takes a piece out, so that what is left has `left` bytes: its beginning and its end.
inline std::size_t cut(std::uint8_t* data, std::size_t size, std::size_t left, Random& random)
{
    const auto from = random.below(left + 1);
    std::memmove(data + from, data + from + size - left, left - from);
    return left;
}

/// Every eighth change is one of these, the others are the fuzzer's own. What was stretched is
/// mostly cut first: an input of 64 KB takes the time of a hundred small ones, and shows little
/// more.
inline std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    Random random(seed);
    constexpr std::size_t small = 2048;
    constexpr std::uint64_t seldom = 8;
    if (size > small && random.below(seldom) != 0)
        size = cut(data, size, 1 + random.below(small), random);
    if (size == 0 || size >= most || random.below(seldom) != 0)
        return LLVMFuzzerMutate(data, size, most);
    return random.chance(0.5) ? stretch(data, size, most, random)
                              : insertRun(data, size, most, random);
}

}  // namespace kith::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed)
{
    return kith::fuzz::mutate(data, size, most, seed);
}
