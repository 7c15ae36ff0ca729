#pragma once

#include <string_view>

namespace kith {

/// What is said of a value whose first sign is none of JSON's.
inline constexpr std::string_view noJsonValue = "this is no JSON value";

/// Whether a value may begin like that. What does not needs no parser to be refused, which throws:
/// in a file that is no JSON at all that would take longer than everything else.
inline bool startsJson(std::string_view text)
{
    constexpr std::string_view starts = "{[\"-0123456789tfn";
    return !text.empty() && starts.find(text.front()) != std::string_view::npos;
}

}  // namespace kith
