#pragma once

#include <string_view>

namespace kith {

/// What a text of Messenger's is that may have been written by the program, not by a person.
enum class MessengerWords {
    Typed,
    Notice,  ///< "Ann Lee added Ben Cole to the group."
    Shared   ///< "Ann Lee sent an attachment.": stands for what was sent
};

/// Judges by the sender's name at the start, which works in every language, and by the sentences
/// that are known: the owner of the download stands in them as "You".
MessengerWords messengerWords(std::string_view text, std::string_view sender);

/// True for the names that stand for everybody who deleted their account.
bool isGoneName(std::string_view name);

}  // namespace kith
