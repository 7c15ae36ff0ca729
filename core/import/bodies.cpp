#include "core/import/bodies.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <utility>

namespace kith {

std::string withoutNul(std::string text)
{
    if (text.find('\0') == std::string::npos) return text;
    return replaceAll(std::move(text), std::string_view("\0", 1), "\u2400");
}

void limitText(MessageRecord& message, Sink& sink)
{
    constexpr std::size_t longestText = 256U << 10U;
    message.text = withoutNul(std::move(message.text));
    if (message.text.size() <= longestText) return;
    sink.problem(
        {Outcome::Repaired, message.place,
         fmt::format("the message is {} bytes long and was cut at 256 KB", message.text.size())});
    message.text = shorten(message.text, longestText);
}

std::string fileNameOf(std::string_view address)
{
    address = address.substr(0, address.find_first_of("?#"));
    while (address.ends_with('/')) address.remove_suffix(1);
    return std::string(address.substr(address.find_last_of("/\\") + 1));
}

}  // namespace kith
