#pragma once

#include "core/import/onefile.h"
#include "core/import/tweetposts.h"

#include <array>
#include <cstddef>
#include <deque>

namespace kith {

/// One answer of the API v2 as a document of its own, spread over lines or too long for one, of any
/// size: what it says beside its posts, from a walk before they are read. Memory: that of 32 MB of
/// the document; what is said of further posts is left out, which isPartial() tells.
class TweetDocument {
public:
    /// @throws Error FileUnreadable. Where the text breaks off, what comes before is known.
    explicit TweetDocument(const OneFile& file);

    /// Before the posts are read: the numbers of the handles.
    void learn(XPosts& posts) const;

    /// Behind them: describes everybody, which needs no memory then.
    void describe(XPosts& posts) const;

    /// Points into this.
    const TweetPage& page() const { return page_; }
    bool isPartial() const { return partial_; }

private:
    template <class Each>
    void eachUser(Each each) const;
    void keep(std::size_t path, std::string_view raw, const Json& json);

    const OneFile& file_;
    TweetPage page_;
    std::deque<Json> kept_;
    std::array<std::size_t, 3> bytes_{};  ///< kept, of each list
    bool partial_ = false;
    bool anyUser_ = false;
};

}  // namespace kith
