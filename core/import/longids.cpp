#include "core/import/longids.h"

#include "core/base/text.h"

#include <algorithm>

namespace kith {

bool isMangledId(std::string_view cell)
{
    const auto e = cell.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || e + 2 >= cell.size() || cell[e + 1] != '+')
        return false;
    const auto digit = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; };
    return std::ranges::all_of(cell.substr(0, e), digit) &&
           std::ranges::all_of(cell.substr(e + 2), digit);
}

bool isRoundedId(std::string_view cell)
{
    constexpr std::size_t exact = 15;
    return cell.size() >= exact + 2 && parseInteger(cell) &&
           cell.find_first_not_of('0', exact) == std::string_view::npos;
}

}  // namespace kith
