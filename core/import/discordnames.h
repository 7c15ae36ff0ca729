#pragma once

#include "core/import/json.h"

#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// An id of Discord's, which are numbers of 17 to 20 digits, as text.
struct DiscordId {
    std::string text;      ///< empty when there is none
    bool damaged = false;  ///< it went through a program that keeps 53 bits only
};

/// A string is taken as it stands. A number has lost its last digits when it is written with an
/// exponent, or when it is exactly what a 53-bit program writes for it.
DiscordId discordId(const Json& value);

/// "general in Eastfield (1012224565567721552)": the same from every kind of export.
std::string discordConversation(std::string_view channel, std::string_view guild,
                                std::string_view id);

/// What DiscordChatExporter puts into a file's name:
/// "Guild - Category - channel [id] (after 2024-01-01) [part 2].csv".
struct DiscordFileName {
    std::string guild;
    std::string channel;
    std::string id;
};
std::optional<DiscordFileName> discordFileName(std::string_view stem);

/// Links to Discord's store of files end with a key that lets anybody fetch the file: cut off.
/// @param found becomes higher by the number of keys
std::string withoutFileKeys(std::string text, std::uint64_t& found);

/// The account that stands for everybody who deleted theirs.
inline constexpr std::string_view deletedDiscordUser = "456226577798135808";

}  // namespace kith
