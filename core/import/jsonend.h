#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace kith {

/// How many line feeds there are.
std::uint64_t lineEnds(std::string_view text);

/// Walks through strings of JSON, a byte at a time, each from behind its opening quote.
class JsonString {
public:
    /// @return whether the string goes on behind this byte; false for its closing quote
    bool goesOn(char one)
    {
        const bool escaped = std::exchange(escaped_, !escaped_ && one == '\\');
        return escaped || one != '"';
    }

private:
    bool escaped_ = false;
};

/// Finds where one JSON value ends, however it arrives: brackets outside of strings. Whether it is
/// sound is not looked at.
class JsonValueEnd {
public:
    /// Looks through the next bytes of the value.
    /// @param done becomes true when it ends in them
    /// @return how many of them belong to the value
    std::size_t feed(std::string_view text, bool& done);

private:
    std::size_t insideString(std::string_view text, std::size_t at, bool& done);
    bool outside(char one);

    std::size_t depth_ = 0;
    bool inString_ = false;
    bool escaped_ = false;
    bool scalar_ = false;
};

}  // namespace kith
