#pragma once

#include "core/import/json.h"
#include "core/import/xposts.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What a page of the API v2 says beside its posts. Points into the page.
struct TweetPage {
    std::map<std::string_view, const Json*> tweets;  ///< by id: `includes` and the page itself
    std::map<std::string_view, const Json*> media;   ///< by key
};

/// A page holds `data`, one tweet or a list; anything else is one tweet by itself.
std::vector<const Json*> tweetsOf(const Json& line);

/// Somebody as the API v2 describes them.
XPerson tweetUser(const Json& user);

/// Everybody described in a post of the API v2, with the posts it refers to.
void meetPeople(const Json& tweet, XPosts& posts);

/// A post of the API v2 but for its time, which the caller checks.
XPost newPost(const Json& tweet, const TweetPage& page);

/// A post of the API v1.1 ("status"), or of an account's archive, where the author is not named.
/// Its time is for the caller too. In an archive a link to a post at the end is a quote.
XPost oldPost(const Json& status, bool archive);

/// Everybody described in a status, with those whose posts it passes on.
void meetOldPeople(const Json& status, XPosts& posts);

/// Why a post must not be kept: "it is withheld"; empty when it may.
std::string_view withheldReason(const Json& tweet);

}  // namespace kith
