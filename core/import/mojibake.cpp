#include "core/import/mojibake.h"

#include "core/base/text.h"

#include <algorithm>

namespace kith {

std::string withoutMojibake(std::string_view text)
{
    const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::ranges::all_of(text, ascii)) return std::string(text);
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto one = nextCodePoint(text, at);
        if (one > 0xff) return std::string(text);
        bytes += static_cast<char>(static_cast<unsigned char>(one));
    }
    return firstBadUtf8(bytes) ? std::string(text) : bytes;
}

}  // namespace kith
