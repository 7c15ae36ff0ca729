#pragma once

#include "core/import/json.h"
#include "core/import/texttable.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// The names that Slack's mark-up points at by id.
struct SlackNames {
    TextTable users;
    TextTable channels;
};

/// A Slack text as people saw it, and the ids of those it names.
struct SlackText {
    std::string text;
    std::vector<std::string> mentioned;  ///< in order, each once
};

/// Flattens "mrkdwn": <@U1> becomes @name, <url|label> becomes "label (url)", &amp; becomes &.
SlackText readSlackText(std::string_view text, const SlackNames& names);

/// The same for the "blocks" of newer messages, where `text` may be empty.
SlackText readSlackBlocks(const Json& blocks, const SlackNames& names);

}  // namespace kith
