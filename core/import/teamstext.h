#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What somebody wrote in a Teams message, taken from its HTML.
struct TeamsText {
    std::string text;                   ///< without the quoted message
    std::vector<std::string> mentions;  ///< values of `id` of <at> tags
    std::string repliesTo;              ///< id of the message quoted on top; empty without one
    std::string repliesToPerson;        ///< its author as it stands there; may be empty
    std::vector<std::string> attachments;
};

TeamsText readTeamsHtml(std::string_view html);

}  // namespace kith
