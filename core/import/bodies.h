#pragma once

#include "core/import/reader.h"

#include <string>
#include <string_view>

namespace kith {

/// A NUL cannot be shown or searched for; its picture can.
std::string withoutNul(std::string text);

/// Cuts a text beyond 256 KB and says so; call it last, before the message is sent.
void limitText(MessageRecord& message, Sink& sink);

/// "https://host/path/name.png?ex=1#x" becomes "name.png"; what is no address stays whole.
std::string fileNameOf(std::string_view address);

/// Of an export of many chats: whether the user wants this one. None named, or "*", is all.
inline bool isWanted(const ReadOptions& options, const std::string& chat)
{
    return options.chats.empty() || options.chats.contains("*") || options.chats.contains(chat);
}

}  // namespace kith
