#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace kith {

/// Text for the inside of an element or a double-quoted attribute. Characters that HTML or XML
/// forbid become U+FFFD; direction overrides and other invisible marks are taken out.
std::string escaped(std::string_view text);

/// Writes one element: <tag class="kind">text</tag>.
void element(std::ostream& out, std::string_view tag, std::string_view text,
             std::string_view kind = {});

}  // namespace kith
