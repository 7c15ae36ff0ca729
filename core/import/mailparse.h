#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What Kith keeps of a mail. Everything is decoded to UTF-8; nothing is loaded from anywhere.
struct ParsedMail {
    std::string from;     ///< the header, decoded
    std::string replyTo;  ///< Reply-To, or X-Original-From where a list has put it there
    std::string subject;
    std::string date;                     ///< the header as it stands
    std::optional<Time> time;             ///< of Date; absent when missing or unreadable
    std::optional<Time> received;         ///< of the first Received header
    std::string messageId;                ///< without <>
    std::vector<std::string> references;  ///< ids, oldest first
    std::vector<std::string> inReplyTo;   ///< ids
    std::string listId;                   ///< what stands in <> of List-Id
    std::string text;                     ///< all text parts, HTML flattened, nothing stripped
    std::vector<std::string> attachments;
    bool hasHeaders = false;
    bool automatic = false;  ///< sent by a program
    bool notice = false;     ///< a delivery report
    bool encrypted = false;
    bool tooDeep = false;        ///< parts nested deeper than 16 were left out
    bool longHeader = false;     ///< a header was cut at 64 KB
    bool cutText = false;        ///< some text ends in the middle of a character
    bool brokenBase64 = false;   ///< a part, or its end, is no base64 as it claims, and left out
    bool repaired = false;       ///< some text was not in the charset it claims
    std::string unknownCharset;  ///< one that nobody knows
};

/// @param bytes a whole mail, headers and body
ParsedMail parseMail(std::string_view bytes);

/// The ids in a References or In-Reply-To header, which may hold prose, commas or bare ids.
std::vector<std::string> messageIds(std::string_view header);

}  // namespace kith
