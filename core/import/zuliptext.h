#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// Somebody named in a Zulip message: "@**Ann Archer**" or "@**Ann Archer|12**".
struct ZulipName {
    std::string name;
    std::string id;  ///< empty where the message does not give it
};

struct ZulipText {
    std::string text;  ///< without the quoted words of others
    std::vector<ZulipName> mentions;
    std::vector<ZulipName> quoted;
    std::vector<std::string> quotedMessages;  ///< ids, in the order of `quoted`; empty = not known
};

/// Reads Zulip's Markdown. Silent mentions ("@_**Ann**") and those of groups and of everybody do
/// not count.
ZulipText readZulipText(std::string_view content);

/// The same from a rendered page, as public archives hold it.
ZulipText readZulipHtml(std::string_view html);

}  // namespace kith
