#pragma once

#include "core/import/json.h"

#include <string_view>

namespace kith {

/// What a value that comes from X may be. Only tweets are read; the others are told by name.
enum class TweetKind {
    Tweet,
    Counts,
    User,
    List,
    Compliance,
    OldTweet,  ///< API v1.1
    Other
};

TweetKind tweetKind(const Json& value);

/// "counts of tweets", "users" ...: what a file holds that holds no tweets.
std::string_view name(TweetKind kind);

}  // namespace kith
