#pragma once

#include <string>
#include <string_view>

namespace kith {

/// The value of `name="..."` in an HTML tag, its entities decoded; empty where there is none.
std::string tagAttribute(std::string_view tag, std::string_view name);

}  // namespace kith
