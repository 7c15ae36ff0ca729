#pragma once

#include "core/import/json.h"
#include "core/import/postimport.h"

#include <string>
#include <string_view>

namespace kith {

/// Turns what Bluesky's interfaces hand out into records: the conversation is "Bluesky", a post's
/// id its at:// address, an account's key its DID, a thread the address of its first post.
class BlueskyPosts {
public:
    explicit BlueskyPosts(PostImport& import) : import_(import) {}

    /// An item of a feed, a post, a record of a repository, or an event of the stream.
    void take(const Json& value, const Place& place);

    /// Records taken that are Bluesky's, whether they were kept or not.
    std::uint64_t known() const { return known_; }

private:
    void takePost(const Json& view, const Place& place);
    void takeRepost(const Json& item, const Place& place);
    void takeRecord(const std::string& uri, const Json& record, const Place& place);
    void takeEvent(const Json& value, const Place& place);
    void fill(const Json& record, MessageRecord& message);
    void addMentions(const Json& record, MessageRecord& message);
    void describe(const Json& author);
    void finish(const Json& record, const std::string& indexed, MessageRecord message);

    PostImport& import_;
    std::uint64_t known_ = 0;
};

/// Whether a record is one of Bluesky's.
bool isBluesky(const Json& value);

/// "at://did:plc:abc/app.bsky.feed.post/1" → "did:plc:abc"; empty when a handle stands there.
std::string didIn(std::string_view uri);

}  // namespace kith
