#pragma once

#include "core/import/json.h"
#include "core/import/postimport.h"

#include <string>
#include <string_view>

namespace kith {

/// The activities of one account's outbox, one after the other. Posts that only followers or the
/// people named in them were meant to read are left out unless asked for.
class MastodonOutbox {
public:
    explicit MastodonOutbox(PostImport& import) : import_(import) {}

    /// The owner, from actor.json.
    void takeActor(const Json& actor);

    /// One item of `orderedItems`, as it stands in the file.
    void take(std::string_view raw, const Place& place);

private:
    void takePost(const Json& item, const Place& place);
    void takeBoost(const Json& item, const Place& place);
    bool isPrivate(const Json& item, const Place& place);
    bool begin(const Json& item, const Json& object, const Place& place, MessageRecord& record);
    void addMentions(const Json& post, MessageRecord& record);

    PostImport& import_;
};

}  // namespace kith
