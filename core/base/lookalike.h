#pragma once

#include <string>
#include <string_view>

namespace kith {

/// What a name looks like, by Unicode's table of confusables (UTS 39): names with equal shapes can
/// be taken for each other. Case and invisible marks do not count. A hint, never an identity: "m"
/// and "rn" have one shape.
std::string shapeOf(std::string_view name);

/// True when two names of equal shape differ in the alphabets of their letters ("Anna" with a
/// Cyrillic "a"), not only in letters of one alphabet ("m" and "rn").
bool looksAlikeInOtherLetters(std::string_view a, std::string_view b);

}  // namespace kith
