#include "core/import/tweetkinds.h"

namespace kith {

TweetKind tweetKind(const Json& value)
{
    if (value.has("id_str") && (value.has("user") || value.has("full_text")))
        return TweetKind::OldTweet;
    if (value.has("statuses") || value.has("search_metadata")) return TweetKind::OldTweet;
    if (value.has("tweet_count") && value.has("start")) return TweetKind::Counts;
    if (value.has("action") && value.has("id")) return TweetKind::Compliance;
    if (value.has("text") && value.has("id")) return TweetKind::Tweet;
    if (value.has("owner_id") || value.has("member_count")) return TweetKind::List;
    if (value.has("username")) return TweetKind::User;
    return TweetKind::Other;
}

std::string_view name(TweetKind kind)
{
    switch (kind) {
    case TweetKind::Tweet: return "tweets";
    case TweetKind::Counts: return "counts of tweets";
    case TweetKind::User: return "descriptions of users";
    case TweetKind::List: return "descriptions of lists";
    case TweetKind::Compliance: return "compliance notices";
    case TweetKind::OldTweet: return "tweets of the API v1.1";
    case TweetKind::Other: break;
    }
    return "something else";
}

}  // namespace kith
