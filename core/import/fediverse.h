#pragma once

#include <string>
#include <string_view>

namespace kith {

/// People and posts of Mastodon and its kin are named by addresses on many servers. A person's key
/// is "name@server" in small letters, taken from the address, so that the same person is the same
/// account whichever server the file comes from.

/// "https://town.example/users/ann/statuses/1" or ".../@ann/1" → "town.example"; empty for what is
/// no web address.
std::string serverOf(std::string_view address);

/// Who is meant by an address of a person or of a post; empty when it does not say.
std::string personAt(std::string_view address);

/// "ann" and the address of anything on her server → "ann@town.example".
std::string personNamed(std::string_view name, std::string_view address);

/// The words of a post. Mentions and hashtags stand as their words alone, other links with their
/// address.
std::string postWords(std::string_view html);

/// A warning about the content, the words, and the choices of a poll: what there is of them.
std::string postText(const std::string& warning, const std::string& words,
                     const std::string& choices);

}  // namespace kith
