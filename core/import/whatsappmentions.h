#pragma once

#include "core/import/records.h"
#include "core/import/texttable.h"

#include <bitset>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// "+447700900123" out of "+44 7700 900123"; nullopt when the label is no phone number. A number
/// without country code stays without: it is not known to be the same person.
std::optional<std::string> phoneDigits(std::string_view label);

/// Finds "@447700900123" and "@Name" in texts and ties them to the people who speak in the file.
class ChatMentions {
public:
    explicit ChatMentions(const std::vector<std::string>& labels);

    /// @param author whose mention of himself is no tie
    std::vector<TieRecord> in(std::string_view text, const std::string& author) const;

private:
    std::optional<std::string> keyAt(std::string_view text) const;
    /// False when no name begins with the character that `text` begins with.
    bool beginsName(std::string_view text) const;

    TextTable byDigits_;                         ///< without "+"
    std::map<std::string, std::string> byName_;  ///< folded
    std::bitset<128> begins_;  ///< first characters of the folded names, when ASCII
    std::size_t longestWords_ = 0;
    std::size_t window_ = 0;  ///< bytes behind "@" in which a name may be
};

}  // namespace kith
