#pragma once

#include <string>
#include <string_view>

namespace kith {

/// Replaces character references once: "&amp;lt;" becomes "&lt;". Knows the numeric ones and the
/// names of HTML that occur in exports; an unknown one is left as it stands.
std::string decodeEntities(std::string_view text);
/// The same, put behind what stands in `out`.
void decodeEntities(std::string_view text, std::string& out);

/// The words of an HTML page: tags removed, blocks and breaks as line ends, scripts and styles left
/// out, the address of a link kept behind its words, character references replaced. Never fails.
std::string htmlToText(std::string_view html);

}  // namespace kith
