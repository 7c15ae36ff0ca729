#pragma once

#include "core/import/reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What a source can and cannot show, in sentences for people: first what it shows, then what it
/// does not, then how to take it. The only place where these sentences stand.
/// @param flat the chat keeps no reply pointers: who answers whom is worked out
/// @param documented the reader was made from the documentation of the format alone
std::vector<std::string> showsInWords(const Shows& shows, bool flat, bool documented = false);

/// What an import says of one person's view; the sentences above say it too.
inline constexpr const char* onePersonsViewNote =
    "this is what one person's account kept: it shows who that person deals with, not how the "
    "others deal with each other";

/// The same for a format by its id; empty for one that this Kith does not know.
std::vector<std::string> showsInWords(std::string_view format, bool flat);

}  // namespace kith
