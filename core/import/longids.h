#pragma once

#include <string_view>

namespace kith {

/// "1.23E+18": what a spreadsheet leaves of a long number.
bool isMangledId(std::string_view cell);

/// A number of more than 16 digits whose digits from the 16th on are all 0: a spreadsheet keeps 15.
bool isRoundedId(std::string_view cell);

}  // namespace kith
