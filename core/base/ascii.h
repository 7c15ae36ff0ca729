#pragma once

#include <algorithm>
#include <string_view>

/// What a sign of ASCII is, whatever the locale; bytes of other signs are none of these.
namespace kith {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// At least one, and nothing else.
constexpr bool isDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isDigit);
}

}  // namespace kith
