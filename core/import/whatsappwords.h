#pragma once

#include <optional>
#include <string_view>

/// The phrases that WhatsApp writes in place of people, in the languages seen so far. The lists can
/// never be complete; they only sharpen rules that work without words (see whatsappbody.h).
namespace kith {

bool saysDeleted(std::string_view line);       ///< "This message was deleted."
bool saysEdited(std::string_view line);        ///< "<This message was edited>", with its brackets
bool saysFileAttached(std::string_view word);  ///< "file attached", without its brackets
bool saysLiveLocation(std::string_view line);
bool saysPoll(std::string_view line);     ///< "POLL:"
bool saysOmitted(std::string_view line);  ///< "image omitted"

/// A notice that stands in the app's own voice: encryption, security code, missed call.
bool isNotice(std::string_view line);

/// "image", "video", "audio", "sticker", "gif", "document", "contact" from a placeholder's words.
std::string_view mediaKind(std::string_view words);

/// The group's name out of "Anna created group "Damp homes"".
std::optional<std::string_view> createdGroup(std::string_view line);

/// The chat's name out of "WhatsApp Chat with Damp homes.txt".
std::optional<std::string_view> chatNamedBy(std::string_view fileName);

}  // namespace kith
