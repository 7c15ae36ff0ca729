#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What stands behind a WhatsApp header and its sender.
struct ChatBody {
    enum class Kind { Said, Notice, Deleted };
    Kind kind = Kind::Said;
    std::string text;  ///< what was typed: placeholders and marks of the app are taken off
    std::vector<std::string> attachments;
    bool edited = false;
};

/// How much the app's invisible mark U+200E says in a file.
struct ChatStyle {
    bool bracket = false;  ///< iOS
    /// Every line of a real iOS export has a sender, and the mark at the start of a body tells what
    /// the app wrote from what was typed. False for files that break this: then words decide.
    bool marksDecide = false;
};

/// Tells typed text, media, deleted messages and the app's own notices apart, by the invisible
/// marks first, then by words.
/// @param marked U+200E stood before the header
ChatBody readChatBody(std::string_view body, bool marked, const ChatStyle& style);

}  // namespace kith
