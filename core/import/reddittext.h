#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// "[deleted]" by its author, "[removed]" by a moderator: no name and no words.
bool isRedditGone(std::string_view text);

/// The names in "u/ann" and "/u/ann", as words of their own, outside quoted lines.
std::vector<std::string> redditMentions(std::string_view text);

}  // namespace kith
